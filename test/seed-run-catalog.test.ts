import { describe, expect, it } from '@jest/globals';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256, writeFiles } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { testInstallation } from './support/cli.ts';

const opened = testInstallation();

/** Text that cannot be compressed into an index. */
const noise = Array.from({ length: 60 }, (_, index) => sha256(`${index}`)).join('');

/** Every row of a path, oldest first. */
async function rowsOf(file: string) {
  return (await opened).query<Record<string, unknown>>(
    `select f.*, w.name as workspace from scale_file f join workspace w on w.id = f.workspace_id
     where f.file_path = $1 order by f.id`,
    [file.slice(1)],
  );
}

/** Writes a text that holds anything but a single quote. */
const echo = (text: object | string) => `echo '${typeof text === 'string' ? text : JSON.stringify(text)}'`;

describe('sidecars of outputs', () => {
  it.concurrent('of every shape become columns of the product', async () => {
    const seedbed = await opened;
    const properties = {
      dataStarted: '2019-10-14T02:00:00+02:00',
      dataEnded: '2019-10-14T00:01:00.1234567Z',
      sourceStarted: '2019-10-13T00:00:00Z',
      sourceEnded: '2019-10-13T01:00:00-05:00',
      sourceSensorClass: 'optical',
      sourceSensor: 'ETM+',
      sourceCollection: 'Landsat 7',
      sourceTask: 'mapping',
      dataTypes: ['b', 'a', 'b'],
      cloudCover: 12.5,
      nested: { deep: [1, null] },
    };
    const square = {
      type: 'Polygon',
      coordinates: [
        [
          [10, 20],
          [12, 20],
          [12, 24],
          [10, 24],
          [10, 20],
        ],
      ],
    };
    const feature = (geometry: object | null, more: object = {}) => ({
      type: 'Feature',
      geometry,
      properties: more,
    });
    const sidecars = {
      feature: { ...feature(square, properties), bbox: [10, 20, 12, 24] },
      bare: {
        type: 'LineString',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      null: feature(null, { dataStarted: '2020-01-01T00:00:00Z' }),
      collection: {
        type: 'FeatureCollection',
        features: [
          feature(
            { type: 'Point', coordinates: [1, 2] },
            { dataStarted: '2021-01-02T00:00:00Z', dataTypes: ['x'], which: 1 },
          ),
          feature(
            { type: 'Point', coordinates: [5, 6, 7] },
            { dataEnded: '2021-01-05T00:00:00Z', dataTypes: ['y'], which: 2 },
          ),
        ],
      },
      geometries: {
        type: 'GeometryCollection',
        geometries: [{ type: 'Point', coordinates: [0, 0] }, square],
      },
      pacific: {
        type: 'Polygon',
        coordinates: [
          [
            [170, 0],
            [-170, 0],
            [-170, 10],
            [170, 10],
            [170, 0],
          ],
        ],
        bbox: [170, 0, -170, 10],
      },
      long: feature(null, { sourceSensor: noise }),
    };
    const image = await jobImage({
      name: 'describes',
      outputs: [{ name: 'ALL', pattern: '*', multiple: true }],
      script: `cd $OUTPUT_DIR; ${Object.entries(sidecars)
        .map(([name, sidecar]) => `touch ${name}; ${echo(sidecar)} > ${name}.metadata.json`)
        .join(
          '; ',
        )}; printf '\\357\\273\\277${JSON.stringify(feature(null))}' > marked.metadata.json; touch marked plain; ${echo('{}')} > unused.metadata.json`,
    });
    const { document, exit, out } = await seedbed.seedRun([image]);
    expect([exit, document.error]).toEqual([0, null]);
    const shown = new Map(document.outputs.files.ALL!.map((file) => [file.file_name, file]));
    expect([...shown.keys()].sort()).toEqual([...Object.keys(sidecars), 'marked', 'plain'].sort());
    expect(document.warnings).toContainEqual({
      name: 'unused-sidecar',
      description: expect.stringContaining('unused.metadata.json'),
    });

    expect(shown.get('feature')).toMatchObject({
      geometry: square,
      data_started: '2019-10-14T00:00:00.000000Z',
      data_ended: '2019-10-14T00:01:00.123456Z',
      meta_data: { cloudCover: 12.5, nested: { deep: [1, null] } },
    });
    const [row] = await rowsOf(path.join(out, 'feature'));
    expect(row).toMatchObject({
      file_type: 'PRODUCT',
      job_output: 'ALL',
      is_published: true,
      has_been_published: true,
      is_superseded: false,
      data_type_tags: ['b', 'a'],
      source_started: '2019-10-13T00:00:00.000000Z',
      source_ended: '2019-10-13T06:00:00.000000Z',
      source_sensor_class: 'optical',
      source_sensor: 'ETM+',
      source_collection: 'Landsat 7',
      source_task: 'mapping',
      bbox: '(12,24),(10,20)',
      center_point: { x: 11, y: 22 },
      sha256: sha256(''),
      file_size: 0,
      span: '["2019-10-14 00:00:00+00","2019-10-14 00:01:00.123456+00"]',
      meta_data: { cloudCover: 12.5 },
    });
    expect(shown.get('bare')).toMatchObject({ geometry: sidecars.bare, data_started: null, meta_data: {} });
    expect(shown.get('null')).toMatchObject({
      geometry: null,
      data_started: '2020-01-01T00:00:00.000000Z',
      data_ended: '2020-01-01T00:00:00.000000Z',
    });
    expect(shown.get('collection')).toMatchObject({
      data_started: '2021-01-02T00:00:00.000000Z',
      data_ended: '2021-01-05T00:00:00.000000Z',
      meta_data: { features: [{ which: 1 }, { which: 2 }] },
    });
    expect(shown.get('geometries')!.geometry).toMatchObject({ type: 'GeometryCollection' });
    expect((await rowsOf(path.join(out, 'pacific')))[0]).toMatchObject({ bbox: '(190,10),(170,0)' });
    expect((await rowsOf(path.join(out, 'collection')))[0]).toMatchObject({ data_type_tags: ['x', 'y'] });
    expect((await rowsOf(path.join(out, 'plain')))[0]).toMatchObject({
      geometry: null,
      bbox: null,
      span: null,
      meta_data: {},
    });
    expect(String((await rowsOf(path.join(out, 'long')))[0]!.source_sensor)).toHaveLength(noise.length);
  });
});

describe('sidecars of inputs', () => {
  it.concurrent('change the rows of the inputs, and the next job is told', async () => {
    const seedbed = await opened;
    const inputs = await writeFiles(await seedbed.directory(), { scene: 'scene', many: 'many' });
    const image = await jobImage({
      name: 'parses',
      files: [{ name: 'SCENE' }, { name: 'MANY', multiple: true }],
      script: `cd $OUTPUT_DIR; ${echo({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [125.6, 10.1] },
        properties: {
          dataStarted: '2019-10-14T00:00:00Z',
          dataEnded: '2019-10-14T00:01:00Z',
          dataTypes: ['raw'],
          sourceSensor: 'S',
          more: 1,
        },
      })} > SCENE.metadata.json; ${echo({ type: 'Point', coordinates: [0, 0] })} > MANY.metadata.json`,
    });
    const given = ['-i', `SCENE=${inputs}/scene`, '-i', `MANY=${inputs}/many`];
    const { document, exit } = await seedbed.seedRun([image, ...given]);
    expect([exit, document.error]).toEqual([0, null]);
    const shown = {
      geometry: { type: 'Point', coordinates: [125.6, 10.1] },
      data_started: '2019-10-14T00:00:00.000000Z',
      data_ended: '2019-10-14T00:01:00.000000Z',
      meta_data: { more: 1 },
    };
    expect(document.inputs.files.SCENE).toMatchObject([{ ...shown, sha256: sha256('scene') }]);
    expect(document.inputs.files.MANY).toMatchObject([{ geometry: null }]);
    expect(document.warnings).toContainEqual({
      name: 'unused-sidecar',
      description: expect.stringContaining('MANY'),
    });
    expect(await rowsOf(`${inputs}/scene`)).toMatchObject([
      {
        file_type: 'SOURCE',
        is_parsed: true,
        data_type_tags: ['raw'],
        center_point: { x: 125.6, y: 10.1 },
        source_sensor: 'S',
      },
    ]);

    const reads = await jobImage({
      name: 'reads-context',
      files: [{ name: 'SCENE' }],
      outputs: [{ name: 'CONTEXT', pattern: 'context.json' }],
      script: `cat $INPUT_METADATA > $OUTPUT_DIR/context.json; ${echo({ type: 'Feature', geometry: null, properties: { sourceTask: 'own' } })} > $OUTPUT_DIR/context.json.metadata.json`,
    });
    const second = await seedbed.seedRun([reads, '-i', `SCENE=${inputs}/scene`]);
    expect(second.document.error).toBeNull();
    const product = second.document.outputs.files.CONTEXT![0]!;
    const context = JSON.parse(await readFile(product.path, 'utf8')) as { JOB: { SCENE: object[] } };
    expect(context.JOB.SCENE[0]).toMatchObject({
      id: document.inputs.files.SCENE![0]!.id,
      geometry: 'POINT (125.6 10.1)',
      center_point: 'POINT (125.6 10.1)',
      data_type_tags: ['raw'],
      meta_data: { more: 1 },
      source_sensor: 'S',
    });
    // What the source says is inherited where the product's own sidecar says nothing.
    expect(await rowsOf(product.path)).toMatchObject([
      {
        source_sensor: 'S',
        source_task: 'own',
        source_started: '2019-10-14T00:00:00.000000Z',
        data_started: null,
      },
    ]);
  });
});

describe('rows', () => {
  it.concurrent(
    'are kept for the same content, versioned for another, and linked from product to source',
    async () => {
      const seedbed = await opened;
      const inputs = await writeFiles(await seedbed.directory(), { source: 'first' });
      const image = await jobImage({
        name: 'copies',
        files: [{ name: 'FILE' }],
        outputs: [{ name: 'COPY', pattern: 'copy' }],
        script: 'cat $FILE > $OUTPUT_DIR/copy; date +%N >> $OUTPUT_DIR/copy',
      });
      const source = path.join(inputs, 'source');
      const run = async (file: string) => {
        const { document } = await seedbed.seedRun([image, '-i', `FILE=${file}`]);
        expect(document.error).toBeNull();
        return { input: document.inputs.files.FILE![0]!, product: document.outputs.files.COPY![0]! };
      };
      const first = await run(source);
      const again = await run(source);
      expect(again.input).toEqual(first.input);
      await appendFile(source, ' and more');
      const changed = await run(source);
      expect(changed.input.id).not.toBe(first.input.id);
      expect(changed.input.sha256).toBe(sha256('first and more'));
      const versions = await rowsOf(source);
      expect(versions).toMatchObject([
        { id: first.input.id, is_superseded: true, sha256: sha256('first') },
        { id: changed.input.id, is_superseded: false },
      ]);
      expect(versions[0]!.superseded).not.toBeNull();
      expect(versions[0]!.uuid).toBe(versions[1]!.uuid);
      expect(versions[0]!.version_id).not.toBe(versions[1]!.version_id);

      const chained = await run(first.product.path);
      expect(chained.input.id).toBe(first.product.id);
      expect(await rowsOf(first.product.path)).toMatchObject([
        { file_type: 'PRODUCT', is_superseded: false, job_output: 'COPY' },
      ]);
      const links = await seedbed.query<{ ancestor_id: number; descendant_id: number }>(
        'select ancestor_id, descendant_id from file_ancestry_link where descendant_id = any($1) order by descendant_id',
        [[first.product.id, chained.product.id]],
      );
      expect(links).toEqual([
        { ancestor_id: first.input.id, descendant_id: first.product.id },
        { ancestor_id: first.product.id, descendant_id: chained.product.id },
      ]);
      // The same job over the same input makes the same product again, in another version.
      const [one, two, three] = await Promise.all(
        [first, again, changed].map(async ({ product }) => (await rowsOf(product.path))[0]!),
      );
      expect(two!.uuid).toBe(one!.uuid);
      expect(three!.uuid).toBe(one!.uuid);
      expect(new Set([one!.version_id, two!.version_id, three!.version_id]).size).toBe(3);

      const jobs = await seedbed.query<Record<string, unknown>>(
        `select j.status, j.num_exes, e.status as execution, e.exit_code, e.exe_num, e.resources, t.revision_num, t.docker_image,
         e.attempt_directory, e.stdout_path, j.output, j.started <= j.ended as in_order, jsonb_array_length(e.steps) as steps,
         array(select kind from event v where v.entity = 'job' and v.entity_id = j.id order by v.id) as events
       from job j join job_exe e on e.job_id = j.id join job_type t on t.id = j.job_type_id where t.name = 'copies' order by j.id`,
      );
      expect(jobs).toHaveLength(4);
      expect(jobs[0]).toMatchObject({
        status: 'COMPLETED',
        execution: 'COMPLETED',
        exit_code: 0,
        exe_num: 1,
        revision_num: 1,
        docker_image: image,
        resources: { cpus: 1, mem: 64, disk: 0 },
        in_order: true,
        events: ['queued', 'started', 'completed'],
        output: { version: '7', files: { COPY: [first.product.id] }, json: {} },
      });
    },
  );

  it.concurrent('of a file that is written over by a product give way to it', async () => {
    const seedbed = await opened;
    const directory = await seedbed.directory();
    const image = await jobImage({
      name: 'writes-own-input',
      files: [{ name: 'FILE' }],
      mounts: [{ name: 'PLACE', path: '/place', mode: 'rw' }],
      script: 'echo changed > /place/input',
    });
    await writeFile(path.join(directory, 'input'), 'before');
    const { document, exit } = await seedbed.seedRun([
      image,
      '-i',
      `FILE=${directory}/input`,
      '-m',
      `PLACE=${directory}`,
    ]);
    expect([exit, document.error]).toEqual([0, null]);
    const next = await seedbed.seedRun([image, '-i', `FILE=${directory}/input`, '-m', `PLACE=${directory}`]);
    expect(next.document.inputs.files.FILE![0]!.id).not.toBe(document.inputs.files.FILE![0]!.id);
    expect((await rowsOf(`${directory}/input`)).map((row) => row.is_superseded)).toEqual([true, false]);
  });

  it.concurrent(
    'are refused by name where no index or column could hold them: long names of jobs, odd manifests, great numbers',
    async () => {
      const seedbed = await opened;
      const named = await seedbed.seedRun([await jobImage({ name: noise, script: 'true' })]);
      expect([named.exit, named.document.status, named.document.error?.name]).toEqual([
        2,
        'rejected',
        'invalid-manifest',
      ]);
      expect(named.document.error?.message).toMatch(/3840|3845/);
      const patient = await seedbed.seedRun([
        await jobImage({ name: 'patient', timeout: 99_999_999_999, script: 'true' }),
      ]);
      expect([patient.exit, patient.document.error]).toEqual([0, null]);
      const sidecar = JSON.stringify({
        type: 'Feature',
        geometry: null,
        properties: { dataTypes: ['a', noise] },
      });
      const tagged = await seedbed.seedRun([
        await jobImage({
          name: 'long-tag',
          outputs: [{ name: 'A', pattern: 'a' }],
          script: `cd $OUTPUT_DIR; touch a; ${echo(sidecar)} > a.metadata.json`,
        }),
      ]);
      expect(tagged.document.error).toMatchObject({
        name: 'invalid-metadata',
        message: expect.stringMatching(/dataTypes\[1\] is longer than 2000 bytes/),
      });
      const errors = [{ code: 7, name: 'nul', description: 'a\0b \ud800 c' }];
      const odd = await seedbed.seedRun([await jobImage({ name: 'odd-text', script: 'true', errors })]);
      expect(odd.document.error).toMatchObject({
        name: 'invalid-manifest',
        message: expect.stringMatching(/job\.errors\[0\]\.description contains a NUL character/),
      });
    },
  );
});
