import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { manifestDocument } from '../../test/support/manifest.ts';
import { type ErrorName, registry } from '../errors/index.ts';
import {
  advanceTallies,
  claim,
  finish,
  requestAction,
  stepAction,
  type StoredError,
  submit as queue,
} from '../jobs/index.ts';

let api: TestApi;
withApi((started) => (api = started));

/** Of each job type: its id. */
const types: Record<string, number> = {};
const jobs: Record<string, number[]> = {};

beforeAll(async () => {
  for (const [name, jobVersion] of [
    ['parse', '1.0.0'],
    ['parse', '2.0.0-beta.1+build.5'],
    ['idle', '1.0.0'],
  ]) {
    const manifest = manifestDocument({
      name,
      jobVersion,
      title: `${name} ${jobVersion}`,
      errors: [
        { name: 'no-bands', code: 7, title: 'No bands', description: 'It has none.', category: 'data' },
      ],
    });
    const answer = await api.send('POST', 'job-types/', { docker_image: `${name}:1`, manifest });
    if (answer.status !== 201) throw new Error(answer.body.toString());
    types[`${name} ${jobVersion}`] = answer.json.id;
  }
  jobs.completed = [await ran({}), await ran({}), await ran({})];
  jobs.system = [
    await ran({ error: error('timeout', 'system') }),
    await ran({ error: error('timeout', 'system') }),
  ];
  jobs.data = [await ran({ error: { ...error('job-error', 'data'), name: 'no-bands', title: 'No bands' } })];
  jobs.algorithm = [await ran({ error: error('job-error', 'job') })];
  jobs.running = [
    await submitted()
      .then(begun)
      .then(({ jobId }) => jobId),
  ];
  jobs.queued = [await submitted(), await submitted()];
  jobs.pending = [await submitted('PENDING')];
  jobs.canceled = [await submitted()];
  await requestAction(api.db, { kind: 'cancel', filter: { jobIds: jobs.canceled }, actor: 'jane' });
  await api.db.transaction((tx) => stepAction(tx, async () => undefined));
});

function error(name: ErrorName, category: 'system' | 'data' | 'job'): StoredError {
  const { code, title } = registry[name];
  return { name, title, category, message: 'It happened.', code };
}

async function submitted(status: 'QUEUED' | 'PENDING' = 'QUEUED'): Promise<number> {
  const jobTypeId = types['parse 1.0.0']!;
  const [revision] = await api.db.query<{ id: number }>(
    'select id from job_type_revision where job_type_id = $1',
    [jobTypeId],
  );
  const type = { jobTypeId, revisionId: revision!.id };
  const given = { timeout: 60, files: {}, json: {}, configuration: {}, maxTries: 3, actor: 'jane' };
  return queue(api.db, { type, ...given, status });
}

async function begun(jobId: number) {
  const place = { runtime: '1', node: 'here', imageId: 'x', resources: {}, attemptDirectory: '/x' };
  return (await api.db.transaction((tx) => claim(tx, jobId, place)))!;
}

async function ran({ error }: { error?: StoredError }): Promise<number> {
  const execution = await begun(await submitted());
  const ended = await finish(api.db, execution, {
    status: error ? 'FAILED' : 'COMPLETED',
    exitCode: error ? 7 : 0,
    error: error ?? null,
    output: error ? null : { version: '7', files: {}, json: {} },
    steps: [
      { name: 'stage-in', ms: 250 },
      { name: 'run', ms: 1000 },
      { name: 'harvest', ms: 500 },
    ],
    stdoutPath: null,
    stderrPath: null,
  });
  expect(ended).toBe(true);
  return execution.jobId;
}

/** What the tests look at of any row. */
interface Row {
  readonly id: number;
  readonly name: string;
  readonly job: { readonly id: number };
  readonly job_type: { readonly name: string };
  readonly job_counts: readonly {
    readonly status: string;
    readonly category: string | null;
    readonly count: number;
    readonly most_recent: string;
  }[];
  readonly error: { readonly id: number; readonly name: string; readonly is_builtin: boolean };
  readonly column: { readonly name: string };
  readonly values: readonly { readonly id?: number; readonly date: string; readonly value: number }[];
}

const rowsOf = async (address: string) => (await api.get(address)).json.results as unknown as Row[];
const errorId = async (name: string) => (await rowsOf(`errors/?name=${name}`))[0]!.id;

