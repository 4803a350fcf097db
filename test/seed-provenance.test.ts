import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Reproduction } from '../runtime/cli/reproduce/reproduction.ts';
import { sha256, until, writeFiles } from './support/cli-files.ts';
import { jobImage, manifestOf } from './support/cli-jobs.ts';
import { testInstallation } from './support/cli.ts';
import { removeImages } from './support/engine.ts';
import { call } from './support/http.ts';
import { judgeRunEvent } from './support/openlineage.ts';
import { readProv } from './support/python-prov.ts';
import { endOf } from './support/service-jobs.ts';
import { startService } from './support/service.ts';

const opened = testInstallation();
let desk: string;
/** Products of the same job of the same input: one that is always the same, one that never is. */
const made = { always: 0, never: 0 };
const outputs = [
  { name: 'ALWAYS', pattern: 'always.txt' },
  { name: 'NEVER', pattern: 'never.txt', required: false },
  { name: 'NAMED', pattern: 'at-*.txt', required: false },
];

beforeAll(async () => {
  desk = await writeFiles(await (await opened).directory(), { 'in.txt': 'alpha\n' });
  const files = [{ name: 'IN' }];
  const json = [{ name: 'TIMES', type: 'integer' }];
  const copy = 'cat $IN > $OUTPUT_DIR/always.txt; echo $TIMES $LEVEL >> $OUTPUT_DIR/always.txt';
  const settings = [{ name: 'LEVEL' }];
  const steady = { name: 'steady', files, json, settings, outputs: outputs.slice(0, 1), script: copy };
  made.always = await run(await jobImage(steady), '-j', 'TIMES=3', '-e', 'LEVEL=high');
  const changes =
    'cat /proc/sys/kernel/random/uuid | tee $OUTPUT_DIR/never.txt > $OUTPUT_DIR/at-$(cat /proc/sys/kernel/random/uuid).txt';
  const fickle = { ...steady, name: 'fickle', outputs, script: `${copy}; ${changes}` };
  made.never = await run(await jobImage(fickle), '-j', 'TIMES=4', '-e', 'LEVEL=low');
});

/** @returns the number of the product of ALWAYS */
async function run(...args: string[]): Promise<number> {
  const given = ['-i', `IN=${path.join(desk, 'in.txt')}`];
  const { document, exit } = await (await opened).seedRun([...args, ...given]);
  expect([exit, document.error]).toEqual([0, null]);
  return document.outputs.files.ALWAYS![0]!.id!;
}

const seed = async (...args: string[]) =>
  (await opened).run(args, { cwd: desk, env: { SEED_PULL: 'never' } });

async function reproduced(id: number, ...more: string[]) {
  const { exit, stdout, stderr } = await seed('reproduce', `${id}`, '--format', 'json', ...more);
  return { exit, stderr, document: (stdout === '' ? undefined : JSON.parse(stdout)) as Reproduction };
}

