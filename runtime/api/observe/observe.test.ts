import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { type TestApi, withApi } from '../../../test/support/api.ts';
import { until } from '../../../test/support/cli-files.ts';
import { call } from '../../../test/support/http.ts';
import { promtoolFindings } from '../../../test/support/promtool.ts';
import { TestQueue } from '../../../test/support/queue.ts';
import { changeNode } from '../../jobs/index.ts';

type Line = Record<string, unknown>;
const lines: Line[] = [];
const logger = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line) as Line) });
const lineOf = (id: string, msg = 'request') =>
  until(`the line of ${id}`, async () => lines.find((line) => line.request === id && line.msg === msg));

const metricsToken = 'the-token-of-prometheus';
let api: TestApi;
withApi((started) => (api = started), { SEED_METRICS_TOKEN: metricsToken }, { logger });

describe('the log of requests', () => {
  it('has one line for each, with its id, its route and no word of what was asked', async () => {
    const answer = await api.get('jobs/?job_type_name=hidden-name', { 'X-Request-Id': 'a.b:c-1' });
    expect(answer.headers['x-request-id']).toBe('a.b:c-1');
    const { time, ms, bytes, ...line } = await lineOf('a.b:c-1');
    expect(line).toEqual({
      level: 30,
      request: 'a.b:c-1',
      method: 'GET',
      route: '/jobs',
      status: 200,
      actor: 'admin-token',
      msg: 'request',
    });
    expect([typeof time, typeof ms, Number(bytes) > answer.body.length]).toEqual(['number', 'number', true]);
    expect(lines.filter(({ request }) => request === 'a.b:c-1')).toHaveLength(1);
  });

  it('makes up an id for what has none, or none that may stand in a log', async () => {
    for (const given of [undefined, 'two words', 'x'.repeat(129), '"}']) {
      const headers: Record<string, string> = given === undefined ? {} : { 'X-Request-Id': given };
      const answer = await call(api.port, 'PROPFIND', '/v6/hidden-path', headers);
      const id = answer.headers['x-request-id'] as string;
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      expect(await lineOf(id)).toMatchObject({ method: 'OTHER', route: 'none', status: 401, actor: null });
    }
    expect(JSON.stringify(lines)).not.toMatch(/hidden|the-token-of-the-tests/);
  });

  it('tells of a failure of ours with the id of its request, and of a reader that left', async () => {
    await api.db.query('alter table scheduler rename to lost');
    const failed = await api.get('scheduler/');
    await api.db.query('alter table lost rename to scheduler');
    expect(failed.status).toBe(500);
    const id = failed.headers['x-request-id'] as string;
    const error = lines.find(({ request, level }) => request === id && level === 50);
    expect(error).toMatchObject({ method: 'GET', route: '/scheduler', err: { message: /scheduler/ } });
    expect(await lineOf(id)).toMatchObject({ status: 500 });

    const socket = connect(api.port, '127.0.0.1');
    socket.write(
      `POST /v6/jobs/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token ${api.token}\r\nX-Request-Id: left\r\n` +
        'Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
    );
    await once(socket, 'connect');
    socket.destroy();
    expect(await lineOf('left')).toMatchObject({ route: '/jobs', aborted: true });
  });
});

describe('readiness', () => {
  const ready = async () => {
    const { status, json } = await call(api.port, 'GET', '/readyz');
    return [status, json];
  };

  it('asks for the lease, the migrations and an answer of the database, and says no more', async () => {
    expect(await ready()).toEqual([503, { status: 'unavailable', failed: ['runtime'] }]);
    const queue = await new TestQueue(api.db).open();
    expect(await ready()).toEqual([200, { status: 'ok' }]);
    await api.db.query(
      "insert into knex_migrations (name, batch, migration_time) values ('9999_x', 1, now())",
    );
    await api.db.query("update runtime set lease_until = now() - interval '1 second'");
    expect(await ready()).toEqual([503, { status: 'unavailable', failed: ['migrations', 'runtime'] }]);
    await api.db.query("delete from knex_migrations where name = '9999_x'");
    await queue.live();
    await api.db.transaction(async (tx) => {
      await tx.query('lock table runtime in access exclusive mode');
      expect(await ready()).toEqual([503, { status: 'unavailable', failed: ['database'] }]);
    });
    expect(await ready()).toEqual([200, { status: 'ok' }]);
  });
});

describe('metrics', () => {
  const read = async (token: string) =>
    (await call(api.port, 'GET', '/metrics', { Authorization: `Bearer ${token}` })).body.toString();

  it('tell of queue, reasons, nodes and requests in a form that promtool takes', async () => {
    const queue = await new TestQueue(api.db).open(3, { cpus: 2, mem: 512, disk: 0 });
    const type = await queue.type('counted');
    await queue.submit(
      type,
      ...Array.from({ length: 5 }, () => ({ resources: { cpus: 1, mem: 256, disk: 0 } })),
    );
    const [pending] = await queue.submit(type, { status: 'PENDING' });
    expect(pending).toBeGreaterThan(0);
    await changeNode(api.db, queue.nodeId, { isPaused: true });
    await api.get('nodes/7777/');

    const text = await read(metricsToken);
    expect(await promtoolFindings(text)).toBe('');
    for (const line of [
      'seedbed_jobs{job_type="counted",version="1.0.0",status="QUEUED"} 5',
      'seedbed_jobs{job_type="counted",version="1.0.0",status="PENDING"} 1',
      'seedbed_jobs_waiting{reason="missing-configuration"} 1',
      'seedbed_database_up 1',
      `seedbed_node_ready{node="${queue.name}"} 0`,
      `seedbed_node_slots{node="${queue.name}"} 3`,
      `seedbed_node_slots_taken{node="${queue.name}"} 0`,
      `seedbed_node_resources{node="${queue.name}",resource="mem"} ${512 * 2 ** 20}`,
      `seedbed_node_resources_promised{node="${queue.name}",resource="cpus"} 0`,
    ])
      expect(text).toContain(line);
    expect(text).toMatch(/^seedbed_jobs_waiting\{reason="node-(paused|offline)"\} 5$/m);
    expect(text).toMatch(
      /^seedbed_http_request_duration_seconds_count\{method="GET",route="\/nodes\/:id",status="404"\} \d+$/m,
    );
    expect(text).toMatch(/^seedbed_event_loop_lag_seconds\{percentile="99"\} [\d.]+/m);
    expect(text).toMatch(/^seedbed_database_sessions\{state="open"\} [1-9]/m);
  });

  it('are opened by a token of their own, which opens nothing else, and by none besides', async () => {
    const status = async (path: string, token: string, method = 'GET') =>
      (await call(api.port, method, path, { Authorization: `Bearer ${token}` })).status;
    expect(await status('/metrics', metricsToken)).toBe(200);
    expect(await status('/metrics', api.token)).toBe(200);
    expect(await status('/metrics', 'another-token-altogether')).toBe(401);
    expect(await status('/v6/jobs/', metricsToken)).toBe(401);
    expect(await status('/metrics', metricsToken, 'POST')).toBe(401);
    expect(await status('/v6/metrics', metricsToken)).toBe(401);
  });
});
