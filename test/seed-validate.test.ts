import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { validationValidator, type ValidationDocument } from '../seed-schema/index.ts';
import { writeFiles } from './support/cli-files.ts';
import { jobImage, manifestOf } from './support/cli-jobs.ts';
import { testInstallation } from './support/cli.ts';
import { busyboxImage } from './support/engine.ts';

const opened = testInstallation();

/** Without an engine or a database unless an image is judged. */
async function validate(...args: string[]): Promise<ValidationDocument & { exit: number | null }> {
  const { exit, stdout, stderr } = await (await opened).run(['validate', ...args, '--format', 'json']);
  expect(stderr).toBe('');
  const document: unknown = JSON.parse(stdout);
  expect(validationValidator.problems(document)).toEqual([]);
  return { ...(document as ValidationDocument), exit };
}

const names = (document: ValidationDocument) => document.errors.map(({ name }) => name);

const broken = {
  ...manifestOf({
    files: [{ name: 'in-put' }, { name: 'OUTPUT_DIR' }],
    json: [{ name: 'IN_PUT', type: 'text' }],
    mounts: [
      { name: 'M', path: 'relative' },
      { name: 'M', path: '/b' },
    ],
    errors: [
      { code: 1, name: 'same' },
      { code: 2, name: 'same' },
    ],
    outputs: [{ name: 'A', pattern: '**/a' }],
  }),
  unknown: true,
};