describe('seed provenance', () => {
  it('prints what python3-prov reads, of a run on this machine', async () => {
    const { exit, stdout } = await seed('provenance', `${made.always}`);
    expect(exit).toBe(0);
    const records = readProv(stdout);
    expect(
      records.filter(({ type }) => type === 'prov:Entity').map((one) => one.attributes['seedbed:sha256']),
    ).toEqual(expect.arrayContaining([[sha256('alpha\n')], [sha256('alpha\n3 high\n')]]));
    const activity = records.find(({ type }) => type === 'prov:Activity')!;
    expect(activity.attributes).toMatchObject({
      'seedbed:json': ['{"TIMES":3}'],
      'seedbed:settings': ['{"LEVEL":"high"}'],
    });
    const image = records.find(({ id }) => id?.startsWith('urn:seedbed:image:'))!;
    expect(image.attributes['seedbed:image_id']![0]).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('writes run events to a file', async () => {
    const file = path.join(desk, 'events.json');
    expect(await seed('provenance', `${made.always}`, '--format', 'openlineage', '-o', file)).toMatchObject({
      ...{ exit: 0, stdout: '' },
    });
    const events = JSON.parse(await readFile(file, 'utf8')) as object[];
    expect(events).toHaveLength(2);
    expect(events.flatMap(judgeRunEvent)).toEqual([]);
    expect(await seed('provenance', '999999')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('file 999999'),
    });
  });
});

describe('seed reproduce', () => {
  it('says that what made a file comes to the same, and leaves the original in its place', async () => {
    const { exit, document } = await reproduced(made.always, '-o', path.join(desk, 'again'));
    expect([exit, document.same, document.doubts]).toEqual([0, true, []]);
    expect(document.files).toEqual([
      {
        ...{ output: 'ALWAYS', name: 'always.txt', verdict: 'same' },
        original: { id: made.always, sha256: sha256('alpha\n3 high\n') },
        again: { id: expect.any(Number), sha256: sha256('alpha\n3 high\n') },
      },
    ]);
    expect(await readdir(document.directory)).toEqual(['always.txt']);
    const rows = await (
      await opened
    ).query<{ is_superseded: boolean; job_id: number }>(
      'select is_superseded, job_id from scale_file where id = any($1) order by id',
      [[made.always, document.files[0]!.again!.id]],
    );
    expect(rows.map((row) => row.is_superseded)).toEqual([false, false]);
    expect(rows[0]!.job_id).not.toBe(rows[1]!.job_id);
  });

  it('says of each output whether it is the same, differs, is missing or extra', async () => {
    const { exit, document } = await reproduced(made.never);
    expect([exit, document.same]).toEqual([1, false]);
    expect(document.files.map(({ output, verdict }) => `${output} ${verdict}`).sort()).toEqual([
      'ALWAYS same',
      'NAMED extra',
      'NAMED missing',
      'NEVER differs',
    ]);
    const shown = await seed('reproduce', `${made.never}`, '-q');
    expect(shown).toMatchObject({ exit: 1, stderr: '' });
    expect(shown.stdout).toMatch(/differs +NEVER +never\.txt/);
    expect(shown.stdout).toContain('does not come to the same again');
  });

  it('refuses a file that nothing made, and one that there is not', async () => {
    const [source] = await (
      await opened
    ).query<{ id: number }>(`select id from scale_file where file_type = 'SOURCE'`);
    expect(await reproduced(source!.id)).toMatchObject({ exit: 2, stderr: expect.stringMatching(/SB1380/) });
    expect((await reproduced(999_999)).exit).toBe(2);
  });

  it('asks for secrets, and takes those of the caller', async () => {
    const secret = {
      ...{ name: 'guarded', files: [{ name: 'IN' }], outputs: outputs.slice(0, 1) },
      ...{ settings: [{ name: 'KEY', secret: true }], script: 'echo $KEY | md5sum > $OUTPUT_DIR/always.txt' },
    };
    const id = await run(await jobImage(secret), '-e', 'KEY=open sesame');
    expect(await reproduced(id)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('secret setting KEY'),
    });
    const { exit, document } = await reproduced(id, '-e', 'KEY=open sesame');
    expect([exit, document.same, document.doubts]).toEqual([0, true, []]);
    const other = await reproduced(id, '-e', 'KEY=another');
    expect([other.exit, other.document.doubts]).toEqual([1, ['the secret setting KEY is not the same']]);
  });

  it('names inputs that were altered or are gone, and an image that cannot be had', async () => {
    const input = path.join(desk, 'in.txt');
    const [row] = await (
      await opened
    ).query<{ image: string }>(
      `select r.docker_image as image from scale_file f join job j on j.id = f.job_id
       join job_type_revision r on r.id = j.job_type_revision_id where f.id = $1`,
      [made.always],
    );
    await removeImages(row!.image);
    const gone = await reproduced(made.always);
    expect(gone).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining(`the image ${row!.image} cannot be had`),
    });
    await writeFile(input, 'ALPHA\n');
    expect((await reproduced(made.never)).stderr).toMatch(
      /the file \d+ \(in\.txt\) of the input IN was altered/,
    );
    await (await opened).query(`update scale_file set is_deleted = true where file_type = 'SOURCE'`);
    expect((await reproduced(made.never)).stderr).toMatch(
      /the file \d+ \(in\.txt\) of the input IN was deleted/,
    );
  });
});

