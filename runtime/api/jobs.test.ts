import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Schemas } from '../client/index.ts';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { manifestDocument } from '../../test/support/manifest.ts';
import { SeedbedError } from '../errors/index.ts';
import {
  claim,
  type Ending,
  type Execution,
  finish,
  keepConfiguration,
  registerNode,
} from '../jobs/index.ts';

let api: TestApi;
withApi((started) => (api = started));

let typeId: number;
let fileIds: number[];
beforeAll(async () => {
  const manifest = manifestDocument({
    name: 'measure',
    interface: {
      inputs: {
        files: [
          { name: 'SCENE', mediaTypes: ['image/tiff'] },
          { name: 'OTHERS', required: false, multiple: true },
        ],
        json: [{ name: 'LIMIT', type: 'integer', required: false }],
      },
      settings: [{ name: 'HOST' }, { name: 'PASSWORD', secret: true }],
    },
    resources: { scalar: [{ name: 'mem', value: 64, inputMultiplier: 2 }] },
  });
  const type = await api.send('POST', 'job-types/', {
    docker_image: 'measure:1',
    manifest,
    configuration: { settings: { HOST: 'db', PASSWORD: 'type-secret' }, priority: 50 },
  });
  if (type.status !== 201) throw new Error(type.body.toString());
  typeId = type.json.id;
  fileIds = [];
  for (const name of ['a.tif', 'b.tif', 'c.txt'])
    fileIds.push(
      (
        await api.send('POST', `files/?name=${name}`, Buffer.alloc(2 ** 20, name), {
          'Content-Type': 'application/octet-stream',
        })
      ).json.id,
    );
});

const submit = async (more: object = {}) => {
  const answer = await api.send('POST', 'jobs/', {
    job_type_id: typeId,
    input: { version: '7', files: { SCENE: [fileIds[0]] }, json: {} },
    ...more,
  });
  expect(answer.status).toBe(201);
  return answer.json.id;
};

const run = async (jobId: number): Promise<Execution> =>
  (await api.db.transaction((tx) =>
    claim(tx, jobId, {
      runtime: api.db.presence.runtime,
      node: 'here',
      imageId: 'sha256:1',
      resources: { cpus: 0.25, mem: 66 },
      attemptDirectory: '/tmp/x',
    }),
  ))!;

const end = (execution: Execution, ending: Partial<Ending>) =>
  finish(api.db, execution, {
    status: 'COMPLETED',
    exitCode: 0,
    error: null,
    output: { version: '7', files: { OUT: [fileIds[2]] }, json: {} },
    steps: [{ name: 'run', ms: 12 }],
    stdoutPath: null,
    stderrPath: null,
    ...ending,
  });

const outOfMemory = () => {
  const error = new SeedbedError('out-of-memory', { mem: 66 });
  return {
    name: error.error,
    title: error.title,
    category: error.category,
    message: error.sentence,
    code: error.code,
  };
};

