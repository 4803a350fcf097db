import { afterAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  builtValidator,
  imagesValidator,
  imageValidator,
  type ImageDocument,
  type ImagesDocument,
} from '../seed-schema/index.ts';
import { tree, until, writeFiles } from './support/cli-files.ts';
import { jobDirectory, jobImage, manifestOf } from './support/cli-jobs.ts';
import { commandLine, testInstallation } from './support/cli.ts';
import { busyboxImage, removeImages, testDocker } from './support/engine.ts';

const opened = testInstallation();
const label = 'com.ngageoint.seed.manifest';
const seed = async (args: string[], options?: { env?: NodeJS.ProcessEnv; cwd?: string }) =>
  (await opened).run(args, options);

afterAll(() => removeImages('authoring-test-'));

const imageDetails = async (name: string) => {
  const { docker, close } = await testDocker();
  try {
    return await docker.getImage(name).inspect();
  } finally {
    close();
  }
};

describe('seed init', () => {
  it.concurrent('makes a job that is valid, builds and runs as it stands', async () => {
    const directory = path.join(await (await opened).directory(), 'authoring-test-new');
    const { exit, stdout } = await seed(['init', '-d', directory]);
    expect({ exit, stdout }).toEqual({
      exit: 0,
      stdout: expect.stringContaining(`Next: seed run ${directory}`),
    });
    expect(await tree(directory)).toEqual([
      ...['Dockerfile', 'inputs/', 'inputs/INPUT_FILE/', 'inputs/INPUT_FILE/example.txt', 'run.sh'],
      'seed.manifest.json',
    ]);
    expect((await stat(path.join(directory, 'run.sh'))).mode & 0o111).toBe(0o111);
    expect((await seed(['validate', directory])).stdout).toBe(
      `${directory} is valid (0 errors, 0 warnings)\n`,
    );
    const { document } = await (await opened).seedRun([directory]);
    expect(document).toMatchObject({ status: 'completed', warnings: [], outputs: { json: { LINES: 3 } } });
    expect(document.outputs.files.OUTPUT_FILE).toMatchObject([{ file_name: 'example_output.txt' }]);
    await writeFile(path.join(directory, 'inputs/INPUT_FILE/example.txt'), '');
    expect((await (await opened).seedRun([directory])).document).toMatchObject({
      error: { code: 'SB2002', category: 'data' },
    });
  });

  it.concurrent('never overwrites', async () => {
    const seedbed = await opened;
    const taken = await writeFiles(await seedbed.directory(), { 'seed.json': 'mine' });
    expect(await seed(['init', taken])).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringMatching(/seed\.json exists, and nothing is ever overwritten.*\(SB1081\)/),
    });
    expect(await tree(taken)).toEqual(['seed.json']);
    const project = await writeFiles(await seedbed.directory(), {
      Dockerfile: 'FROM scratch\n',
      'run.sh': 'mine',
    });
    const { stdout } = await seed(['init'], { cwd: project });
    expect(stdout).toBe('made  seed.manifest.json\nkept  Dockerfile\nNext: seed run .\n');
    expect(await tree(project)).toEqual(['Dockerfile', 'run.sh', 'seed.manifest.json']);
    expect(await readFile(path.join(project, 'run.sh'), 'utf8')).toBe('mine');
  });

  it.concurrent('begins with the manifest of an image, under a name of its own', async () => {
    const image = await jobImage({
      name: 'authoring-test-base',
      script: 'true',
      json: [{ name: 'N', type: 'integer' }],
    });
    const directory = await (await opened).directory();
    expect((await seed(['init', path.join(directory, 'a'), '--from', image])).exit).toBe(0);
    const manifest = async (name: string) =>
      JSON.parse(await readFile(path.join(directory, name, 'seed.manifest.json'), 'utf8')) as {
        job: Record<string, unknown> & { interface: unknown };
      };
    expect((await manifest('a')).job).toMatchObject({
      name: 'authoring-test-base',
      packageVersion: '1.0.1',
      interface: manifestOf({ script: 'true', json: [{ name: 'N', type: 'integer' }] }).job![
        'interface' as never
      ],
    });
    expect(await readFile(path.join(directory, 'a/Dockerfile'), 'utf8')).toMatch(
      new RegExp(`^FROM ${image}\n`),
    );
    expect(
      (await seed(['init', path.join(directory, 'b'), '--from', image, '--name', 'authoring-test-other']))
        .exit,
    ).toBe(0);
    expect((await manifest('b')).job).toMatchObject({
      name: 'authoring-test-other',
      packageVersion: '1.0.0',
    });
    expect((await seed(['build', path.join(directory, 'b'), '-q'])).exit).toBe(0);
    expect(
      (
        await seed(['run', '-in', 'authoring-test-other-1.0.0-seed:1.0.0', '-j', 'N=1', '-q'], {
          cwd: directory,
        })
      ).exit,
    ).toBe(0);
  });

  it.concurrent('asks for name and title on a terminal, and again for a name that cannot be', async () => {
    const directory = await (await opened).directory();
    const words = commandLine(['init', 'x']).map((word) => `'${word}'`);
    const child = spawn('script', ['-qefc', `exec ${words.join(' ')}`, '/dev/null'], {
      cwd: directory,
      env: { ...process.env, ...(await opened).env, TERM: 'dumb' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let screen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
    const ended = once(child, 'close');
    await until('the first question', () => screen.includes('Name of the job [x]: '));
    child.stdin.write('two words\r');
    await until('the complaint', () => screen.includes("A job's name has letters, digits and -"));
    await until('the question again', () => screen.split('Name of the job [x]: ').length === 3);
    child.stdin.write('wave-heights\r');
    await until('the second question', () => screen.includes('Title [wave-heights]: '));
    child.stdin.write('Wave heights\r');
    expect((await ended)[0]).toBe(0);
    const { job } = JSON.parse(await readFile(path.join(directory, 'x/seed.manifest.json'), 'utf8')) as {
      job: object;
    };
    expect(job).toMatchObject({ name: 'wave-heights', title: 'Wave heights' });
  });

  it.concurrent('takes answers that were typed ahead of their questions', async () => {
    const directory = await (await opened).directory();
    const words = commandLine(['init', 'x']).map((word) => `'${word}'`);
    const child = spawn('script', ['-qefc', `exec ${words.join(' ')}`, '/dev/null'], {
      cwd: directory,
      env: { ...process.env, ...(await opened).env, TERM: 'dumb' },
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.stdin.write('two words\nwave-heights\nWave heights\n');
    expect((await once(child, 'close'))[0]).toBe(0);
    const text = await readFile(path.join(directory, 'x/seed.manifest.json'), 'utf8');
    expect((JSON.parse(text) as { job: object }).job).toMatchObject({
      name: 'wave-heights',
      title: 'Wave heights',
    });
  });

  it.concurrent('prints a next line that a shell takes as it is', async () => {
    const cwd = await (await opened).directory();
    for (const [directory, word] of [
      ["it's here", `'it'\\''s here'`],
      ['', '.'],
    ] as const)
      expect((await seed(['init', '-d', directory], { cwd })).stdout).toMatch(
        new RegExp(`\nNext: seed run ${word.replaceAll('\\', '\\\\')}\n$`),
      );
  });

  it.each([
    [['a', '-d', 'b'], 'one directory, and was given a and b'],
    [['a', '--name', 'two words'], 'letters, digits and -'],
    [['/dev/null/x'], '/dev/null/x'],
    [['a', '-v', '0.1.0'], '(SB1074)'],
  ])('refuses %j', async (args, message) => {
    const { exit, stderr } = await seed(['init', ...args], { cwd: await (await opened).directory() });
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining(message) });
  });
});

describe('seed build', () => {
  it.concurrent('prints the command that runs this image, with all that it takes', async () => {
    const directory = await (await opened).directory();
    await jobDirectory(directory, {
      name: 'authoring-test-line',
      script: 'true',
      files: [{ name: 'ONE' }, { name: 'many', multiple: true, required: false }],
      json: [
        { name: 'N', type: 'integer' },
        { name: 'OPT', type: 'object', required: false },
      ],
      settings: [{ name: 'PLAIN' }, { name: 'HIDDEN', secret: true }],
      mounts: [{ name: 'M', path: '/m' }],
      resources: { licences: 1, unused: 0 },
    });
    const { exit, stdout, stderr } = await seed(['build', '-d', directory]);
    expect(exit).toBe(0);
    const image = 'authoring-test-line-1.0.0-seed:1.0.0';
    expect(stdout).toContain(
      `  seed run -in ${image} -i ONE=FILE [-i many=DIRECTORY] -j N=INTEGER [-j OPT=OBJECT] -e PLAIN=VALUE -e HIDDEN -m M=DIRECTORY --resource licences=VALUE -o DIRECTORY\n`,
    );
    expect(stdout).toContain(`  seed publish -in ${image} -r REGISTRY\n`);
    expect(stderr).toContain('  │ Step 1/');
    const labels = (await imageDetails(image)).Config.Labels;
    expect(JSON.parse(labels[label]!)).toEqual(
      JSON.parse(await readFile(`${directory}/seed.manifest.json`, 'utf8')),
    );
    expect(await seed(['build', directory, '-q', '-O', ''])).toMatchObject({ stderr: '' });
    expect(await seed(['build', directory, '-q', '-r', 'R', '-f', '-pp'])).toMatchObject({
      exit: 0,
      stderr:
        'warning: nothing is published without --publish, so --registry, --force, --package-patch had no effect\n',
    });
  });

  it.concurrent(
    'takes another Dockerfile and another manifest, relative to the caller or the directory',
    async () => {
      const seedbed = await opened;
      const directory = await seedbed.directory();
      const other = JSON.stringify(manifestOf({ name: 'authoring-test-other-manifest', script: 'true' }));
      await jobDirectory(directory, { name: 'never-built' }, { files: { 'other.json': other } });
      const elsewhere = await writeFiles(await seedbed.directory(), {
        'My.Dockerfile': `FROM ${await busyboxImage()}\nCOPY other.json /there\n`,
      });
      const args = [
        'build',
        '-d',
        directory,
        '-D',
        'My.Dockerfile',
        '-M',
        'other.json',
        '--format',
        'json',
        '-q',
      ];
      const { exit, stdout } = await seed(args, { cwd: elsewhere });
      const built: unknown = JSON.parse(stdout);
      expect(builtValidator.problems(built)).toEqual([]);
      expect({ exit, ...(built as object) }).toMatchObject({
        exit: 0,
        image: 'authoring-test-other-manifest-1.0.0-seed:1.0.0',
        id: expect.stringMatching(/^sha256:/),
        published: null,
      });
      expect(await tree(directory)).toEqual(['Dockerfile', 'other.json', 'seed.manifest.json']);
    },
  );

  it.concurrent('warns of a manifest, and refuses it with -w', async () => {
    const directory = await (await opened).directory();
    await jobDirectory(directory, { name: 'authoring-test-warned', script: 'true', resources: { mem: 0 } });
    expect(await seed(['build', directory])).toMatchObject({
      exit: 0,
      stderr: expect.stringMatching(/^warning: /),
    });
    for (const spelling of ['-w', '-warnAsErrors', '--warnings-as-errors'])
      expect(await seed(['build', directory, spelling])).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining('(SB1082)'),
      });
  });

  it.concurrent(
    'shows the failure of the Dockerfile, and an invalid manifest, before anything is built',
    async () => {
      const seedbed = await opened;
      const broken = await seedbed.directory();
      await jobDirectory(
        broken,
        { name: 'authoring-test-broken' },
        { dockerfile: `FROM ${await busyboxImage()}\nRUN echo why; exit 3\n` },
      );
      expect(await seed(['build', broken])).toMatchObject({
        exit: 2,
        stderr: expect.stringMatching(/\(SB1019\)/),
      });
      const invalid = await writeFiles(await seedbed.directory(), {
        'seed.manifest.json': '{}',
        Dockerfile: 'FROM x',
      });
      expect(await seed(['build', invalid])).toMatchObject({
        exit: 2,
        stderr: expect.stringMatching(/\(SB1004\)/),
      });
    },
  );

  it.concurrent.each([
    [['-P', '-pm'], 'one part at a time'],
    [['-r', 'ftp://x'], '(SB1040)'],
  ])('does not build first what %j could never publish', async (args, message) => {
    const directory = await jobDirectory(await (await opened).directory(), { name: 'authoring-test-never' });
    const { exit, stdout, stderr } = await seed(['build', directory, '-publish', ...args]);
    expect({ exit, stdout, stderr }).toEqual({
      exit: 2,
      stdout: '',
      stderr: expect.stringMatching(/^seed: [^\n]*\n$/),
    });
    expect(stderr).toContain(message);
  });

  it.concurrent(
    'builds with BuildKit what needs it, and names the line where the engine cannot',
    async () => {
      const seedbed = await opened;
      const build = async (name: string, instruction: string) => {
        const directory = await seedbed.directory();
        const dockerfile = `FROM ${await busyboxImage()}\n${instruction}\n`;
        await jobDirectory(directory, { name: `authoring-test-${name}`, script: 'true' }, { dockerfile });
        return seed(['build', directory, '-q', '--format', 'json']);
      };
      const mounted = await build('mounted', 'RUN --mount=type=tmpfs,target=/scratch touch /scratch/a /b');
      expect([mounted.exit, mounted.stderr]).toEqual([0, '']);
      const { image } = JSON.parse(mounted.stdout) as { image: string };
      expect((await imageDetails(image)).Config.Labels).toHaveProperty([label]);
      // Newer engines know here-documents.
      const here = await build('here', 'RUN <<EOF\ntouch /b\nEOF');
      expect(here.exit === 0 ? '' : here.stderr).toMatch(/^$|RUN <<EOF.*\(SB1066\)/);
    },
  );

  it.concurrent('fetches nothing with --pull never', async () => {
    const directory = await (await opened).directory();
    await jobDirectory(
      directory,
      { name: 'authoring-test-pull' },
      { dockerfile: 'FROM not-there.invalid/base:1\n' },
    );
    const { exit, stderr } = await seed(['build', directory, '--pull', 'never']);
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringContaining('not-there.invalid/base:1'),
    });
    expect(stderr).not.toMatch(/lookup|dial/);
  });
});

