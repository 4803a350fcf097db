import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../test/support/scheduler.ts';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { manifestDocument } from '../../test/support/manifest.ts';
import { registerNode, registerRuntime } from '../jobs/index.ts';

let api: TestApi;
withApi((started) => (api = started));

let nodeId: number;
let typeId: number;
beforeAll(async () => {
  const made = (name: string) =>
    api.db.transaction((tx) =>
      registerNode(tx, {
        name,
        hostname: `${name}.example`,
        engine: 'unix:///x',
        version: 'Docker 1',
        capacity: { cpus: 4, mem: 1000, disk: 5000 },
        slots: 2,
      }),
    );
  nodeId = await made('one');
  const nodes = [nodeId, await made('two')];
  await registerRuntime(api.db, { runtime: '1', hostname: 'one', pid: 1, nodes });
  await api.db.query(`update runtime set lease_until = now() + interval '1 hour'`);
  const type = await api.send('POST', 'job-types/', {
    docker_image: 'x:1',
    manifest: manifestDocument({ name: 'loaded' }),
  });
  typeId = type.json.id;
});

async function ended(node: number, status: string, category: string | null, ago: string): Promise<void> {
  const { id } = (await api.send('POST', 'jobs/', { job_type_id: typeId, input: {} })).json;
  await api.db.query(
    `insert into job_exe (job_id, exe_num, status, runtime, node, node_id, queued, started, ended, error, job_type_id)
     values ($1, 1, $3, '1', 'one', $2, now(), now() - $5::interval, now() - $5::interval,
       case when $4::text is not null then jsonb_build_object('category', $4::text) end, $6)`,
    [id, node, status, category, ago, typeId],
  );
  await api.db.query('update job set status = $2 where id = $1', [id, status]);
}

describe('nodes/', () => {
  it('are listed with their state and what is promised of them', async () => {
    await api.db.query(
      `update slot set job_exe_id = 1, runtime = 'r', resources = '{"cpus": 1.5, "mem": 100}'
       where node_id = $1 and index = 0`,
      [nodeId],
    );
    const list = await api.get('nodes/?order=hostname');
    expect(list.json.results[0]).toMatchObject({
      id: nodeId,
      hostname: 'one.example',
      state: { name: 'READY' },
      slots: 2,
      running: 1,
      resources: {
        cpus: { total: 4, running: 1.5, free: 2.5, unavailable: 0, offered: 0 },
        mem: { total: 1000, running: 100, free: 900 },
        gpus: { total: 0, running: 0, free: 0, unavailable: 0, offered: 0 },
      },
    });
    expect((await api.get('nodes/?order=-hostname')).json.results[0]).toMatchObject({ name: 'two' });
  });

  it('are paused with a reason, taken out of use, and taken back', async () => {
    const patch = async (body: object) => {
      const answer = await api.send('PATCH', `nodes/${nodeId}/`, body);
      expect([answer.status, answer.body.length]).toEqual([204, 0]);
      return (await api.get(`nodes/${nodeId}/`)).json;
    };
    expect(await patch({ is_paused: true, pause_reason: 'repair' })).toMatchObject({
      is_paused: true,
      pause_reason: 'repair',
      state: { name: 'PAUSED', description: 'repair' },
    });
    expect(await patch({ is_paused: false })).toMatchObject({ is_paused: false, pause_reason: null });
    expect(await patch({ is_active: false })).toMatchObject({
      is_active: false,
      deprecated: expect.any(String),
      state: { name: 'DEPRECATED' },
    });
    expect((await api.get('nodes/')).json.count).toBe(1);
    expect((await api.get('nodes/?include_inactive=true')).json.count).toBe(2);
    expect(await patch({ is_active: true })).toMatchObject({ is_active: true, deprecated: null });
    // As scripts of Scale's users do: read, change, send back.
    const whole = (await api.get(`nodes/${nodeId}/`)).json;
    expect(await patch({ ...whole, pause_reason: 'disk', is_paused: true })).toMatchObject({
      is_paused: true,
    });
    expect(await patch({ ...whole })).toMatchObject({ is_paused: false, is_active: true });
    expect((await api.send('PATCH', 'nodes/98765/', { is_paused: true })).status).toBe(404);
    expect((await api.send('PATCH', `nodes/${nodeId}/`, { is_paused: 1 })).status).toBe(400);
  });
});