describe('seed validate', () => {
  it.concurrent('judges a directory, a file and an image alike', async () => {
    const seedbed = await opened;
    const good = JSON.stringify(manifestOf({ script: 'true' }));
    const directory = await writeFiles(await seedbed.directory(), {
      'seed.manifest.json': good,
      'other/seed.json': `\ufeff${good}`,
      'both/seed.json': '{',
      'both/seed.manifest.json': good,
    });
    const image = await jobImage({ script: 'true' });
    for (const target of [directory, `${directory}/seed.manifest.json`, `${directory}/other`, image])
      expect(await validate(target)).toEqual({ is_valid: true, errors: [], warnings: [], exit: 0 });
    expect((await validate(`${directory}/both`)).warnings).toMatchObject([{ name: 'TWO_MANIFESTS' }]);
    const text = await seedbed.run(['validate', directory]);
    expect(text).toMatchObject({
      exit: 0,
      stdout: `${directory} is valid (0 errors, 0 warnings)\n`,
      stderr: '',
    });
  });

  it.concurrent(
    'finds everything at once, each with its path, what was found and what is allowed',
    async () => {
      const seedbed = await opened;
      const directory = await writeFiles(await seedbed.directory(), { 'seed.json': JSON.stringify(broken) });
      const image = await jobImage({}, [], JSON.stringify(broken));
      const judged = await validate(directory);
      expect(judged).toMatchObject({ is_valid: false, exit: 1 });
      expect(names(judged)).toEqual(
        expect.arrayContaining([
          'JSON_VALIDATION_ERROR',
          'NAME_COLLISION_ERROR',
          'DUPLICATE_MOUNT_NAMES',
          'DUPLICATE_ERROR_NAMES',
          'INVALID_MOUNT_PATH',
        ]),
      );
      expect(judged.errors.map((error) => error.path)).toEqual(
        expect.arrayContaining([
          'unknown',
          'job.interface.inputs.json[0].type',
          'job.interface.mounts[0].path',
        ]),
      );
      expect(
        judged.errors.find((error) => error.path === 'job.interface.inputs.json[0].type')?.description,
      ).toMatch(/must be "array", "boolean".* not "text"/);
      expect(await validate(image)).toEqual(judged);
      const { exit, stdout } = await seedbed.run(['validate', directory]);
      expect([exit, stdout.trim().split('\n').length]).toEqual([
        1,
        judged.errors.length + judged.warnings.length + 1,
      ]);
      expect(stdout).toMatch(/^error {3}NAME_COLLISION_ERROR: /m);
      expect(stdout).toMatch(/is not valid \(\d+ errors, \d+ warnings?\)\n$/);
      const run = await seedbed.seedRun([directory]);
      for (const { description } of judged.errors) expect(run.document.error?.message).toContain(description);
    },
  );

  it.concurrent('judges what is no JSON at all', async () => {
    const seedbed = await opened;
    const directory = await writeFiles(await seedbed.directory(), {
      'a.json': '{"seedVersion": "1.0.0",\n "job" {}}',
      'empty.json': '',
      'deep.json': '['.repeat(100_000),
    });
    expect(await validate(`${directory}/a.json`)).toMatchObject({
      is_valid: false,
      exit: 1,
      errors: [{ name: 'JSON_VALIDATION_ERROR', description: expect.stringMatching(/line 2, column 8/) }],
    });
    for (const name of ['empty', 'deep'])
      expect(await validate(`${directory}/${name}.json`)).toMatchObject({ is_valid: false, exit: 1 });
  });

  it.concurrent('judges sidecars by RFC 7946', async () => {
    const seedbed = await opened;
    const ring = (...last: number[]) => ({ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], last]] });
    const feature = (more: object) => ({ type: 'Feature', geometry: null, properties: {}, ...more });
    const cases: [string, object | string, RegExp | null][] = [
      ['bare', { type: 'Point', coordinates: [1, 2] }, null],
      ['closed', ring(0, 0), null],
      ['bbox', feature({ bbox: [0, 0, 1, 1] }), null],
      ['bbox3', feature({ bbox: [0, 0, 0, 1, 1, 1] }), null],
      ['features', { type: 'FeatureCollection', features: [feature({})] }, null],
      ['open', ring(0, 1), /coordinates.*(first|closed|same)/],
      ['short', { type: 'LineString', coordinates: [[0, 0]] }, /coordinates/],
      ['bbox5', feature({ bbox: [0, 0, 1, 1, 1] }), /bbox/],
      ['latitude', { type: 'Point', coordinates: [1, 200] }, null],
      ['type', { type: 'Circle' }, /type/],
      ['time', feature({ properties: { dataStarted: 'noon' } }), /dataStarted/],
      ['offset', feature({ properties: { dataEnded: '2019-10-14T00:00:00' } }), /offset/],
      ['text', feature({ properties: { sourceSensor: 5 } }), /sourceSensor/],
      ['nojson', '{"type": }', /line 1, column 10/],
    ];
    const directory = await writeFiles(
      await seedbed.directory(),
      Object.fromEntries(
        cases.map(([name, sidecar]) => [
          `${name}.metadata.json`,
          typeof sidecar === 'string' ? sidecar : JSON.stringify(sidecar),
        ]),
      ),
    );
    const judged = await Promise.all(
      cases.map(([name]) => validate('--sidecar', path.join(directory, `${name}.metadata.json`))),
    );
    for (const [index, [name, , message]] of cases.entries()) {
      const { exit, errors, warnings } = judged[index]!;
      expect([name, warnings.length > 0]).toEqual([name, name === 'latitude']);
      expect([name, exit, errors.length > 0]).toEqual([name, message ? 1 : 0, message !== null]);
      expect(errors.map(({ path: place, description }) => `${place} ${description}`).join('\n')).toMatch(
        message ?? /^$/,
      );
    }
  });

  it.concurrent('says with exit 2 that there is nothing to judge', async () => {
    const seedbed = await opened;
    const directory = await seedbed.directory();
    const cases: [string[], RegExp][] = [
      [['a', '--sidecar', 'b'], /one thing at a time/],
      [['a', '-d', 'b'], /one thing at a time/],
      [['--sidecar', 'a', '-M', 'b'], /one thing at a time/],
      [[], /neither seed\.manifest\.json nor seed\.json/],
      [['-v', '0.1.0'], /Seed 0\.1\.0.*seed convert.*SB1074/],
      [['-s', './none'], /\.\/none cannot be read.*SB1070/],
      [[directory], /neither seed\.manifest\.json nor seed\.json/],
      [['./no-such'], /no such file or directory/],
      [['--sidecar', `${directory}/none`], /none.*cannot be read/],
      [['--sidecar', directory], /regular file/],
      [[await busyboxImage()], /com\.ngageoint\.seed\.manifest/],
    ];
    for (const [args, message] of cases) {
      const { exit, stdout, stderr } = await seedbed.run(['validate', ...args], { cwd: directory });
      expect([args, exit, stdout]).toEqual([args, 2, '']);
      expect(stderr).toMatch(message);
    }
    const engine = await seedbed.run(['validate', 'some-image'], { env: { DOCKER_HOST: 'unix:///no/such' } });
    expect([engine.exit, engine.stderr]).toEqual([3, expect.stringMatching(/SB3001/)]);
  });

  it.concurrent('takes the current directory, a directory and a file by their options', async () => {
    const seedbed = await opened;
    const directory = await writeFiles(await seedbed.directory(), {
      'job/seed.manifest.json': JSON.stringify(manifestOf({ script: 'true' })),
      'job/other.json': '{}',
    });
    const job = path.join(directory, 'job');
    for (const [args, cwd, exit] of [
      [[], job, 0],
      [['-d', 'job', '-v', '1.0.0'], directory, 0],
      [['-M', 'job/other.json'], directory, 1],
      [['--directory', 'job', '--manifest', 'other.json'], directory, 1],
    ] as const) {
      const ended = await seedbed.run(['validate', ...args], { cwd });
      expect([args, ended.exit, ended.stderr]).toEqual([args, exit, '']);
    }
  });

  it.concurrent('counts warnings as errors where it is asked to', async () => {
    const seedbed = await opened;
    const directory = await writeFiles(await seedbed.directory(), {
      'seed.json': JSON.stringify({ ...manifestOf({ timeout: -1, script: 'true' }) }),
    });
    expect(await validate(directory)).toMatchObject({ is_valid: true, exit: 0 });
    expect(await validate(directory, '-w')).toMatchObject({ is_valid: true, exit: 1 });
    const { stdout } = await seedbed.run(['validate', directory, '--warnings-as-errors']);
    expect(stdout).toMatch(/is valid \(0 errors, 1 warning\); warnings count as errors\n$/);
  });

  it.concurrent("judges by a schema of the user's own, and by our further rules beside it", async () => {
    const seedbed = await opened;
    const schema = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      properties: {
        job: { type: 'object', required: ['packageVersion'], properties: { timeout: { maximum: 5 } } },
      },
    };
    const job = manifestOf({ timeout: 9, files: [{ name: 'A' }, { name: 'a' }] }).job as object;
    const directory = await writeFiles(await seedbed.directory(), {
      'schema.json': JSON.stringify(schema),
      'strict.json': JSON.stringify({ ...manifestOf({ timeout: 9 }) }),
      'own.json': JSON.stringify({ ours: 1, job: { packageVersion: '1', timeout: 5 } }),
      'collides.json': JSON.stringify({ job: { ...job, packageVersion: '1', timeout: 1 } }),
      'side.metadata.json': '{"job": {}}',
    });
    const by = ['-s', path.join(directory, 'schema.json')];
    const strict = await validate(path.join(directory, 'strict.json'), ...by);
    expect(strict.exit).toBe(1);
    expect(strict.errors.map(({ path: place, description }) => [place, description])).toEqual(
      expect.arrayContaining([['job.timeout', 'job.timeout must be at most 5, not 9']]),
    );
    const own = await validate(path.join(directory, 'own.json'), ...by);
    expect([own.exit, own.errors]).toEqual([0, []]);
    const collides = await validate(path.join(directory, 'collides.json'), ...by);
    expect(names(collides)).toEqual(['NAME_COLLISION_ERROR']);
    expect(await validate('--sidecar', path.join(directory, 'side.metadata.json'), ...by)).toMatchObject({
      exit: 1,
      errors: [{ path: 'job.packageVersion' }],
    });
    const text = await seedbed.run(['validate', 'own.json', '-s', 'schema.json'], { cwd: directory });
    expect(text.stdout).toMatch(/^own\.json is valid by schema\.json \(0 errors, \d+ warnings?\)$/m);
  });

  it.concurrent('reads a schema of every draft', async () => {
    const drafts = ['draft-04/', 'draft-06/', 'draft-07/', 'draft/2019-09/', 'draft/2020-12/'];
    const directory = await writeFiles(await (await opened).directory(), {
      'a.json': '{"n": 2}',
      ...Object.fromEntries(
        drafts.map((draft, index) => [
          `${index}.json`,
          JSON.stringify({
            $schema: `http://json-schema.org/${draft}schema#`,
            properties: { n: { minimum: 3 } },
          }),
        ]),
      ),
    });
    const judged = await Promise.all(
      drafts.map((_, index) =>
        validate('--sidecar', path.join(directory, 'a.json'), '-s', path.join(directory, `${index}.json`)),
      ),
    );
    for (const { exit, errors } of judged)
      expect([exit, errors.map(({ description }) => description)]).toEqual([
        1,
        ['n must be at least 3, not 2'],
      ]);
  });

  it.concurrent('looks for no image where a directory or a file is named', async () => {
    for (const args of [
      ['-d', 'nowhere'],
      ['-M', 'nowhere'],
    ]) {
      const { exit, stderr } = await (
        await opened
      ).run(['validate', ...args], { env: { DOCKER_HOST: 'unix:///nonexistent.sock' } });
      expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('no such file') });
    }
  });
});
