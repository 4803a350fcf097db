import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Schemas } from '../runtime/client/index.ts';
import { sha256 } from './support/cli-files.ts';
import { type JobDraft, manifestOf } from './support/cli-jobs.ts';
import { testInstallation } from './support/cli.ts';
import { busyboxImage } from './support/engine.ts';
import { call, type HttpAnswer } from './support/http.ts';
import { expectJudged } from './support/judge.ts';
import { endOf, waitingJob } from './support/service-jobs.ts';
import { startService, type TestService } from './support/service.ts';

const opened = testInstallation();
let service: TestService;
let image: string;
let token: string;
beforeAll(async () => {
  const seedbed = await opened;
  service = await startService(seedbed, [], {
    env: { SEED_PULL: 'never', SEED_NODE_RESOURCES: 'license=1', SEED_HOST_ROOTS: '/' },
  });
  image = await busyboxImage();
  token = (await readFile(path.join(seedbed.home, 'token'), 'utf8')).trim();
});
afterAll(() => service.stop());

async function send(method: string, route: string, body?: object): Promise<HttpAnswer> {
  const headers = { Authorization: `Token ${token}`, 'Content-Type': 'application/json' };
  const answer = await call(service.port, method, `/v6/${route}`, headers, body && JSON.stringify(body));
  await expectJudged(service.port, method, `/v6/${route}`, answer);
  return answer;
}

async function saveType(draft: JobDraft & { name: string }, configuration: object = {}): Promise<HttpAnswer> {
  const manifest = manifestOf({ ...draft, resources: { cpus: 0.1, mem: 16, ...draft.resources } });
  return send('POST', 'job-types/', { docker_image: image, manifest, configuration });
}

async function submit(name: string, input: object = {}, configuration: object = {}): Promise<number> {
  const body = { job_type: { name, version: '1.0.0' }, input, configuration };
  const { status, json } = await send('POST', 'jobs/', body);
  expect({ status, errors: json.errors }).toEqual({ status: 201, errors: undefined });
  return json.id;
}

async function run(
  draft: JobDraft & { name: string },
  configuration: object = {},
  input: object = {},
): Promise<number> {
  expect((await saveType(draft, configuration)).status).toBe(201);
  const id = await submit(draft.name, input);
  await endOf(await opened, id);
  return id;
}

/** Status and error of each execution, the first one first, and the memory that it had. */
async function tries(job: number): Promise<[string, string | null, number][]> {
  const rows = await (
    await opened
  ).query<{ status: string; error: { name: string } | null; mem: number }>(
    `select status, error, (resources->>'mem')::double precision as mem from job_exe where job_id = $1 order by exe_num`,
    [job],
  );
  return rows.map(({ status, error, mem }) => [status, error?.name ?? null, mem]);
}

async function products(
  job: number,
): Promise<{ id: number; file_name: string; file_size: number; sha256: string }[]> {
  return (await opened).query(
    'select id, file_name, file_size, sha256 from scale_file where job_id = $1 order by file_name',
    [job],
  );
}

async function reasons(job: number): Promise<Record<string, unknown>[]> {
  return (await send('GET', `jobs/${job}/why/`)).json.waiting_for as Record<string, unknown>[];
}

describe('a job that failed', () => {
  const hungry = 'dd if=/dev/zero of=/dev/null bs=100M count=1';

  /** containerd drops the news of a kill when the control group (version 1) is gone before it is read. */
  async function hungryTries(retry: object): ReturnType<typeof tries> {
    for (let more = 3; ; more--) {
      const found = await tries(await run({ name: 'hungry', script: hungry }, { retry }));
      if (more === 0 || found.every(([, error]) => error !== 'job-failed')) return found;
    }
  }

  it('for want of memory is tried again with more, as often as it may', async () => {
    expect(await hungryTries({ memory_factor: 10 })).toEqual([
      ['FAILED', 'out-of-memory', 16],
      ['COMPLETED', null, 160],
    ]);
    expect(await hungryTries({})).toEqual([['FAILED', 'out-of-memory', 16]]);
    expect(await hungryTries({ memory_factor: 1.5, max_tries: 2 })).toEqual([
      ['FAILED', 'out-of-memory', 16],
      ['FAILED', 'out-of-memory', 24],
    ]);
  });

  it('by an error of its own or a timeout is tried again only if its type says so, after a pause', async () => {
    const errors = [{ code: 7, name: 'bad-weather', category: 'data' }];
    const draft = { name: 'fails', script: 'exit 7', errors };
    const once = await run(draft);
    expect(await tries(once)).toEqual([['FAILED', 'bad-weather', 16]]);
    const [told] = await (
      await opened
    ).query<{ message: string }>(`select error->>'message' as message from job where id = $1`, [once]);
    expect(told!.message).toMatch(
      new RegExp(`; read its standard error: \`seed logs ${once} --stderr --try 1\`$`),
    );
    const again = await run(draft, { retry: { errors: ['bad-weather'], max_tries: 2 } });
    expect(await tries(again)).toEqual([
      ['FAILED', 'bad-weather', 16],
      ['FAILED', 'bad-weather', 16],
    ]);
    const [pause] = await (
      await opened
    ).query<{ seconds: number }>(
      `select extract(epoch from max(started) - min(ended))::double precision as seconds from job_exe where job_id = $1`,
      [again],
    );
    expect(pause!.seconds).toBeGreaterThan(0.7);
    const slow = { name: 'slow', script: 'exec sleep 600', timeout: 1 };
    expect(await tries(await run(slow))).toEqual([['FAILED', 'timeout', 16]]);
    expect(await tries(await run(slow, { retry: { errors: ['timeout'], max_tries: 2 } }))).toHaveLength(2);
  });
});

