import { describe, expect, it } from '@jest/globals';
import { chmod, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { planValidator } from '../seed-schema/index.ts';
import { readList, writeFiles } from './support/cli-files.ts';
import { jobDirectory, jobImage, manifestOf } from './support/cli-jobs.ts';
import { busyboxImage, testDocker } from './support/engine.ts';
import { testInstallation, makeDirectory } from './support/cli.ts';

const opened = testInstallation();

/** One of everything that a job can be told, all of it written down. */
const draft = {
  name: 'Tells-All',
  files: [
    { name: 'in-file', mediaTypes: ['image/png'] },
    { name: 'MANY', multiple: true },
    { name: 'NO_FILE', required: false },
  ],
  json: [
    { name: 'text', type: 'string' },
    { name: 'QUOTED', type: 'string' },
    { name: 'NUMBER', type: 'number' },
    { name: 'WHOLE', type: 'integer' },
    { name: 'FLAG', type: 'boolean' },
    { name: 'LIST', type: 'array' },
    { name: 'OBJECT', type: 'object' },
    { name: 'NO_JSON', type: 'string', required: false },
  ],
  settings: [{ name: 'plain-setting' }, { name: 'SECRET', secret: true }, { name: 'NO_SETTING' }],
  mounts: [
    { name: 'READ', path: '/mounted/read' },
    { name: 'WRITE', path: '/mounted/write', mode: 'rw' },
  ],
  scalar: [
    { name: 'cpus', value: 0.5 },
    { name: 'mem', value: 40, inputMultiplier: 8 },
    { name: 'disk', value: 5 },
    { name: 'sharedMem', value: 17.5 },
    { name: 'slots-of-x', value: 3 },
  ],
  outputs: [{ name: 'ALL', pattern: 'env' }],
  script: `tr '\\0' '\\n' < /dev/null; cat /proc/self/environ > $OUTPUT_DIR/env; cat $INPUT_METADATA > $OUTPUT_DIR/context
    cat /mounted/read/file > $OUTPUT_DIR/mounted; ! (echo x > /mounted/read/file) && echo new > /mounted/write/file
    df -m /dev/shm | tail -1 > $OUTPUT_DIR/shm`,
};

async function givenInputs() {
  const seedbed = await opened;
  const inputs = await writeFiles(await seedbed.directory(), {
    'a picture.png': 'x'.repeat(2 ** 20),
    'one.tif': 'one',
    'mount/file': 'from outside',
  });
  const writable = await makeDirectory(inputs, 'writable');
  const args = [
    ...['-i', `IN_FILE=${inputs}/a picture.png`, '-i', `MANY=${inputs}/one.tif`],
    ...[
      '-j',
      'text=bare "text"',
      '-j',
      'QUOTED="a \\u0041"',
      '-j',
      'NUMBER=12345678901234567890.25',
      '-j',
      'WHOLE=-7',
    ],
    ...['-j', 'FLAG=true', '-j', 'LIST=[1, "zwei"]', '-j', 'OBJECT={"k": {"deep": null}}'],
    ...['-e', 'plain-setting=a=b c', '-e', 'SECRET', '-m', `READ=${inputs}/mount`, '-m', `WRITE=${writable}`],
    ...['--resource', 'slots_of_x=3'],
  ];
  return { seedbed, inputs, writable, args, env: { SECRET: 's3cret', text: 'ignored' } };
}

const variables = {
  IN_FILE: '/scale/input_data/in-file/a picture.png',
  MANY: '/scale/input_data/MANY',
  TEXT: 'bare "text"',
  QUOTED: 'a A',
  NUMBER: '12345678901234567890.25',
  WHOLE: '-7',
  FLAG: 'true',
  LIST: '[1, "zwei"]',
  OBJECT: '{"k": {"deep": null}}',
  PLAIN_SETTING: 'a=b c',
  ALLOCATED_CPUS: '0.5',
  ALLOCATED_DISK: '5.0',
  ALLOCATED_SHAREDMEM: '17.5',
  ALLOCATED_SLOTS_OF_X: '3.0',
  OUTPUT_DIR: '/scale/output_data',
  INPUT_METADATA: '/scale/input_data/scale-input-metadata.json',
  SCALE_EXE_NUM: '1',
};

describe('what a job is told', () => {
  it.concurrent('is its environment, its context document and its mounts, exactly', async () => {
    const { seedbed, writable, inputs, args, env } = await givenInputs();
    await chmod(writable, 0o777);
    const image = await jobImage(draft);
    const { document, exit, out, stdout } = await seedbed.seedRun([image, ...args], { env });
    expect([exit, document.error]).toEqual([0, null]);

    const environment = Object.fromEntries(
      (await readList(path.join(out, 'env'))).map((text) => [
        text.slice(0, text.indexOf('=')),
        text.slice(text.indexOf('=') + 1),
      ]),
    );
    const { SCALE_JOB_ID, HOSTNAME, ...rest } = environment;
    expect(HOSTNAME).toMatch(/^[0-9a-f]{12}$/);
    // 40 MiB, and 8 for each of 1 MiB and 3 bytes, rounded up.
    expect(rest).toEqual({
      ...variables,
      ALLOCATED_MEM: '49.0',
      SECRET: 's3cret',
      PATH: '/bin',
      HOME: expect.any(String),
      SHLVL: '1',
      PWD: '/',
    });
    expect(document.resources).toEqual({ cpus: 0.5, mem: 49, disk: 5, sharedMem: 17.5, 'slots-of-x': 3 });
    expect(document.inputs.json).toMatchObject({
      text: 'bare "text"',
      WHOLE: -7,
      OBJECT: { k: { deep: null } },
    });
    expect(document.warnings.map(({ name }) => name)).toEqual(expect.arrayContaining(['MISSING_SETTING']));
    expect(stdout).not.toContain('s3cret');

    expect(await readFile(path.join(out, 'mounted'), 'utf8')).toBe('from outside');
    expect(await readFile(path.join(inputs, 'mount/file'), 'utf8')).toBe('from outside');
    expect(await readFile(path.join(writable, 'file'), 'utf8')).toBe('new\n');
    expect((await readFile(path.join(out, 'shm'), 'utf8')).split(/\s+/)[1]).toMatch(/^1[78]$/);

    const context = JSON.parse(await readFile(path.join(out, 'context'), 'utf8')) as {
      JOB: Record<string, object[]>;
    };
    expect(Object.keys(context)).toEqual(['JOB']);
    expect(Object.keys(context.JOB)).toEqual([
      'in-file',
      'MANY',
      'text',
      'QUOTED',
      'NUMBER',
      'WHOLE',
      'FLAG',
      'LIST',
      'OBJECT',
    ]);
    const [file] = context.JOB['in-file']!;
    // Member by member as the documentation of Scale shows it.
    expect(Object.entries(file!)).toEqual(
      Object.entries({
        id: document.inputs.files['in-file']![0]!.id,
        file_name: 'a picture.png',
        workspace: { id: expect.any(Number), name: `local-${hostname()}` },
        data_type_tags: [],
        media_type: 'image/png',
        file_type: 'SOURCE',
        file_size: 2 ** 20,
        file_path: `${inputs.slice(1)}/a picture.png`,
        is_deleted: false,
        url: null,
        created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
        deleted: null,
        data_started: null,
        data_ended: null,
        source_started: null,
        source_ended: null,
        source_sensor_class: null,
        source_sensor: null,
        source_collection: null,
        source_task: null,
        last_modified: expect.stringMatching(/Z$/),
        geometry: null,
        center_point: null,
        countries: [],
        job_type: null,
        job: null,
        job_exe: null,
        job_output: null,
        recipe_type: null,
        recipe: null,
        recipe_node: null,
        batch: null,
        is_superseded: false,
        superseded: null,
        meta_data: {},
      }),
    );
    const [job] = await seedbed.query<{ id: number; configuration: object; input: object }>(
      'select id, configuration, input from job where id = $1',
      [Number(SCALE_JOB_ID)],
    );
    expect(job).toMatchObject({
      configuration: { settings: { 'plain-setting': 'a=b c', SECRET: '******' }, network: 'none' },
      input: {
        version: '7',
        files: { 'in-file': [document.inputs.files['in-file']![0]!.id] },
        json: { WHOLE: -7 },
      },
    });
  });

  it.concurrent('is printed by --dry-run with its secrets masked, and nothing is done', async () => {
    const { seedbed, inputs, writable, args, env } = await givenInputs();
    const directory = await jobDirectory(await seedbed.directory(), {
      ...draft,
      name: 'Seedbed-Test-Tells-All',
      command: 'run ${SECRET} "key=${SECRET}" ${IN_FILE} ${NO_FILE} --list ${LIST}',
    });
    const out = path.join(await seedbed.directory(), 'out');
    const home = path.join(await seedbed.directory(), 'home');
    const full = [directory, ...args, '-o', out, '--dry-run', '--network', 'somewhere'];
    const json = await seedbed.run([...full, '--format', 'json'], { env: { ...env, SEED_HOME: home } });
    expect([json.exit, json.stderr]).toEqual([0, '']);
    const plan: unknown = JSON.parse(json.stdout);
    expect(planValidator.problems(plan)).toEqual([]);
    expect(plan).toMatchObject({
      status: 'planned',
      image: 'seedbed-test-tells-all-1.0.0-seed:1.0.0',
      argv: ['run', '******', 'key=******', variables.IN_FILE, '--list', '[1, "zwei"]'],
      environment: { ...variables, SECRET: '******', ALLOCATED_MEM: '49.0' },
      mounts: expect.arrayContaining([
        { source: `${inputs}/a picture.png`, target: variables.IN_FILE, mode: 'ro', name: 'in-file' },
        { source: writable, target: '/mounted/write', mode: 'rw', name: 'WRITE' },
      ]),
      limits: { cpus: 0.5, mem: 49, sharedMem: 17.5 },
      network: 'somewhere',
      timeout: 60,
      output_directory: out,
      warnings: expect.arrayContaining([expect.objectContaining({ name: expect.stringMatching(/SECRET/) })]),
    });
    const text = await seedbed.run(full, { env: { ...env, SEED_HOME: home } });
    expect(text.exit).toBe(0);
    expect(text.stdout).toContain(`command      run '******' 'key=******'`);
    expect(json.stdout + json.stderr + text.stdout + text.stderr).not.toContain('s3cret');
    await expect(readFile(out)).rejects.toThrow(/ENOENT/);
    await expect(readFile(path.join(home, 'database'))).rejects.toThrow(/ENOENT/);
  });

  it.concurrent('says nothing of optional inputs, and leaves JOB out without file inputs', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'json-only',
      json: [{ name: 'A', type: 'integer' }],
      outputs: [{ name: 'CONTEXT', pattern: 'context.json' }],
      script: 'cat $INPUT_METADATA > $OUTPUT_DIR/context.json',
    });
    const { document, out } = await seedbed.seedRun([image, '-j', 'A=1']);
    expect(document.error).toBeNull();
    expect(await readFile(path.join(out, 'context.json'), 'utf8')).toBe('{}');
    expect(document.outputs.files.CONTEXT).toMatchObject([{ media_type: 'application/json' }]);
  });

  it.concurrent('comes from either form of the label', async () => {
    const seedbed = await opened;
    const manifest = JSON.stringify(
      manifestOf({
        name: 'labelled',
        command: `sh -c 'echo "$0" > $OUTPUT_DIR/a' \${OUTPUT_DIR}/b`,
        outputs: [{ name: 'A', pattern: 'a' }],
      }),
    );
    const literal = JSON.stringify(manifest).replaceAll('$', '\\$').replaceAll('/', '\\/');
    for (const label of [manifest, literal]) {
      // The other name of the same command.
      const { document, out } = await seedbed.seedRun(['run', await jobImage({}, [], label)]);
      expect(document.error).toBeNull();
      expect(await readFile(path.join(out, 'a'), 'utf8')).toBe('/scale/output_data/b\n');
    }
  });

  it.concurrent('is an image that is built anew only when something has changed', async () => {
    const seedbed = await opened;
    const outputs = [{ name: 'A', pattern: 'a' }];
    const draft = { name: 'Seedbed-Test-Built-Once', outputs, script: 'cat /data > $OUTPUT_DIR/a' };
    const dockerfile = `FROM ${await busyboxImage()}\nCOPY data /data\n`;
    const directory = await jobDirectory(await seedbed.directory(), draft, {
      dockerfile,
      files: { data: 'one' },
    });
    const { docker, close } = await testDocker();
    const run = async () => {
      const { document, out } = await seedbed.seedRun([directory]);
      expect([document.error, document.image]).toEqual([null, 'seedbed-test-built-once-1.0.0-seed:1.0.0']);
      const { Id, Config } = await docker.getImage(document.image!).inspect();
      expect(JSON.parse(Config.Labels['com.ngageoint.seed.manifest']!)).toEqual(manifestOf(draft));
      return { id: Id, content: await readFile(path.join(out, 'a'), 'utf8') };
    };
    try {
      const first = await run();
      expect(first.content).toBe('one');
      await writeFiles(directory, { data: 'one' });
      expect(await run()).toEqual(first);
      await writeFiles(directory, { data: 'two' });
      expect(await run()).toEqual({ id: expect.not.stringContaining(first.id), content: 'two' });
    } finally {
      await docker.getImage('seedbed-test-built-once-1.0.0-seed:1.0.0').remove({ force: true });
      close();
    }
  });

  it.concurrent('is the image’s own command where the manifest has none', async () => {
    const seedbed = await opened;
    const outputs = [{ name: 'A', pattern: 'a' }];
    const cmd = await jobImage({ outputs }, ['CMD ["sh", "-c", "echo cmd > $OUTPUT_DIR/a"]']);
    const entry = await jobImage({ outputs, command: 'one "two  three" $ALLOCATED_CPUS $FROM_IMAGE' }, [
      'ENV FROM_IMAGE="of the image"',
      `ENTRYPOINT ["sh", "-c", "printf '%s,' \\"$@\\" > $OUTPUT_DIR/a", "sh"]`,
      'CMD ["unused"]',
    ]);
    const run = async (image: string) => {
      const { out, document } = await seedbed.seedRun([image]);
      expect(document.error).toBeNull();
      return readFile(path.join(out, 'a'), 'utf8');
    };
    expect(await run(cmd)).toBe('cmd\n');
    expect(await run(entry)).toBe('one,two  three,1.0,of,the,image,');
  });
});
