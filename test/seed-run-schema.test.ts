import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { writeFiles } from './support/cli-files.ts';
import { jobImage, quoted } from './support/cli-jobs.ts';
import { testInstallation } from './support/cli.ts';

const opened = testInstallation();

/** An image whose job leaves one product with this sidecar. */
const jobWith = (sidecar: object) =>
  jobImage({
    script: `echo > $OUTPUT_DIR/a.txt; echo ${quoted(JSON.stringify(sidecar))} > $OUTPUT_DIR/a.txt.metadata.json`,
    outputs: [{ name: 'OUT', pattern: '*.txt' }],
  });

/** Asks for a colour, somewhere in `properties` or at the top. */
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  anyOf: [
    { required: ['colour'] },
    { required: ['properties'], properties: { properties: { required: ['colour'] } } },
  ],
};

async function schemaFile(content: object | string = schema): Promise<string> {
  const directory = await (await opened).directory();
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await writeFiles(directory, { 'schema.json': text });
  return path.join(directory, 'schema.json');
}

const feature = (properties: object) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [1, 2] },
  properties,
});

describe('seed-run --schema', () => {
  it.concurrent('reads the metadata of a sidecar that the schema accepts', async () => {
    const job = await jobWith(feature({ colour: 'red', dataStarted: '2019-10-14T00:00:00Z' }));
    const { exit, document } = await (await opened).seedRun([job, '--schema', await schemaFile()]);
    expect([exit, document.error, document.warnings]).toEqual([0, null, []]);
    expect(document.outputs.files.OUT).toMatchObject([
      {
        geometry: { type: 'Point', coordinates: [1, 2] },
        data_started: '2019-10-14T00:00:00.000000Z',
        meta_data: { colour: 'red' },
      },
    ]);
  });

  it.concurrent('fails for a sidecar that the schema refuses, though it is GeoJSON', async () => {
    const seedbed = await opened;
    const job = await jobWith(feature({}));
    const refused = await seedbed.seedRun([job, '-s', await schemaFile()]);
    expect(refused).toMatchObject({
      exit: 1,
      document: {
        status: 'failed',
        error: {
          name: 'invalid-metadata',
          message: expect.stringMatching(
            /a\.txt\.metadata\.json is not valid: by the schema given, .*colour is missing/,
          ),
        },
      },
    });
    expect(refused.document.outputs.files).toEqual({});
    expect(await seedbed.seedRun([job])).toMatchObject({ exit: 0, document: { warnings: [] } });
  });

  it.concurrent('keeps a product without metadata when what the schema accepts is no GeoJSON', async () => {
    const seedbed = await opened;
    const sidecars = [
      [{ colour: 'red' }, /type/],
      [{ ...feature({ colour: 'red', dataStarted: 'noon' }) }, /dataStarted/],
      [
        {
          colour: 'red',
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 1],
            ],
          ],
        },
        /closed/,
      ],
    ] as const;
    const file = await schemaFile();
    for (const [sidecar, problem] of sidecars) {
      const job = await jobWith(sidecar);
      const { exit, document } = await seedbed.seedRun([job, '--schema', file]);
      expect([exit, document.outputs.files.OUT]).toMatchObject([0, [{ geometry: null, meta_data: {} }]]);
      expect(document.warnings).toEqual([
        { name: 'metadata-not-read', description: expect.stringMatching(problem) },
      ]);
      expect(document.warnings[0]!.description).toMatch(/^"a\.txt\.metadata\.json" is valid by the schema/);
    }
  });

  it.concurrent('still refuses a sidecar that is no JSON', async () => {
    const job = await jobImage({
      script: 'echo > $OUTPUT_DIR/a.txt; echo { > $OUTPUT_DIR/a.txt.metadata.json',
      outputs: [{ name: 'OUT', pattern: '*.txt' }],
    });
    const { exit, document } = await (await opened).seedRun([job, '--schema', await schemaFile({})]);
    expect([exit, document.error?.name]).toEqual([1, 'invalid-metadata']);
  });

  it.concurrent('rejects a schema that cannot be used before anything is run, dry or not', async () => {
    const seedbed = await opened;
    const job = await jobWith(feature({}));
    const cases = [
      ['/no/such/schema.json', 'SB1070'],
      [await schemaFile('{'), 'SB1071'],
      [await schemaFile({ type: 'text' }), 'SB1072'],
      [await schemaFile({ $ref: 'http://example.org/a.json' }), 'SB1073'],
    ] as const;
    for (const [file, code] of cases)
      for (const dry of [[], ['--dry-run']]) {
        const { exit, document } = await seedbed.seedRun([job, '--schema', file, ...dry]);
        expect([exit, document.status, document.error?.code]).toEqual([2, 'rejected', code]);
      }
  });
});