describe('a setting that nobody gave', () => {
  it('is waited for; the job sees it when it comes, and nobody else sees a secret', async () => {
    const seedbed = await opened;
    const word = 'hunter2-is-the-word';
    await saveType({
      name: 'needy',
      settings: [{ name: 'HOST' }, { name: 'PASSWORD', secret: true }],
      outputs: [{ name: 'SEEN', pattern: 'seen' }],
      script:
        'echo "$HOST says $PASSWORD"; echo "$PASSWORD" >&2; printf %s "$HOST $PASSWORD" | sha256sum > $OUTPUT_DIR/seen',
    });
    const job = await submit('needy');
    expect(await reasons(job)).toMatchObject([
      { name: 'missing-configuration', setting: 'HOST' },
      { name: 'missing-configuration', setting: 'PASSWORD' },
    ]);
    const configuration = { settings: { HOST: 'db', PASSWORD: word } };
    const answers = [await send('PATCH', 'job-types/needy/1.0.0/', { configuration })];
    expect(answers[0]!.status).toBe(200);
    expect(await endOf(seedbed, job)).toMatchObject({ status: 'COMPLETED' });
    const [seen] = await products(job);
    expect(seen!.sha256).toBe(sha256(`${sha256(`db ${word}`)}  -\n`));
    const [execution] = await seedbed.query<{ id: number }>('select id from job_exe where job_id = $1', [
      job,
    ]);
    for (const route of [
      'job-types/needy/1.0.0/',
      'job-types/needy/1.0.0/revisions/1/',
      `jobs/${job}/`,
      `jobs/${job}/executions/`,
      `jobs/${job}/executions/1/`,
      `job-executions/${execution!.id}/logs/combined/?format=txt`,
    ])
      answers.push(await send('GET', route));
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body.toString()).not.toContain(word);
    }
    expect(answers.at(-1)!.body.toString()).toContain('db says ');
    const [rows] = await seedbed.query<{ text: string }>(
      `select concat(
         (select string_agg(e::text, ' ') from event e), (select string_agg(t::text, ' ') from job_type t),
         (select string_agg(j::text, ' ') from job j), (select string_agg(x::text, ' ') from job_exe x),
         (select string_agg(s::text, ' ') from secret s)) as text`,
    );
    expect(rows!.text).toContain('PASSWORD');
    expect(rows!.text).not.toContain(word);
    expect(rows!.text).not.toContain(Buffer.from(word).toString('hex'));
  });
});