describe('job-types/status/ and its like', () => {
  it('count jobs by type, status and category, in a range of times', async () => {
    const { json } = await api.get('job-types/status/');
    expect(json).toMatchObject({ count: 3, next: null, previous: null });
    const [parse, ...others] = await rowsOf('job-types/status/');
    expect([parse!.job_type.name, ...others.map((row) => row.job_counts)]).toEqual(['parse', [], []]);
    const counts = (row: Row | undefined) =>
      Object.fromEntries(
        row!.job_counts.map(({ status, category, count }) => [
          [status, category].filter(Boolean).join(' '),
          count,
        ]),
      );
    const all = {
      COMPLETED: 3,
      'FAILED SYSTEM': 2,
      'FAILED DATA': 1,
      'FAILED ALGORITHM': 1,
      RUNNING: 1,
      QUEUED: 2,
      PENDING: 1,
      CANCELED: 1,
    };
    expect(counts(parse)).toEqual(all);
    expect(parse!.job_type).toMatchObject({
      docker_image: 'parse:1',
      revision_num: 1,
      max_tries: 3,
      paused: null,
      manifest: { job: { name: 'parse' } },
      configuration: { settings: {}, mounts: {}, output_workspaces: { default: '' } },
    });
    for (const { most_recent: recent } of parse!.job_counts) expect(Date.parse(recent)).toBeGreaterThan(0);
    await advanceTallies(api.db);
    expect(counts((await rowsOf('job-types/status/'))[0])).toEqual(all);
    const before = await rowsOf('job-types/status/?started=2001-01-01T00:00:00Z&ended=2002-01-01T00:00:00Z');
    expect(counts(before[0])).toEqual({ RUNNING: 1 });
  });

  it('have pages, and leave out types that are not asked for', async () => {
    const second = await api.get('job-types/status/?page=2&page_size=1');
    expect(second.json).toMatchObject({ count: 3, next: expect.stringContaining('page=3') });
    expect((await api.get('job-types/status/?is_active=false')).json).toMatchObject({
      count: 0,
      results: [],
    });
    expect((await api.get('job-types/status/?is_operational=false')).json.count).toBe(0);
    expect((await api.get('job-types/status/?started=2002-01-01T00:00:00Z&ended=P100Y')).status).toBe(400);
  });

  it('tell what is pending, what runs, and what the machinery is to blame for', async () => {
    const time = expect.stringMatching(/Z$/);
    const job_type = expect.objectContaining({ name: 'parse', version: '1.0.0', unmet_resources: null });
    const page = (...results: object[]) => ({ count: results.length, next: null, previous: null, results });
    expect((await api.get('job-types/pending/')).json).toEqual(
      page({ job_type, count: 1, longest_pending: time }),
    );
    expect((await api.get('job-types/running/')).json).toEqual(
      page({ job_type, count: 1, longest_running: time }),
    );
    const { json } = await api.get('job-types/system-failures/');
    const error = expect.objectContaining({
      name: 'timeout',
      category: 'SYSTEM',
      is_builtin: true,
      created: time,
    });
    expect(json).toEqual(page({ job_type, error, count: 2, first_error: time, last_error: time }));
  });

  it('know versions that are no releases by their addresses', async () => {
    const address = `job-types/parse/${encodeURIComponent('2.0.0-beta.1+build.5')}/`;
    expect((await api.get(address)).json).toMatchObject({ id: types['parse 2.0.0-beta.1+build.5'] });
    expect((await api.get('job-types/parse/2.0.0-beta.1+build.5/')).status).toBe(200);
    expect((await api.get(`${address}revisions/`)).json.count).toBe(1);
    expect((await api.get(`${address}revisions/1/`)).json.revision_num).toBe(1);
    expect((await api.send('PATCH', address, { is_paused: true })).status).toBe(200);
    expect((await api.get(address)).json.is_paused).toBe(true);
  });
});

describe('errors/', () => {
  it("are Seedbed's own and those of manifests, each once", async () => {
    const { json } = await api.get('errors/?page_size=1000');
    expect(json.count).toBe(Object.keys(registry).length + 2);
    const builtin = await api.get('errors/?is_builtin=true&category=SYSTEM&order=-name&page_size=2');
    const names = Object.entries(registry).filter(([, { category }]) => category === 'system');
    expect(builtin.json.count).toBe(names.length);
    expect(builtin.json.results.map(({ name }) => name)).toEqual(
      names
        .map(([name]) => name)
        .sort()
        .reverse()
        .slice(0, 2),
    );
    const own = await api.get('errors/?job_type_name=parse');
    expect(own.json.results).toEqual([
      {
        id: await errorId('no-bands&job_type_name=parse'),
        name: 'no-bands',
        title: 'No bands',
        description: 'It has none.',
        job_type_name: 'parse',
        category: 'DATA',
        is_builtin: false,
        should_be_retried: false,
        created: expect.any(String),
        last_modified: expect.any(String),
      },
    ]);
    expect(
      (await api.get('errors/?started=2001-01-01T00:00:00Z&ended=2002-01-01T00:00:00Z')).json.count,
    ).toBe(0);
  });

  it('are found by the ids that jobs have, and change nothing', async () => {
    for (const job of [jobs.data![0], jobs.system![0]]) {
      const { error } = (await api.get(`jobs/${job}/`)).json as unknown as Row;
      const { json } = await api.get(`errors/${error.id}/`);
      expect(json).toMatchObject({ id: error.id, name: error.name, is_builtin: error.is_builtin });
      const found = await rowsOf(`jobs/?error_id=${error.id}`);
      expect(found.map(({ id }) => id)).toContain(job);
      expect(new Set(found.map((row) => row.error.id))).toEqual(new Set([error.id]));
    }
    expect((await api.get('errors/987654/')).status).toBe(404);
    expect((await api.send('POST', 'errors/', { name: 'x' })).status).toBe(404);
    expect((await api.send('PATCH', `errors/${await errorId('timeout')}/`, { title: 'x' })).status).toBe(404);
  });
});