describe('scheduler/, status/ and version/', () => {
  it('show and change how the whole of it works', async () => {
    expect((await api.get('scheduler/')).json).toEqual({
      is_paused: false,
      queue_mode: 'FIFO',
      num_message_handlers: 0,
      system_logging_level: 'INFO',
    });
    const answer = await api.send('PATCH', 'scheduler/', { is_paused: true, queue_mode: 'LIFO' });
    expect([answer.status, answer.body.length]).toEqual([204, 0]);
    expect((await api.get('scheduler/')).json).toMatchObject({ is_paused: true, queue_mode: 'LIFO' });
    expect((await api.get('status/')).json).toMatchObject({ scheduler: { state: { name: 'PAUSED' } } });
    await api.send('PATCH', 'scheduler/', { is_paused: false, queue_mode: 'FIFO' });
    expect((await api.send('PATCH', 'scheduler/', { queue_mode: 'RANDOM' })).status).toBe(400);
  });

  it('tell of nodes, resources and job types', async () => {
    await api.db.query('update slot set job_type_id = $2 where node_id = $1 and job_exe_id is not null', [
      nodeId,
      typeId,
    ]);
    await ended(nodeId, 'COMPLETED', null, '1 minute');
    await ended(nodeId, 'FAILED', 'job', '2 hours');
    await ended(nodeId, 'FAILED', 'system', '4 hours');
    const { json } = await api.get('status/');
    const one = { total: 1, by_job_type: [{ job_type_id: typeId, count: 1 }] };
    const none = { total: 0, by_job_type: [] };
    expect((json as unknown as { nodes: object[] }).nodes[0]).toMatchObject({
      job_executions: {
        running: one,
        completed: one,
        failed: { total: 1, data: none, algorithm: one, system: none },
      },
    });
    expect(json).toMatchObject({
      system: {
        database_update: { is_completed: true, completed: expect.any(String) },
        services: [{ name: 'runtime', actual_count: 1, desired_count: 1 }],
      },
      vault: { sealed: false },
      scheduler: { state: { name: 'READY' }, hostname: 'one', metrics: { offers_launched_per_sec: 0 } },
      resources: { cpus: { total: 8 }, gpus: { total: 0 } },
      dependencies: Object.fromEntries(
        ['logs', 'msg_queue', 'database', 'elasticsearch', 'idam', 'silo', 'nodes'].map((name) => [
          name,
          { OK: true, detail: { msg: expect.any(String) }, errors: [], warnings: [] },
        ]),
      ),
      job_types: [expect.objectContaining({ id: typeId })],
      nodes: [expect.objectContaining({ hostname: 'one.example' }), expect.anything()],
    });
    expect((await api.get('version/')).json).toEqual({ version: '9.8.7', installation: expect.any(String) });
  });
});