describe('what an execution ran with', () => {
  it('is told while it runs and afterwards, as its container saw it, without a secret', async () => {
    const seedbed = await opened;
    const word = "the word's secret";
    const binary = { Authorization: `Token ${token}`, 'Content-Type': 'application/octet-stream' };
    const upload = await call(service.port, 'POST', '/v6/files/?name=a%20b.txt', binary, 'content');
    expect(upload.status).toBe(201);
    await saveType(
      {
        name: 'telling',
        files: [{ name: 'SCENE' }, { name: 'more', multiple: true, required: false }],
        json: [
          { name: 'NOTE', type: 'string' },
          { name: 'BOX', type: 'array' },
        ],
        settings: [{ name: 'HOST' }, { name: 'PASSWORD', secret: true }],
        mounts: [{ name: 'MAPS', path: '/maps' }],
        outputs: [
          { name: 'READY', pattern: 'ready' },
          { name: 'SEEN', pattern: 'seen' },
        ],
        command: `sh -c 'env > $OUTPUT_DIR/seen; touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.05; done' of "$HOST $PASSWORD"`,
      },
      {
        settings: { HOST: 'db', PASSWORD: word },
        mounts: { MAPS: { type: 'host', host_path: '/usr/share' } },
      },
    );
    const job = await submit('telling', {
      files: { SCENE: [upload.json.id], more: [upload.json.id] },
      json: { NOTE: `not ${word} at all`, BOX: [1, 2.5] },
    });
    const waiting = waitingJob(seedbed, job);
    await waiting.begun();
    const read = async () => {
      const { json, body } = await send('GET', `jobs/${job}/executions/1/`);
      expect(body.toString()).not.toContain(word);
      return json.configuration as Schemas['ExecutionDetails']['configuration'];
    };
    let running = await read();
    while (running.tasks[0]!.args === undefined) running = await read();
    // Settings of another time change nothing in what is told of this one.
    await send('PATCH', 'job-types/telling/1.0.0/', { configuration: { settings: { HOST: 'other' } } });
    await waiting.go();
    expect(await endOf(seedbed, job)).toMatchObject({ status: 'COMPLETED' });
    const told = await read();
    expect(told).toEqual(running);
    const file = {
      id: upload.json.id,
      type: 'SOURCE',
      workspace_name: 'seedbed',
      workspace_path: upload.json.file_path,
      is_deleted: false,
    };
    expect(told).toMatchObject({
      input_files: { SCENE: [file], more: [file] },
      output_workspaces: { READY: 'seedbed', SEEN: 'seedbed' },
    });
    const task = told.tasks[0]!;
    const volume = `${task.task_id}_mount_MAPS`;
    expect(task).toMatchObject({
      type: 'main',
      settings: { HOST: 'db', PASSWORD: '******' },
      mounts: { MAPS: volume },
      volumes: { [volume]: { type: 'host', container_path: '/maps', mode: 'ro', host_path: '/usr/share' } },
      docker_params: expect.arrayContaining([{ flag: 'memory', value: '16m' }]),
    });
    expect(task.args).toMatch(/^sh -c 'env > .* of 'db \*{6}'$/);
    const seen = (await products(job)).find(({ file_name }) => file_name === 'seen')!;
    const text = (await send('GET', `files/${seen.id}/content/`)).body.toString().replaceAll(word, '******');
    const own = /^(SCALE_|ALLOCATED_|SCENE|MORE|NOTE|BOX|HOST=|PASSWORD|OUTPUT_DIR|INPUT_METADATA)/;
    expect(
      Object.entries(task.env_vars!)
        .map(([name, value]) => `${name}=${String(value)}`)
        .sort(),
    ).toEqual(
      text
        .split('\n')
        .filter((line) => own.test(line) && !line.startsWith('HOSTNAME'))
        .sort(),
    );
  });
});

describe('what there is little of', () => {
  const holds = (name: string, resources: Record<string, number> = {}) => ({
    name,
    resources,
    outputs: [{ name: 'READY', pattern: 'ready' }],
    script: 'touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.05; done',
  });

  it('a resource of the node’s own goes to one job after the other', async () => {
    const seedbed = await opened;
    await saveType(holds('licensed', { license: 1 }));
    const jobs = [await submit('licensed'), await submit('licensed')];
    const first = waitingJob(seedbed, jobs[0]!);
    await first.begun();
    expect(await reasons(jobs[1]!)).toMatchObject([
      { name: 'resources-short', short: [{ resource: 'license', needed: 1, available: 0 }] },
    ]);
    await saveType(holds('too-licensed', { license: 2 }));
    const never = await submit('too-licensed');
    expect(await reasons(never)).toMatchObject([
      { name: 'resources-lacking', short: [{ resource: 'license', needed: 2, available: 1 }] },
    ]);
    await send('POST', 'jobs/cancel/', { job_ids: [never] });
    await first.go();
    await waitingJob(seedbed, jobs[1]!).go();
    for (const job of jobs) expect(await endOf(seedbed, job)).toMatchObject({ status: 'COMPLETED' });
    expect(await endOf(seedbed, never)).toMatchObject({ status: 'CANCELED' });
  });

  it('shared memory, which every node has, keeps no job waiting', async () => {
    const job = await run({
      name: 'shares',
      resources: { mem: 32, sharedMem: 8 },
      outputs: [{ name: 'SIZE', pattern: 'size' }],
      script: `df -m /dev/shm | awk 'NR == 2 { print $2 }' > $OUTPUT_DIR/size`,
    });
    expect(await products(job)).toMatchObject([{ sha256: sha256('8\n') }]);
  });

  it('a limit of a job type is kept, and the younger goes first when the scheduler is told so', async () => {
    const seedbed = await opened;
    await saveType(holds('limited'));
    await send('PATCH', 'job-types/limited/1.0.0/', { max_scheduled: 1 });
    expect((await send('PATCH', 'scheduler/', { queue_mode: 'LIFO', is_paused: true })).status).toBe(204);
    const [older, younger] = [await submit('limited'), await submit('limited')];
    expect((await reasons(older))[0]).toMatchObject({ name: 'scheduler-paused' });
    await send('PATCH', 'scheduler/', { is_paused: false });
    await waitingJob(seedbed, younger).begun();
    expect(await reasons(older)).toMatchObject([{ name: 'limit-reached', running: 1, max_scheduled: 1 }]);
    await waitingJob(seedbed, younger).go();
    await waitingJob(seedbed, older).go();
    await send('PATCH', 'scheduler/', { queue_mode: 'FIFO' });
    expect(await endOf(seedbed, older)).toMatchObject({ status: 'COMPLETED' });
  });
});

describe('what may not be mounted', () => {
  it.each([
    '/',
    '/var/run/docker.sock',
    '/var/run',
    '/dev/null',
    'HOME',
    'HOME/files',
    '/no/such/place',
    'var',
  ])('%s, whatever the roots are', async (place) => {
    const host_path = place.replace('HOME', (await opened).home);
    const { status, json } = await saveType(
      { name: 'mounts', mounts: [{ name: 'DATA', path: '/data' }], script: 'true' },
      { mounts: { DATA: { type: 'host', host_path } } },
    );
    expect(status).toBe(400);
    expect(json.errors.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^(MOUNT_FORBIDDEN|MOUNT_NOT_FOUND|HOST_ABSOLUTE_PATH)$/),
    ]);
  });

  it('the workspace of all files of this machine, by outputs', async () => {
    await (
      await opened
    ).query(
      `insert into workspace (name, json_config) values ('everything', '{"broker": {"type": "host", "host_path": "/"}}')`,
    );
    const { status, json } = await saveType(
      { name: 'writes', outputs: [{ name: 'OUT', pattern: '*' }], script: 'true' },
      { output_workspaces: { default: 'everything' } },
    );
    expect(status).toBe(400);
    expect(json.errors).toMatchObject([{ name: 'WORKSPACE_NOT_ALLOWED' }]);
  });
});