describe('job-executions/', () => {
  const ids = async (query: string) => (await rowsOf(`job-executions/${query}`)).map((row) => row.job.id);

  it('list and show executions of all jobs, the latest first', async () => {
    const all = Object.values(jobs).flat().length - 4;
    const { json } = await api.get('job-executions/?page_size=2');
    expect(json).toMatchObject({ count: all, next: expect.any(String), previous: null });
    expect(json.results[0]).toMatchObject({ status: 'RUNNING', ended: null, job: { id: jobs.running![0] } });
    const { id, ...rest } = (await rowsOf('job-executions/?page_size=2'))[1]!;
    const shown = await api.get(`job-executions/${id}/`);
    expect(shown.json).toMatchObject({ id, ...rest, exit_code: 7, steps: [{ name: 'stage-in' }, {}, {}] });
    expect((await api.get(`jobs/${rest.job.id}/executions/1/`)).json).toEqual(shown.json);
    expect((await api.get('job-executions/98765/')).status).toBe(404);
  });

  it('can be filtered and sorted', async () => {
    expect(await ids('?status=COMPLETED&order=id')).toEqual(jobs.completed);
    expect(await ids('?status=FAILED&error_category=SYSTEM&order=-job_id')).toEqual(
      [...jobs.system!].reverse(),
    );
    expect(await ids(`?error_id=${await errorId('no-bands&job_type_name=parse')}`)).toEqual(jobs.data);
    expect(await ids(`?job_id=${jobs.algorithm![0]}&job_id=${jobs.data![0]}`)).toHaveLength(2);
    expect(await ids('?job_type_name=idle')).toEqual([]);
    expect(await ids(`?job_type_id=${types['parse 1.0.0']}&status=RUNNING`)).toEqual(jobs.running);
    expect(await ids('?ended=P1D')).toEqual([]);
    expect(await ids('?node_id=1')).toEqual([]);
    expect((await api.get('job-executions/?order=exit_code')).headers.warning).toContain(
      'ignored: exit_code',
    );
  });
});