describe('seed list and seed inspect', () => {
  const draft = {
    name: 'authoring-test-shown',
    script: 'true',
    files: [{ name: 'IN', multiple: true }],
    json: [{ name: 'N', type: 'integer', required: false }],
    outputs: [{ name: 'OUT', pattern: '*.png' }],
  };
  const build = async () => {
    const directory = await (await opened).directory();
    await jobDirectory(directory, draft);
    expect((await seed(['build', directory, '-q'])).exit).toBe(0);
    return 'authoring-test-shown-1.0.0-seed:1.0.0';
  };

  it('shows the images of the engine by their manifests', async () => {
    const image = await build();
    const { docker, close } = await testDocker();
    await docker.getImage(await busyboxImage()).tag({ repo: 'authoring-test-bare-1.0.0-seed', tag: '1.0.0' });
    close();
    const { exit, stdout, stderr } = await seed(['list', 'authoring-test']);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^IMAGE +JOB +PACKAGE +TITLE +SIZE +INPUTS -> OUTPUTS\n/);
    expect(stdout).toMatch(
      new RegExp(`\n${image} +1\\.0\\.0 +1\\.0\\.0 +Test job +[\\d.]+ MiB +IN\\*, \\[{N}\\] -> OUT\n`),
    );
    expect(stdout).toMatch(/\nauthoring-test-bare-1\.0\.0-seed:1\.0\.0 +- +- +-/);
    expect(stderr).toContain('authoring-test-bare-1.0.0-seed:1.0.0 has no Seed manifest');
    expect(stdout).not.toContain('debian:bookworm-slim');
    const json: unknown = JSON.parse((await seed(['list', '--format', 'json'])).stdout);
    expect(imagesValidator.problems(json)).toEqual([]);
    expect((json as ImagesDocument).images.find((one) => one.image === image)).toMatchObject({
      name: draft.name,
      manifest: manifestOf(draft),
      problem: null,
    });
    expect(await seed(['list', 'no such thing at all'])).toMatchObject({
      exit: 0,
      stdout: 'No Seed images.\n',
    });
  });

  it('inspects one', async () => {
    const image = await build();
    const { stdout } = await seed(['inspect', image]);
    for (const line of [
      /^ {2}size +[\d.]+ MiB$/m,
      /^ {2}id +sha256:[0-9a-f]{64}$/m,
      /^ {2}IN +files +yes/m,
      /^ {2}N +integer +no/m,
      /^ {2}OUT +file +yes +\*\.png/m,
      /^ {2}"seedVersion": "1\.0\.0",$/m,
    ])
      expect(stdout).toMatch(line);
    const json: unknown = JSON.parse((await seed(['inspect', '-in', image, '--format', 'json'])).stdout);
    expect(imageValidator.problems(json)).toEqual([]);
    expect(json as ImageDocument).toMatchObject({ image, manifest: manifestOf(draft) });
    expect(await seed(['inspect', 'not-there:1', '--pull', 'never'])).toMatchObject({ exit: 2 });
    expect(await seed(['inspect', await busyboxImage()])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('(SB1003)'),
    });
  });

  it('shows nothing that a terminal would obey', async () => {
    const manifest = manifestOf({ name: 'authoring-test-evil', script: 'true' });
    const title = 'T\u009b2J \u001b]0;x\u0007 \u202e reversed';
    const evil = { ...manifest, job: { ...(manifest.job as object), title } };
    const directory = await jobDirectory(await (await opened).directory(), {});
    await writeFiles(directory, { 'seed.manifest.json': JSON.stringify(evil) });
    await seed(['build', directory, '-q']);
    const { stdout } = await seed(['inspect', 'authoring-test-evil-1.0.0-seed:1.0.0']);
    const shown = stdout.slice(stdout.indexOf('\nManifest\n'));
    expect(shown).toContain('"title": "T\\u009b2J \\u001b]0;x\\u0007 \\u202e reversed"');
    expect(JSON.parse(shown.slice('\nManifest\n'.length))).toEqual(evil);
  });

  it('ends with 3 without an engine', async () => {
    const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
    for (const args of [['list'], ['inspect', 'x'], ['pull', 'x'], ['publish', 'x']])
      expect(await seed(args, { env })).toMatchObject({
        exit: 3,
        stderr: expect.stringContaining('(SB3001)'),
      });
  });
});
