import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { filesPageValidator, type FilesPageDocument } from '../seed-schema/index.ts';
import { jobImage } from './support/cli-jobs.ts';
import { testInstallation } from './support/cli.ts';

const opened = testInstallation();

async function list(...options: string[]): Promise<FilesPageDocument> {
  const { stdout, stderr, exit } = await (await opened).run(['files', ...options, '--format', 'json']);
  expect([exit, stderr]).toEqual([0, '']);
  const page: unknown = JSON.parse(stdout);
  expect(filesPageValidator.problems(page)).toEqual([]);
  return page as FilesPageDocument;
}

const names = (page: FilesPageDocument) => page.results.map((file) => file.file_name).sort();

/** name → [west, east], south and north 0 and 10, month of 2020, tag */
const files = {
  'africa.tif': [10, 20, '01', 'radar'],
  'asia_watermark.png': [100, 140, '03', 'optical'],
  'fiji.tif': [175, -175, '06', 'radar'],
  "100%_o'dd.txt": null,
} as const;

describe('seed files of other workspaces', () => {
  it('says where they are: below the directory of theirs, at their public address, or the workspace and the path in it', async () => {
    const seedbed = await opened;
    const s3 = { type: 's3', bucket_name: 'scenes' };
    const workspaces = [
      ['managed', { type: 'host', host_path: '/data/managed' }, null],
      ['bucket', s3, null],
      ['public', s3, 'https://scenes.example/'],
    ] as const;
    for (const [name, broker, baseUrl] of workspaces)
      await seedbed.query(
        `with w as (insert into workspace (name, json_config, base_url) values ($1, $2, $3) returning id)
         insert into scale_file (workspace_id, file_type, uuid, version_id, file_path, file_name, media_type, file_size)
         select id, 'PRODUCT', $1, gen_random_uuid(), 'jobs/a b.elsewhere', 'a b.elsewhere', 'x/y', 1 from w`,
        [name, { version: '7', broker }, baseUrl],
      );
    const { results } = await list('--name', '*.elsewhere');
    expect(results.map(({ path }) => path).sort()).toEqual([
      '/data/managed/jobs/a b.elsewhere',
      'bucket:jobs/a b.elsewhere',
      'https://scenes.example/jobs/a b.elsewhere',
    ]);
    await seedbed.query(`delete from scale_file where file_name = 'a b.elsewhere'`);
  });
});