describe('timeline/ and metrics/', () => {
  const today = () => new Date().toISOString().slice(0, 10);

  it('count what completed each day', async () => {
    const { json } = await api.get('timeline/job-types/?started=P1D');
    expect(json).toEqual({
      count: 1,
      next: null,
      previous: null,
      results: [
        {
          job_type_id: types['parse 1.0.0'],
          name: 'parse',
          version: '1.0.0',
          title: 'parse 1.0.0',
          revision_num: 1,
          results: [{ date: expect.any(String), count: 3 }],
        },
      ],
    });
    expect((await api.get('timeline/job-types/?started=P1D&name=idle')).json.count).toBe(0);
    expect((await api.get('timeline/job-types/?started=P1D&version=1.0.0&name=parse')).json.count).toBe(1);
    expect((await api.get(`timeline/job-types/?started=P1D&id=${types['parse 1.0.0']}`)).json.count).toBe(1);
    expect((await api.get('timeline/recipe-types/?started=P1D')).json.results).toEqual([]);
    for (const what of ['job-types', 'recipe-types'])
      expect((await api.get(`timeline/${what}/`)).status).toBe(400);
  });

  it('say what is measured', async () => {
    const { json } = await api.get('metrics/');
    expect(json.results.map(({ name }) => name)).toEqual(['job-types', 'ingest', 'error-types']);
    expect(json.results[0]!.columns).toHaveLength(31);
    const details = await api.get('metrics/job-types/');
    expect((details.json.choices as Row[]).map(({ id }) => id).sort()).toEqual(Object.values(types).sort());
    expect((await api.get('metrics/errors/')).json.choices).toHaveLength(Object.keys(registry).length);
    expect((await api.get('metrics/ingests/')).json.choices).toEqual([]);
    expect((await api.get('metrics/nothing/')).status).toBe(404);
  });

  it('plot it day by day, of all choices together or of some', async () => {
    const plot = async (address: string) =>
      Object.fromEntries(
        (await rowsOf(`metrics/${address}`)).map(({ column, values }) => [
          column.name,
          values.map(({ value }) => value),
        ]),
      );
    expect(await plot('job-types/plot-data/?started=P1D')).toMatchObject({
      completed_count: [3],
      failed_count: [4],
      canceled_count: [1],
      total_count: [8],
      error_system_count: [2],
      error_data_count: [1],
      error_algorithm_count: [1],
      pre_time_sum: [0.75],
      job_time_min: [1],
      job_time_max: [1],
      post_time_avg: [0.5],
      stage_time_min: [0],
    });
    const one = types['parse 1.0.0'];
    const both = await api.get(
      `metrics/job-types/plot-data/?column=completed_count&choice_id=${one}&choice_id=${types['idle 1.0.0']}`,
    );
    expect(both.json).toMatchObject({ count: 1, results: [{ min_y: 3, max_y: 3, min_x: today() }] });
    expect(both.json.results[0]!.values).toEqual([
      { id: one, datetime: `${today()}T00:00:00Z`, date: today(), value: 3 },
    ]);
    expect(Object.keys(await plot('job-types/plot-data/?group=errors&column=total_count'))).toHaveLength(4);
    expect(await plot('error-types/plot-data/')).toEqual({ total_count: [3] });
    expect(await plot(`error-types/plot-data/?choice_id=${await errorId('timeout')}`)).toEqual({
      total_count: [2],
    });
    expect(await plot('error-types/plot-data/?choice_id=1')).toEqual({ total_count: [] });
    expect(await plot('ingest/plot-data/?group=overview&page_size=2')).toEqual({
      deferred_count: [],
      ingested_count: [],
    });
    expect((await api.get('metrics/job-types/plot-data/?column=nothing')).status).toBe(400);
    expect(
      (await api.get('metrics/job-types/plot-data/?started=2001-01-01T00:00:00Z&ended=P90Y')).status,
    ).toBe(400);
  });

  it('plot what strikes found', async () => {
    const [strike, other] = await api.db.query<{ id: number }>(
      `insert into strike (name, configuration) values ('landsat', '{}'), ('worldview', '{}') returning id`,
    );
    const ingest = (id: number, status: string, hours: string, size: number) =>
      api.db.query(
        `insert into ingest (strike_id, workspace_id, file_name, file_path, version, status, media_type, file_size,
           ingest_started, ingest_ended, last_modified)
         select $1, min(id), 'f', gen_random_uuid()::text, 'v', $2, 'image/tiff', $4, t - interval '3 s', t, t
         from workspace, (select $3::timestamptz as t) at group by t`,
        [id, status, hours, size],
      );
    await ingest(strike!.id, 'INGESTED', '2021-05-01T00:00:00Z', 10);
    await ingest(strike!.id, 'INGESTED', '2021-05-01T23:59:59Z', 30);
    await ingest(strike!.id, 'DUPLICATE', '2021-05-02T12:00:00Z', 50);
    await ingest(strike!.id, 'QUEUED', '2021-05-02T12:00:00Z', 50);
    await ingest(other!.id, 'ERRORED', '2021-05-02T12:00:00Z', 50);
    const { choices } = (await api.get('metrics/ingest/')).json;
    expect(choices).toEqual([
      { id: strike!.id, name: 'landsat', title: null },
      { id: other!.id, name: 'worldview', title: null },
    ]);
    const plot = async (query: string) =>
      Object.fromEntries(
        (await rowsOf(`metrics/ingest/plot-data/?page_size=100&started=2021-05-01T00:00:00Z&${query}`)).map(
          ({ column, values }) => [
            column.name,
            values.map(({ date, id, value }) => [date, ...(id ? [id] : []), value]),
          ],
        ),
      );
    const [first, second] = ['2021-05-01', '2021-05-02'];
    expect(await plot('ended=2021-05-02T00:00:00Z')).toMatchObject({
      ingested_count: [
        [first, 2],
        [second, 0],
      ],
      duplicate_count: [
        [first, 0],
        [second, 1],
      ],
      total_count: [
        [first, 2],
        [second, 2],
      ],
      file_size_sum: [[first, 40]],
      file_size_avg: [[first, 20]],
      ingest_time_max: [[first, 3]],
      transfer_time_sum: [],
    });
    expect((await plot('ended=2021-05-01T00:00:00Z')).total_count).toEqual([[first, 2]]);
    expect(
      (await plot(`column=total_count&choice_id=${strike!.id}&choice_id=${other!.id}`)).total_count,
    ).toEqual([
      [first, strike!.id, 2],
      [second, strike!.id, 1],
      [second, other!.id, 1],
    ]);
  });
});