describe('POST jobs/', () => {
  it('queues a job with what its input makes it need, and answers with its details', async () => {
    const answer = await api.send('POST', 'jobs/', {
      job_type: { name: 'measure', version: '1.0.0' },
      input: { files: { SCENE: [fileIds[0]], OTHERS: [fileIds[1], fileIds[2]] }, json: { LIMIT: 3 } },
      configuration: { priority: 7, settings: { PASSWORD: 'job-secret' } },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`/v6/jobs/${answer.json.id}/`);
    const { warnings, ...document } = answer.json;
    expect(warnings).toEqual([]);
    expect(document).toMatchObject({
      status: 'QUEUED',
      priority: 7,
      max_tries: 3,
      input: { version: '7', files: { SCENE: [fileIds[0]] }, json: { LIMIT: 3 } },
      input_file_size: 3,
      input_files: { SCENE: ['a.tif'], OTHERS: ['b.tif', 'c.txt'] },
      resources: { resources: { cpus: 0.25, mem: 70, disk: 0 } },
      configuration: { priority: 7, settings: { PASSWORD: '******' } },
      execution: null,
    });
    expect(document.waiting_for).toContainEqual(
      expect.objectContaining({ name: expect.any(String), description: expect.any(String) }),
    );
    const again = await api.get(`jobs/${answer.json.id}/`);
    expect(again.json).toEqual(document);
    expect(`${answer.body}${again.body}`).not.toMatch(/job-secret|type-secret/);
  });

  it.each([
    ['nothing', {}, 'PARAM_REQUIRED'],
    ['no file', { files: { SCENE: [] } }, 'NO_FILES'],
    ['a file that is none', { files: { SCENE: [987_654_321] } }, 'UNKNOWN_FILE'],
    ['a file as JSON', { json: { SCENE: 1 } }, 'MISMATCHED_PARAM_TYPE'],
    ['a wrong type', { files: { SCENE: [1] }, json: { LIMIT: 'three' } }, 'INVALID_JSON_TYPE'],
    ['another shape', { files: [1] }, 'INVALID_DATA'],
    ['an id as text', { files: { SCENE: ['1'] } }, 'INVALID_DATA'],
  ])("refuses %s by Scale's name for it", async (_, input, name) => {
    const answer = await api.send('POST', 'jobs/', { job_type_id: typeId, input });
    expect([answer.status, answer.json.errors]).toEqual([
      400,
      expect.arrayContaining([expect.objectContaining({ name })]),
    ]);
    expect(answer.json.detail).toContain(name);
  });

  it('finds input and configuration wrong at once, warns of the unexpected, and drops what is unknown', async () => {
    const wrong = await api.send('POST', 'jobs/', {
      job_type_id: typeId,
      input: {},
      configuration: { priority: -1 },
    });
    expect(wrong.json.errors.map(({ name }) => name)).toEqual(['PARAM_REQUIRED', 'INVALID_PRIORITY']);
    const odd = await api.send('POST', 'jobs/', {
      job_type_id: typeId,
      input: { files: { SCENE: [fileIds[2]] }, json: { EXTRA: 1 } },
    });
    expect(odd.json.warnings.map(({ name }) => name).sort()).toEqual([
      'MISMATCHED_MEDIA_TYPES',
      'UNKNOWN_INPUT',
    ]);
    expect(odd.json.input).toEqual({ version: '7', files: { SCENE: [fileIds[2]] }, json: {} });
  });

  it('knows no job type that is not there, and takes no job of one that is not active', async () => {
    for (const key of [{ job_type_id: 987_654_321 }, { job_type: { name: 'measure', version: '9' } }])
      expect((await api.send('POST', 'jobs/', { ...key, input: {} })).status).toBe(404);
    await api.send('PATCH', 'job-types/measure/1.0.0/', { is_active: false });
    const refused = await api.send('POST', 'jobs/', {
      job_type_id: typeId,
      input: { files: { SCENE: [fileIds[0]] } },
    });
    await api.send('PATCH', 'job-types/measure/1.0.0/', { is_active: true });
    expect([refused.status, refused.json.detail]).toEqual([400, expect.stringContaining('is not active')]);
  });

  it('makes one job of requests with the same Idempotency-Key', async () => {
    const body = { job_type_id: typeId, input: { files: { SCENE: [fileIds[0]] } } };
    const answers = await Promise.all(
      [1, 2, 3].map(() => api.send('POST', 'jobs/', body, { 'Idempotency-Key': 'once' })),
    );
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect((await api.send('POST', 'jobs/', body, { 'Idempotency-Key': 'twice' })).json.id).not.toBe(
      answers[0]!.json.id,
    );
    expect((await api.send('POST', 'jobs/', body, { 'Idempotency-Key': '' })).status).toBe(400);
  });
});

describe('a job', () => {
  it('is counted with its type, whose secrets are masked there, too', async () => {
    const { json, body } = await api.get('job-types/status/');
    expect(json.results).toMatchObject([
      { job_type: { name: 'measure', configuration: { settings: { HOST: 'db', PASSWORD: '******' } } } },
    ]);
    expect(body.toString()).not.toMatch(/job-secret|type-secret/);
  });

  it('says why it waits', async () => {
    const id = await submit();
    const why = await api.get(`jobs/${id}/why/`);
    expect(why.json).toEqual({
      job_id: id,
      status: 'QUEUED',
      waiting_for: expect.arrayContaining([
        expect.objectContaining({ name: 'no-runtime', title: expect.any(String) }),
      ]),
    });
    await api.send('PATCH', 'job-types/measure/1.0.0/', { is_paused: true });
    const paused = await api.get(`jobs/${id}/`);
    await api.send('PATCH', 'job-types/measure/1.0.0/', { is_paused: false });
    expect(paused.json.waiting_for).toContainEqual(expect.objectContaining({ name: 'job-type-paused' }));
  });

  it('shows its executions, the last one first, with what each came to', async () => {
    const id = await submit();
    await end(await run(id), {
      status: 'FAILED',
      exitCode: 137,
      error: outOfMemory(),
      output: null,
      retry: { delaySeconds: 0 },
    });
    await api.db.query('update job set not_before = null where id = $1', [id]);
    await end(await run(id), {});
    const list = await api.get(`jobs/${id}/executions/`);
    expect(list.json.results.map(({ exe_num, status }) => [exe_num, status])).toEqual([
      [2, 'COMPLETED'],
      [1, 'FAILED'],
    ]);
    const failed = (await api.get(`jobs/${id}/executions/1/`)).json;
    expect(failed).toMatchObject({
      exit_code: 137,
      error: { id: 2004, name: 'out-of-memory', category: 'ALGORITHM', is_builtin: true },
      task_results: { tasks: [{ type: 'main', status: 'FAILED', exit_code: 137, was_timed_out: false }] },
      resources: { resources: { cpus: 0.25, mem: 66 } },
      steps: [{ name: 'run', ms: 12 }],
    });
    const completed = (await api.get(`jobs/${id}/executions/2/`)).json;
    expect(completed.output).toMatchObject({ output_data: [{ name: 'OUT', file_id: fileIds[2] }] });
    const details = (await api.get(`jobs/${id}/`)).json;
    expect(details).toMatchObject({
      status: 'COMPLETED',
      num_exes: 2,
      execution: { exe_num: 2 },
      waiting_for: [],
    });
    const count = async (query: string) => (await api.get(`jobs/${id}/executions/?${query}`)).json.count;
    expect(await count('status=FAILED')).toBe(1);
    expect(await count('status=FAILED&status=COMPLETED')).toBe(2);
    expect(await count('error_id=2004')).toBe(1);
    expect(await count('error_category=SYSTEM')).toBe(0);
    expect(await count('node_id=12345')).toBe(0);
    expect((await api.get(`jobs/${id}/executions/3/`)).status).toBe(404);
    expect((await api.get('jobs/987654321/executions/')).status).toBe(404);
  });

  it('says what an execution ran with as far as that is known, and how files of one name are told apart', async () => {
    const upload = { 'Content-Type': 'application/octet-stream' };
    const again = (await api.send('POST', 'files/?name=b.tif', Buffer.from('another'), upload)).json.id;
    const id = await submit({
      input: { files: { SCENE: [fileIds[0]], OTHERS: [fileIds[1], again] }, json: { LIMIT: 3 } },
    });
    const execution = await run(id);
    const read = async () =>
      (await api.get(`jobs/${id}/executions/1/`)).json
        .configuration as Schemas['ExecutionDetails']['configuration'];
    const begun = await read();
    expect(begun.input_files.OTHERS).toMatchObject([
      { id: fileIds[1] },
      { id: again, local_file_name: '2_b.tif' },
    ]);
    expect(begun.input_files.OTHERS![0]).not.toHaveProperty('local_file_name');
    expect(begun.tasks[0]).not.toHaveProperty('args');
    const configuration = { args: 'run', settings: { HOST: 'db', PASSWORD: '******' } };
    await keepConfiguration(api.db, execution, configuration);
    await end(execution, { configuration: { args: 'told too late' } });
    const ended = await read();
    expect(ended.tasks).toMatchObject([
      {
        args: 'run',
        settings: { HOST: 'db', PASSWORD: '******' },
        env_vars: {
          SCENE: '/scale/input_data/SCENE/a.tif',
          OTHERS: '/scale/input_data/OTHERS',
          LIMIT: '3',
          HOST: 'db',
          PASSWORD: '******',
          ALLOCATED_MEM: '66.0',
          SCALE_EXE_NUM: '1',
        },
        workspaces: { seedbed: { mode: 'ro' } },
        docker_params: expect.arrayContaining([{ flag: 'memory', value: '66m' }]),
      },
    ]);
    expect((await api.get(`jobs/${id}/`)).json.execution).toMatchObject({ configuration: ended });
  });

  it('names the node where it runs as `seed nodes` does, whatever its machine is called', async () => {
    const id = await submit();
    const execution = await run(id);
    const capacity = { cpus: 0, mem: 0, disk: 0 };
    const description = { engine: 'unix:///x', version: 'Docker 1', capacity, slots: 0 };
    const node = await api.db.transaction((tx) =>
      registerNode(tx, { name: 'gpu', hostname: 'ip-10-0-0-3', ...description }),
    );
    await api.db.query('update job_exe set node_id = $2 where id = $1', [execution.id, node]);
    const expected = { id: node, name: 'gpu', hostname: 'ip-10-0-0-3' };
    expect((await api.get(`jobs/${id}/`)).json.node).toEqual(expected);
    expect((await api.get(`job-executions/${execution.id}/`)).json.node).toEqual(expected);
    expect((await api.get(`jobs/?job_id=${id}`)).json.results[0]!.node).toEqual(expected);
  });

  it('lists its input files', async () => {
    const id = await submit({ input: { files: { SCENE: [fileIds[0]], OTHERS: [fileIds[1], fileIds[2]] } } });
    const list = await api.get(`jobs/${id}/input_files/`);
    expect(list.json.count).toBe(3);
    const names = async (query: string) =>
      (await api.get(`jobs/${id}/input_files/?${query}`)).json.results.map(({ file_name }) => file_name);
    expect(await names('job_input=SCENE')).toEqual(['a.tif']);
    expect(await names('file_name=c.txt')).toEqual(['c.txt']);
    expect(await names('started=PT1H')).toHaveLength(3);
    expect(await names('started=PT1H&time_field=data')).toEqual([]);
    expect((await api.get('jobs/987654321/input_files/')).status).toBe(404);
  });
});

describe('GET jobs/', () => {
  it('filters, combines, sorts and pages', async () => {
    const ids = [await submit(), await submit(), await submit({ configuration: { priority: 3 } })];
    await end(await run(ids[0]!), { status: 'FAILED', error: outOfMemory(), output: null });
    const these = ids.map((id) => `job_id=${id}`).join('&');
    const list = async (query: string) =>
      (await api.get(`jobs/?${these}&${query}`)).json.results.map(({ id }) => ids.indexOf(id as number));
    expect(await list('')).toEqual([0, 1, 2]);
    expect(await list('order=-id')).toEqual([2, 1, 0]);
    expect(await list('order=priority&order=-created')).toEqual([2, 1, 0]);
    expect(await list('order=-job_type__name&order=id')).toEqual([0, 1, 2]);
    // The first has failed, and the second waits longer than the third.
    expect(await list('order=job_type')).toEqual([0, 1, 2]);
    expect(await list('order=-job_type')).toEqual([2, 1, 0]);
    expect(await list('order=error')).toEqual([0, 1, 2]);
    expect(await list('order=-error')).toEqual([0, 2, 1]);
    // Members of members as Scale's documents part them, and as its web client does. Without an error it comes last.
    await api.db.query(
      `update job set error = '{"name": "b", "category": "data", "title": "A"}', status = 'FAILED' where id = $1`,
      [ids[2]],
    );
    for (const [field, order] of [
      ['error__category', [2, 0, 1]],
      ['error.category', [2, 0, 1]],
      ['-error.category', [0, 2, 1]],
      ['error.title', [2, 0, 1]],
      ['error__name', [2, 0, 1]],
      ['-error__title', [0, 2, 1]],
    ] as const)
      expect([field, await list(`order=${field}`)]).toEqual([field, order]);
    const first = (await api.get(`jobs/?${these}&order=-error.category&cursor=&page_size=2`)).json;
    expect(first.results.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    await api.db.query(`update job set error = null, status = 'QUEUED' where id = $1`, [ids[2]]);
    await api.db.query('update job set recipe_id = 5 where id = $1', [ids[1]]);
    expect(await list('order=recipe')).toEqual([1, 0, 2]);
    expect(await list('order=-recipe')).toEqual([1, 2, 0]);
    await api.db.query('update job set recipe_id = null where id = $1', [ids[1]]);
    expect(await list('status=QUEUED')).toEqual([1, 2]);
    expect(await list('status=queued&status=FAILED')).toEqual([0, 1, 2]);
    expect(await list('error_category=ALGORITHM')).toEqual([0]);
    expect(await list('error_category=DATA')).toEqual([]);
    expect(await list('error_id=2004')).toEqual([0]);
    expect(await list(`job_type_id=${typeId}&job_type_name=measure`)).toEqual([0, 1, 2]);
    expect(await list('job_type_name=other')).toEqual([]);
    expect((await list('started=PT1H')).toSorted()).toEqual([0, 1, 2]);
    expect(await list('ended=PT1H')).toEqual([]);
    expect((await list('started=2019-01-01T00:00:00%2B02:00&ended=2999-01-01T00:00:00Z')).toSorted()).toEqual(
      [0, 1, 2],
    );
    expect(await list('source_sensor=1')).toEqual([]);
    expect(await list('source_started=2019-01-01T00:00:00Z')).toEqual([]);
    expect(await list('recipe_id=1')).toEqual([]);
    expect(await list('page_size=2&order=id')).toEqual([0, 1]);
    expect(await list('page_size=2&page=2&order=id')).toEqual([2]);
    expect((await api.get(`jobs/?${these}&page_size=100000`)).json.results).toHaveLength(3);
  });

  it('is not sorted by what is not known, and says so', async () => {
    const sorted = async (query: string) => {
      const { headers, json } = await api.get(`jobs/?page_size=5&${query}`);
      return [headers.warning, json.results.map(({ id }) => id)];
    };
    const ignored = (names: string) => `299 seedbed "unknown orders are ignored: ${names}"`;
    const [, byId] = await sorted('order=id');
    expect(await sorted('order=-node.hostname&order=node')).toEqual([ignored('-node.hostname, node'), byId]);
    const [none, backwards] = await sorted('order=-id');
    expect(none).toBeUndefined();
    expect(await sorted('order=%22%C3%BC&order=-id')).toEqual([ignored('%22%C3%BC'), backwards]);
    expect((await api.get('tasks/?order=colour')).status).toBe(400);
  });

  it("finds jobs by their files' source", async () => {
    const [source] = await api.db.query<{ id: number }>(
      `update scale_file set source_sensor = 'S-1', source_started = '2020-01-01Z', source_ended = '2020-01-02Z'
       where id = $1 returning id`,
      [fileIds[1]],
    );
    const id = await submit({ input: { files: { SCENE: [source!.id] } } });
    const list = async (query: string) => (await api.get(`jobs/?${query}`)).json.results.map((row) => row.id);
    expect(await list('source_sensor=S-1&source_sensor=S-2')).toContain(id);
    expect(
      await list(`job_id=${id}&source_started=2019-12-31T00:00:00Z&source_ended=2020-01-03T00:00:00Z`),
    ).toEqual([id]);
    expect(await list(`job_id=${id}&source_started=2020-01-01T12:00:00Z`)).toEqual([]);
    expect((await api.get(`jobs/${id}/`)).json).toMatchObject({
      source_sensor: 'S-1',
      source_started: '2020-01-01T00:00:00.000000Z',
    });
  });
});

describe('bulk changes', () => {
  const actions = () =>
    api.db.query<{ kind: string; filter: object; priority: number | null }>(
      'select kind, filter, priority from job_action order by id',
    );

  it('are accepted and left to a runtime', async () => {
    const cancel = await api.send('POST', 'jobs/cancel/', {
      job_ids: [1, 2],
      status: 'RUNNING',
      error_ids: [2004],
    });
    expect([cancel.status, cancel.json]).toEqual([202, { id: expect.any(Number) }]);
    const requeue = await api.send('POST', 'jobs/requeue/', {
      job_types: [{ name: 'measure', version: '1.0.0' }],
      error_categories: ['SYSTEM'],
      started: '2019-01-01T00:00:00Z',
      priority: 5,
    });
    expect(requeue.status).toBe(202);
    expect(await actions()).toEqual([
      {
        kind: 'cancel',
        filter: {
          jobIds: [1, 2],
          status: ['RUNNING'],
          errors: [{ name: 'out-of-memory', jobTypeName: null }],
        },
        priority: null,
      },
      {
        kind: 'requeue',
        filter: {
          jobTypes: [{ name: 'measure', version: '1.0.0' }],
          errorCategories: ['SYSTEM'],
          started: '2019-01-01T00:00:00Z',
        },
        priority: 5,
      },
    ]);
  });

  it.each([
    [{}],
    [{ priority: 3 }],
    [{ job_ids: 1 }],
    [{ job_ids: [0] }],
    [{ job_ids: ['1'] }],
    [{ status: 'DONE' }],
    [{ status: ['QUEUED', 'DONE'] }],
    [{ jobs: [1] }],
    [{ started: '2019-01-01' }],
    [{ started: '2020-01-01T00:00:00Z', ended: '2019-01-01T00:00:00Z' }],
    [{ is_superseded: true }],
    [{ job_ids: [1], priority: 0 }],
  ])('refuse %j', async (body) => {
    const before = (await actions()).length;
    expect((await api.send('POST', 'jobs/requeue/', body)).status).toBe(400);
    expect(await actions()).toHaveLength(before);
  });
});