describe('seed reproduce of what a service ran', () => {
  const draft = {
    ...{ name: 'configured', files: [{ name: 'IN' }], outputs: outputs.slice(0, 1) },
    settings: [{ name: 'MODE' }, { name: 'TOKEN', secret: true }],
    script: 'cat $IN $INPUT_METADATA > $OUTPUT_DIR/always.txt; echo $MODE $TOKEN >> $OUTPUT_DIR/always.txt',
  };
  let product: number;
  let ofRecipe: number;
  let input: number;

  beforeAll(async () => {
    const seedbed = await opened;
    const service = await startService(seedbed, [], { env: { SEED_PULL: 'never' } });
    const token = (await readFile(path.join(seedbed.home, 'token'), 'utf8')).trim();
    const send = (method: string, route: string, body: object | Buffer) => {
      const [type, bytes] = Buffer.isBuffer(body)
        ? ['application/octet-stream', body]
        : ['application/json', JSON.stringify(body)];
      const headers = { Authorization: `Token ${token}`, 'Content-Type': type };
      return call(service.port, method, `/v6/${route}`, headers, bytes);
    };
    input = (await send('POST', 'files/?name=scene.txt', Buffer.from('scene\n'))).json.id;
    await seedbed.query(
      `update scale_file set meta_data = '{"cloud": 7}', data_started = '2026-01-02T03:04:05Z' where id = $1`,
      [input],
    );
    const type = {
      ...{ docker_image: await jobImage(draft), manifest: manifestOf(draft) },
      configuration: { settings: { MODE: 'fromtype', TOKEN: 'abc' } },
    };
    await send('POST', 'job-types/', type);
    const { id } = (
      await send('POST', 'jobs/', {
        ...{ job_type: { name: draft.name, version: '1.0.0' }, input: { files: { IN: [input] } } },
        configuration: { resources: { mem: 80 } },
      })
    ).json;
    await endOf(seedbed, id);
    const [row] = await seedbed.query<{ id: number }>('select id from scale_file where job_id = $1', [id]);
    product = row!.id;
    const job = { node_type: 'job', job_type_name: draft.name, job_type_version: '1.0.0' };
    const definition = {
      input: { files: [{ name: 'SCENE' }], json: [{ name: 'CLOUD', type: 'integer' }] },
      nodes: { one: { input: { IN: { type: 'recipe', input: 'SCENE' } }, node_type: job } },
    };
    const whole = await send('POST', 'recipe-types/', { name: 'whole', title: 'Whole', definition });
    const recipe = await send('POST', 'recipes/', {
      ...{ recipe_type_id: whole.json.id, input: { files: { SCENE: [input] }, json: { CLOUD: 7 } } },
    });
    const jobs = () =>
      seedbed.query<{ id: number }>('select id from job where recipe_id = $1', [recipe.json.id]);
    await endOf(seedbed, await until('its job', async () => (await jobs())[0]?.id));
    const [part] = await seedbed.query<{ id: number }>('select id from scale_file where recipe_id = $1', [
      recipe.json.id,
    ]);
    ofRecipe = part!.id;
    await service.stop();
  });

  it('gives it the settings and resources that it had, also those of its type', async () => {
    const document = (await seed('provenance', `${product}`)).stdout;
    expect(document).toContain(JSON.stringify('{"MODE":"fromtype","TOKEN":"******"}'));
    expect(await reproduced(product)).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/the secret setting TOKEN is not known.*SB1380/s),
    });
    const { exit, document: told } = await reproduced(product, '-e', 'TOKEN=abc');
    expect([exit, told.same, told.doubts]).toEqual([0, true, []]);
    const [last] = await (
      await opened
    ).query<{ mem: number }>(`select resources->'mem' as mem from job_exe order by id desc limit 1`);
    expect(last).toEqual({ mem: 80 });
  });

  it('gives it in INPUT_METADATA what its recipe was given', async () => {
    const { exit, document } = await reproduced(ofRecipe, '-e', 'TOKEN=abc');
    expect([exit, document.same]).toEqual([0, true]);
    const again = await readFile(path.join(document.directory, 'always.txt'), 'utf8');
    expect(again).toMatch(/"RECIPE":\{"SCENE":\[\{"id":\d+.*"CLOUD":7\}/);
  });

  it('gives it the rows of its inputs and its revision, and makes none of its own', async () => {
    const sources = async () =>
      (await opened).query<{ id: number }>(
        `select id from scale_file where file_type = 'SOURCE' order by id`,
      );
    const revisions = async () =>
      (await opened).query(`select revision_num, manifest from job_type where name = 'configured'`);
    const manifest = manifestOf({ ...draft, timeout: 61 });
    await (
      await opened
    ).query(
      `with newer as (update job_type set manifest = $1, revision_num = revision_num + 1 where name = 'configured' returning *)
       insert into job_type_revision (job_type_id, revision_num, manifest, docker_image)
       select id, revision_num, manifest, docker_image from newer`,
      [JSON.stringify(manifest)],
    );
    const before = [await sources(), await revisions()];
    const { exit } = await reproduced(product, '-e', 'TOKEN=abc');
    expect([exit, [await sources(), await revisions()]]).toEqual([0, before]);
    const [last] = await (
      await opened
    ).query<{ id: number }>('select input_file_id as id from job_input_file order by job_id desc limit 1');
    expect(last).toEqual({ id: input });
  });
});

describe('seed gc', () => {
  /** One of them is what a kill left of its removal. */
  const strays = [...Array.from({ length: 59 }, (_, at) => `${900_000 + at}`), '.removed-900100-1'];
  const logs = async () => {
    const [row] = await (await opened).query<{ uuid: string }>('select uuid from installation');
    return path.join((await opened).home, 'logs', row!.uuid);
  };
  const left = async () =>
    (await readdir(await logs())).filter((name) => /^(\.removed-)?9\d{5}\b/.test(name)).length;

  it('lists in a dry run, may be killed at any point, and goes on', async () => {
    const directory = await logs();
    await writeFiles(directory, Object.fromEntries(strays.map((id) => [`${id}/stdout.log`, 'stray'])));
    const known = (await readdir(directory)).length - strays.length;
    const dry = await seed('gc', '--dry-run');
    expect(dry).toMatchObject({ exit: 0, stderr: '' });
    expect(dry.stdout).toContain('would remove logs');
    expect(dry.stdout).toMatch(/logs +60 +300 bytes/);
    expect(await left()).toBe(60);

    const killed = (await opened).start(['gc'], { cwd: desk });
    await until('the first log to go', () => killed.printed.stdout.includes('removed logs'));
    killed.child.kill('SIGKILL');
    expect((await killed.ended).signal).toBe('SIGKILL');
    const before = await left();
    expect(before).toBeLessThan(60);

    const { exit, stdout } = await seed('gc', '--format', 'json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dry_run: false, collected: { logs: { count: before } } });
    expect(await left()).toBe(0);
    expect((await readdir(directory)).length).toBe(known);
  });
});