describe('seed files', () => {
  beforeAll(async () => {
    const seedbed = await opened;
    await seedbed.database();
    const made = Object.entries(files).map(([name, facts]) => {
      const file = `"$OUTPUT_DIR/${name}"`;
      if (!facts) return `touch ${file}`;
      const [west, east, month, tag] = facts;
      const sidecar = {
        type: 'Feature',
        bbox: [west, 0, east, 10],
        geometry: {
          type: 'MultiPoint',
          coordinates: [
            [west, 0],
            [east, 10],
          ],
        },
        properties: {
          dataStarted: `2020-${month}-01T00:00:00Z`,
          dataEnded: `2020-${month}-15T00:00:00Z`,
          dataTypes: [tag],
          sourceSensor: `S${Number(month)}`,
          sourceSensorClass: 'C',
          sourceCollection: 'L',
          sourceTask: 'T',
          level: 2,
          month: Number(month),
        },
      };
      return `touch ${file}; echo '${JSON.stringify(sidecar)}' > "$OUTPUT_DIR/${name}.metadata.json"`;
    });
    const image = await jobImage({
      name: 'makes-files',
      outputs: [{ name: 'F', pattern: '*', multiple: true }],
      script: made.join('\n'),
    });
    const { document } = await seedbed.seedRun([image]);
    if (document.error) throw new Error(document.error.message);
  });

  it('filters by name, time span, box and data type', async () => {
    const shapeFile = path.join(await mkdtemp(path.join(tmpdir(), 'seedbed-shape-')), 'shape.geojson');
    await writeFile(shapeFile, '{"type":"Point","coordinates":[10,0]}');
    const cases: [string[], string[]][] = [
      [[], Object.keys(files).sort()],
      [
        ['--name', 'TIF'],
        ['africa.tif', 'fiji.tif'],
      ],
      [['--name', '*_water*.png'], ['asia_watermark.png']],
      [['--name', 'a*.tif'], ['africa.tif']],
      [['--name', '100%'], ["100%_o'dd.txt"]],
      [['--name', '%'], ["100%_o'dd.txt"]],
      [['--name', "'; drop table scale_file; --"], []],
      [
        ['--from', '2020-03-15T00:00:00Z'],
        ['asia_watermark.png', 'fiji.tif'],
      ],
      [
        ['--to', '2020-03-01T01:00:00+01:00'],
        ['africa.tif', 'asia_watermark.png'],
      ],
      [['--from', '2020-02-01T00:00:00Z', '--to', '2020-02-28T00:00:00Z'], []],
      [
        ['--bbox', '15,5,120,6'],
        ['africa.tif', 'asia_watermark.png'],
      ],
      [['--bbox', '170,0,-170,10'], ['fiji.tif']],
      [['--bbox', '-180,-90,-176,90'], ['fiji.tif']],
      [['--bbox', '176,0,178,1'], ['fiji.tif']],
      [['--bbox', '0,20,1,30'], []],
      [['--bbox=-180,-90,180,90'], ['africa.tif', 'asia_watermark.png', 'fiji.tif']],
      [
        ['--data-type', 'radar'],
        ['africa.tif', 'fiji.tif'],
      ],
      [['--data-type', 'radar', '--from', '2020-05-01T00:00:00Z', '--name', 'f'], ['fiji.tif']],
      [
        ['--data-type', 'optical', '--data-type', 'radar'],
        ['africa.tif', 'asia_watermark.png', 'fiji.tif'],
      ],
      [['--word', 'WATER*'], ['asia_watermark.png']],
      [['--word', 'tif', '--word', 'fi*'], ['fiji.tif']],
      [['--word', 'water'], []],
      [['--intersects', 'MULTIPOINT ((-175 10), (0 0))'], ['fiji.tif']],
      [['--intersects', 'POINT (15 5)', '--bbox', '0,0,20,20'], []],
      [['--intersects', shapeFile], ['africa.tif']],
      [
        ['--meta', 'level=2'],
        ['africa.tif', 'asia_watermark.png', 'fiji.tif'],
      ],
      [['--meta', 'month>=3', '--meta', 'month<6'], ['asia_watermark.png']],
      [['--sha256', createHash('sha256').digest('hex')], Object.keys(files).sort()],
      [['--sha256', '0'.repeat(64)], []],
      [['--media-type', 'image/png'], ['asia_watermark.png']],
      [
        ['--sensor', 'S1', '--sensor', 'S3'],
        ['africa.tif', 'asia_watermark.png'],
      ],
      [
        ['--sensor-class', 'C', '--collection', 'L', '--task', 'T'],
        ['africa.tif', 'asia_watermark.png', 'fiji.tif'],
      ],
      [['--job-type', 'makes-files', '--output', 'F'], Object.keys(files).sort()],
      [['--job-type', 'other'], []],
      [['--job', '999999'], []],
      [['--recipe-type', 'none'], []],
      [['--recipe', '1'], []],
      [['--batch', '1'], []],
      [['--country', 'XX'], []],
      [['--workspace', 'none'], []],
      [['--file-type', 'SOURCE'], []],
      [['--superseded', '--deleted'], Object.keys(files).sort()],
    ];
    for (const [options, wanted] of cases)
      expect([options, names(await list(...options))]).toEqual([options, wanted]);
    await rm(path.dirname(shapeFile), { recursive: true });
  });

  it('gives them newest first, page by page', async () => {
    const all = await list();
    expect(all).toMatchObject({ count: 4, next: null });
    const ids = all.results.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => Number(b) - Number(a)));
    const first = await list('--limit', '3');
    expect([first.count, first.results]).toEqual([4, all.results.slice(0, 3)]);
    const second = await list('--limit', '3', '--after', first.next!);
    expect(second).toEqual({ count: 4, next: null, results: all.results.slice(3) });
  });

  it('says the same in words', async () => {
    const { stdout, exit } = await (await opened).run(['files', '--name', 'africa', '--limit', '1']);
    expect(exit).toBe(0);
    expect(stdout).toMatch(
      /^africa\.tif {2}\(\d+, PRODUCT, 0 bytes, image\/tiff, radar\)\n {4}path {2}\/.*africa\.tif\n/,
    );
    expect(stdout).toMatch(/time {2}2020-01-01T00:00:00\.000000Z to 2020-01-15T00:00:00\.000000Z\n/);
    expect(stdout).toMatch(/area {2}MultiPoint, longitude 10 to 20, latitude 0 to 10\n1 of 1 files\n$/);
    expect((await (await opened).run(['files', '--name', 'nothing'])).stdout).toBe('No file matches.\n');
  });

  it('refuses what it cannot read, by name', async () => {
    const seedbed = await opened;
    const cases: [string[], RegExp][] = [
      [['--limit', '0'], /--limit takes a whole number from 1 to 1000/],
      [['--limit', '2.5'], /--limit/],
      [['--after', 'x'], /--after/],
      [['--from', '2020-01-01T00:00:00'], /--from takes a time with an offset/],
      [['--to', 'yesterday'], /--to/],
      [['--bbox', '1,2,3'], /--bbox takes WEST,SOUTH,EAST,NORTH/],
      [['--bbox', '0,10,1,0'], /south below north/],
      [['--bbox', '1,2,3,four'], /--bbox/],
      [['--word', '*'], /--word takes a word/],
      [['--meta', 'a'], /--meta takes the path of a member/],
      [['--sha256', 'a'], /--sha256 takes a SHA-256/],
      [['--job', 'x'], /--job takes a whole number/],
      [['--intersects', 'POINT (1'], /--intersects takes GeoJSON or well-known text/],
      [
        ['--intersects', '/none/such'],
        /--intersects takes a file or well-known text; the file cannot be read/,
      ],
      [['--file-type', 'OTHER'], /--file-type/],
      [['--from', '2020-05-01T00:00:00Z', '--to', '2020-04-01T00:00:00Z'], /--from .* is after --to/],
    ];
    for (const [options, message] of cases) {
      const { exit, stdout, stderr } = await seedbed.run(['files', ...options]);
      expect([options, exit, stdout]).toEqual([options, 2, '']);
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(/^seed: .*\(SB1001\)\n$/);
    }
    const broken = await seedbed.run(['files'], { env: { DATABASE_URL: 'postgres://127.0.0.1:1/none' } });
    expect([broken.exit, broken.stderr]).toEqual([
      3,
      expect.stringMatching(/^seed: The database at .*\(SB3004\)\n$/),
    ]);
  });
});