describe('queue/status/ and load/', () => {
  const submit = (count: number) =>
    Promise.all(
      Array.from({ length: count }, () => api.send('POST', 'jobs/', { job_type_id: typeId, input: {} })),
    );

  it('tell what waits by job type, and why', async () => {
    await submit(3);
    const { json } = await api.get('queue/status/');
    expect(json.results).toEqual([
      expect.objectContaining({
        count: 3,
        highest_priority: 100,
        waiting_for: expect.arrayContaining([expect.objectContaining({ title: expect.any(String) })]),
      }),
    ]);
    expect(json.results[0]).not.toHaveProperty('count_is_estimate');
    const [first] = await api.db.query<{ id: number }>(
      `update job set not_before = now() + interval '1 hour', priority = 7 where id = (select min(id) from job where status = 'QUEUED')
       returning id`,
    );
    const [delayed] = (await api.get('queue/status/')).json.results;
    expect(delayed).toMatchObject({ count: 3, delayed: 1, highest_priority: 7 });
    await api.db.query('update job set not_before = null, priority = 100 where id = $1', [first!.id]);
    expect(delayed!.job_type).toMatchObject({ unmet_resources: null });
    await api.db.query(`update job set resources = resources || '{"cpus": 1000, "mem": 99999}'`);
    const [big] = (await api.get('queue/status/')).json.results;
    expect(big!.job_type).toMatchObject({ unmet_resources: 'cpus,mem' });
    const typeIn = async (route: string) => {
      const [row] = (await api.get(route)).json.results as unknown as Record<string, unknown>[];
      return (row!.job_type ?? row) as { unmet_resources: string | null };
    };
    for (const route of ['jobs/', 'job-types/', 'job-types/status/'])
      await eventually(`${route} says so`, async () => (await typeIn(route)).unmet_resources === 'cpus,mem');
    await api.db.query(`update job set resources = resources || '{"cpus": 1, "mem": 128}'`);
  });

  it('tell what the queue needs, exactly or, where it is long, about', async () => {
    const needed = async () => (await api.get('scheduler/queued-resources/')).json as unknown as Needed;
    interface Needed {
      queue_lengths: { QUEUED: number };
      total_resources: { QUEUED: { mem: number } };
    }
    const one = 128;
    expect(await needed()).toMatchObject({
      cluster_resources: { cpus: 8, mem: 2000, disk: 10000, gpus: 0 },
      queue_lengths: { PENDING: 0, QUEUED: 3, RUNNING: 0 },
      total_resources: { PENDING: {}, QUEUED: { mem: 3 * one }, RUNNING: {} },
      is_estimate: false,
    });
    await api.db.query(
      `insert into job (job_type_id, job_type_revision_id, status, timeout, input, resources, queued)
       select job_type_id, job_type_revision_id, status, timeout, input, resources, queued
       from (select * from job where status = 'QUEUED' limit 1) one, generate_series(1, 12000)`,
    );
    await api.db.query('analyze job');
    const about = await needed();
    expect(about).toMatchObject({ is_estimate: true });
    expect(about.queue_lengths.QUEUED / 12003).toBeCloseTo(1, 0);
    expect(about.total_resources.QUEUED.mem / about.queue_lengths.QUEUED / one).toBeCloseTo(1, 2);
    const [type] = (await api.get('queue/status/')).json.results;
    expect(type).toMatchObject({ count_is_estimate: true, highest_priority: 100, delayed: 0 });
    expect((type!.count as number) / 12003).toBeCloseTo(1, 0);
    await api.db.query('delete from job where status = $1', ['QUEUED']);
  });

  it('tell how many jobs stood where, over time', async () => {
    await api.db.query('truncate job cascade');
    await submit(6);
    const ids = (await api.db.query<{ id: number }>('select id from job order by id')).map(({ id }) => id);
    const at = (hour: number) => `2021-05-01T${String(hour).padStart(2, '0')}:00:00Z`;
    await api.db.query('update job set queued = $1, created = $1, last_status_change = $1', [at(1)]);
    await api.db.query(`update job set status = 'PENDING', queued = null where id = $1`, [ids[5]]);
    const execution = (id: number, started: number, ended: number | null) =>
      api.db.query(
        `with x as (insert into job_exe (job_id, exe_num, status, runtime, node, queued, started, ended, job_type_id)
           select id, 1, case when $4::timestamptz is null then 'RUNNING' else 'COMPLETED' end, 'r', 'n', $2, $3, $4, job_type_id
           from job where id = $1)
         update job set status = case when $4::timestamptz is null then 'RUNNING' else 'COMPLETED' end where id = $1`,
        [id, at(1), at(started), ended === null ? null : at(ended)],
      );
    await execution(ids[0]!, 2, 4);
    await execution(ids[1]!, 2, 3);
    await execution(ids[2]!, 3, null);
    const load = await api.get(`load/?started=${at(0)}&ended=${at(5)}`);
    expect(load.json.results).toHaveLength(100);
    const byTime = async (hour: number) => {
      const { json } = await api.get(`load/?started=${at(hour)}&ended=${at(hour)}`);
      const [row] = json.results;
      return [row!.pending_count, row!.queued_count, row!.running_count];
    };
    expect(await byTime(0)).toEqual([0, 0, 0]);
    expect(await byTime(1)).toEqual([1, 5, 0]);
    expect(await byTime(2)).toEqual([1, 3, 2]);
    expect(await byTime(3)).toEqual([1, 2, 2]);
    expect(await byTime(4)).toEqual([1, 2, 1]);
    expect(load.json.results.at(-1)).toMatchObject({ pending_count: 1, queued_count: 2, running_count: 1 });
    expect(load.json.results[0]).toMatchObject({ pending_count: 0, queued_count: 0, running_count: 0 });
    const counts = ({ pending_count, queued_count, running_count }: Record<string, unknown>) => [
      ...[pending_count, queued_count, running_count],
    ];
    // Points are 3 minutes apart; at 1:30, 2:30, 3:30 and 4:30, about.
    expect([30, 50, 70, 90].map((nth) => counts(load.json.results[nth]!))).toEqual([
      [1, 5, 0],
      [1, 3, 2],
      [1, 2, 2],
      [1, 2, 1],
    ]);
    const ofType = await api.get(
      `load/?started=${at(0)}&ended=${at(5)}&job_type_name=loaded&job_type_priority=100`,
    );
    expect(ofType.json.results).toEqual(load.json.results);
    // Scale's v6 did not read it either.
    const category = await api.get(`load/?started=${at(0)}&ended=${at(5)}&job_type_category=x`);
    expect([category.json.results, category.headers.warning]).toEqual([
      load.json.results,
      expect.stringContaining('ignored: job_type_category'),
    ]);
    const other = await api.get(`load/?started=${at(4)}&ended=${at(4)}&job_type_name=other`);
    expect(other.json.results[0]).toMatchObject({ pending_count: 0, queued_count: 0, running_count: 0 });
  });
});
