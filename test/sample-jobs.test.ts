import { describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testInstallation, makeDirectory } from './support/cli.ts';

const samples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../sample-jobs');
const opened = testInstallation();

describe('sample jobs', () => {
  it('are those that are proved here', async () => {
    const directories = (await readdir(samples, { withFileTypes: true })).filter((entry) =>
      entry.isDirectory(),
    );
    expect(directories.map(({ name }) => name).sort()).toEqual([
      'everything',
      'extract-footprint',
      'image-report',
      'image-tiles',
      'image-watermark',
      'invert-tile',
      'join-tiles',
      // test/seed-run-recipe.test.ts proves these.
      'recipes',
    ]);
  });

  it.concurrent('image-watermark stamps a picture and says when and where it was taken', async () => {
    const { document, exit } = await (await opened).seedRun([path.join(samples, 'image-watermark')]);
    expect([exit, document.error]).toEqual([0, null]);
    expect(document).toMatchObject({
      image: 'image-watermark-0.1.0-seed:0.1.0',
      resources: { cpus: 1, mem: 64 },
    });
    expect(Object.keys(document.outputs.files)).toEqual(['OUTPUT_IMAGE']);
    expect(document.outputs.files.OUTPUT_IMAGE).toMatchObject([
      {
        file_name: 'sunset_watermark.png',
        media_type: 'image/png',
        geometry: { type: 'Point' },
        data_started: expect.stringMatching(/^2017/),
      },
    ]);
    const corrupt = await (
      await opened
    ).seedRun([
      path.join(samples, 'image-watermark'),
      '-i',
      `INPUT_IMAGE=${path.join(samples, 'README.md')}`,
    ]);
    expect(corrupt.document).toMatchObject({
      status: 'failed',
      exit_code: 1,
      error: { name: 'image-Corrupt-1', category: 'data' },
    });
  });

  it.concurrent('extract-footprint changes what is known of its input', async () => {
    const seedbed = await opened;
    const job = path.join(samples, 'extract-footprint');
    const photograph = await seedbed.seedRun([job]);
    expect([photograph.exit, photograph.document.error]).toEqual([0, null]);
    expect(photograph.document.inputs.files.INPUT_IMAGE).toMatchObject([
      { file_name: 'sunset.jpg', geometry: { type: 'Point' } },
    ]);
    const scene = path.join(job, 'more-inputs/olinda-landsat7-band4.tif');
    const { document } = await seedbed.seedRun([job, '-i', `INPUT_IMAGE=${scene}`]);
    expect(document.error).toBeNull();
    expect(document.inputs.files.INPUT_IMAGE).toMatchObject([{ path: scene, geometry: { type: 'Polygon' } }]);
    expect(document.outputs.files.FOOTPRINT).toMatchObject([{ media_type: 'application/geo+json' }]);
    const [row] = await seedbed.query<object>(
      'select is_parsed, file_type, data_type_tags, center_point is not null as centred, bbox is not null as boxed from scale_file where id = $1',
      [document.inputs.files.INPUT_IMAGE![0]!.id],
    );
    expect(row).toMatchObject({ is_parsed: true, file_type: 'SOURCE', centred: true, boxed: true });
    // The next job is told, and the catalogue finds it by place.
    const again = await seedbed.seedRun([job, '-i', `INPUT_IMAGE=${scene}`]);
    expect(again.document.error).toBeNull();
    const { stdout } = await seedbed.run(['files', '--bbox=-36,-10,-33,-6', '--format', 'json']);
    expect(
      (JSON.parse(stdout) as { results: { path: string }[] }).results.map((file) => file.path),
    ).toContain(scene);
  });

  it.concurrent('image-tiles leaves many files with an area each, and JSON', async () => {
    const { document, exit } = await (await opened).seedRun([path.join(samples, 'image-tiles')]);
    expect([exit, document.error]).toEqual([0, null]);
    const tiles = document.outputs.files.TILES!;
    expect(tiles.length).toBeGreaterThan(1);
    expect(document.outputs.json).toMatchObject({
      TILE_COUNT: tiles.length,
      IMAGE_SIZE: expect.any(Object),
      CORNERS: expect.any(Array),
    });
    for (const tile of tiles)
      expect(tile).toMatchObject({ media_type: 'image/png', geometry: { type: 'Polygon' } });
  });

  it.concurrent('invert-tile keeps the name of its tile', async () => {
    const { document } = await (await opened).seedRun([path.join(samples, 'invert-tile')]);
    expect(document.error).toBeNull();
    expect(document.outputs.files.INVERTED).toMatchObject([
      { file_name: 'olinda-landsat7_001_003.png', media_type: 'image/png' },
    ]);
  });

  it.concurrent('join-tiles pastes tiles together, and refuses what has no place', async () => {
    const seedbed = await opened;
    const { document } = await seedbed.seedRun([path.join(samples, 'join-tiles')]);
    expect(document.error).toBeNull();
    expect(document.outputs).toMatchObject({
      files: { MOSAIC: [{ file_name: 'olinda-landsat7_mosaic.png' }] },
      json: { TILE_COUNT: 4 },
    });
    const picture = path.join(samples, 'image-watermark/inputs/INPUT_IMAGE/sunset.png');
    const wrong = await seedbed.seedRun([path.join(samples, 'join-tiles'), '-i', `TILES=${picture}`]);
    expect(wrong.document.error).toMatchObject({ name: 'no-place', category: 'data' });
  });

  it.concurrent('image-report says what is known of an image', async () => {
    const { document, exit } = await (await opened).seedRun([path.join(samples, 'image-report')]);
    expect([exit, document.error]).toEqual([0, null]);
    const [report] = document.outputs.files.REPORT!;
    expect(report).toMatchObject({ file_name: 'sunset_report.txt', media_type: 'text/plain' });
    expect(await readFile(report!.path, 'utf8')).toMatch(/^image {2}sunset\.jpg\nsize {3}900 x 562 pixels\n/);
  });

  it.concurrent('everything uses every feature', async () => {
    const seedbed = await opened;
    const cache = await makeDirectory(await seedbed.directory(), 'cache');
    const job = path.join(samples, 'everything');
    const { document, exit, stdout, stderr } = await seedbed.seedRun(
      [
        ...[
          job,
          '-j',
          'TITLE=Olinda and Recife',
          '-e',
          'OPERATOR=jd',
          '-e',
          'SIGNING_KEY',
          '--resource',
          'licences=1',
        ],
        ...['-m', `REFERENCE=${job}/mounts/REFERENCE`, '-m', `CACHE=${cache}`],
      ],
      { env: { SIGNING_KEY: 's3cret-of-everything' } },
    );
    expect([exit, document.error]).toEqual([0, null]);
    expect(Object.keys(document.outputs.files)).toEqual(
      expect.arrayContaining(['COMPOSITE', 'HISTOGRAMS', 'PREVIEWS']),
    );
    expect(document.outputs.json).toMatchObject({
      BAND_COUNT: 3,
      SIGNED: true,
      signature: expect.any(String),
    });
    expect(await readdir(cache)).not.toEqual([]);
    expect(stdout + stderr).not.toContain('s3cret-of-everything');
    const wrong = await seedbed.seedRun([
      ...[
        job,
        '-j',
        'TITLE=x',
        '-j',
        'BAND_ORDER=[1,2,9]',
        '--resource',
        'licences=1',
        '-e',
        'SIGNING_KEY=k',
      ],
      ...['-m', `REFERENCE=${job}/mounts/REFERENCE`, '-m', `CACHE=${cache}`],
    ]);
    expect(wrong.document.error).toMatchObject({ name: 'wrong-bands', category: 'data' });
  });
});