describe('extremes', () => {
  it('10,000 products, and names with everything in them', async () => {
    const job = await run({
      name: 'many',
      resources: { mem: 64 },
      outputs: [{ name: 'ALL', pattern: '*', multiple: true }],
      script: `cd $OUTPUT_DIR; i=0; while [ $i -lt 10000 ]; do : > f$i; i=$((i+1)); done; echo > "$(printf 'a\\nb')"; echo > "-x *'\\"\\\\ü"`,
    });
    const found = await products(job);
    expect(found).toHaveLength(10_002);
    const names = found.map(({ file_name }) => file_name);
    expect(names).toContain('a\nb');
    expect(names).toContain(`-x *'"\\ü`);
    const { json } = await send('GET', `jobs/${job}/`);
    expect((json.output as { files: { ALL: number[] } }).files.ALL).toHaveLength(10_002);
  });

  it('JSON inputs up to what a variable takes, and refuses more by name', async () => {
    const draft = {
      name: 'long-input',
      json: [{ name: 'TEXT', type: 'string' }],
      outputs: [{ name: 'LENGTH', pattern: 'length' }],
      script: 'printf %s "$TEXT" | wc -c > $OUTPUT_DIR/length',
    };
    const most = 128 * 1024 - 'TEXT='.length - 1;
    const job = await run(draft, {}, { json: { TEXT: 'x'.repeat(most) } });
    expect(await products(job)).toMatchObject([{ sha256: sha256(`${most}\n`) }]);
    const longer = await submit('long-input', { json: { TEXT: 'x'.repeat(128 * 1024) } });
    await endOf(await opened, longer);
    expect(await tries(longer)).toEqual([['FAILED', 'environment-value-too-long', 16]]);
  });
});
