import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pino from 'pino';
import { testDatabase } from '../../test/support/database.ts';
import { manifestOf } from '../../test/support/cli-jobs.ts';
import { call } from '../../test/support/http.ts';
import { startOtlpReceiver } from '../../test/support/otlp-receiver.ts';
import { eventually } from '../../test/support/scheduler.ts';
import { simulatedEngine, simulatedImage } from '../../test/support/simulated.ts';
import { type Api, createApi } from '../api/index.ts';
import { readConfig } from '../config/index.ts';
import { connect, type Database } from '../database/index.ts';
import { createLogger } from '../logging/index.ts';
import { Metrics } from '../metrics/index.ts';
import { openRuntime, type Runtime } from '../scheduler/index.ts';
import { isTraceparent, startTracing, type Tracing } from './index.ts';

const token = 'the-token-of-the-tests';
const lines: Record<string, unknown>[] = [];
const logger = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
let collector: Awaited<ReturnType<typeof startOtlpReceiver>>;
let front: {
  readonly db: Database;
  readonly api: Api;
  readonly home: string;
  readonly port: number;
  readonly tracing: Tracing;
};
let runtime: Runtime;
let runtimeTracing: Tracing;
const metrics = new Metrics();
const ends: (() => Promise<unknown>)[] = [];

/** A service that takes jobs and runs none, and a runtime that runs them: each with a connection and traces of its own. */
beforeAll(async () => {
  collector = await startOtlpReceiver();
  const test = await testDatabase();
  const home = await realpath(await mkdtemp(path.join(tmpdir(), 'seedbed-trace-')));
  const config = readConfig({ SEED_HOME: home, DATABASE_URL: test.url });
  const tracingAs = async (name: string) => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
    process.env.OTEL_SERVICE_NAME = name;
    const tracing = await startTracing(process.env, 'test', logger);
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    delete process.env.OTEL_SERVICE_NAME;
    return tracing!;
  };
  const tracing = await tracingAs('front');
  runtimeTracing = await tracingAs('runner');
  const engine = await simulatedEngine();
  runtime = await openRuntime({
    config,
    logger,
    engines: [{ name: 'here', engine }],
    observer: (execution) => {
      metrics.execution(execution);
      runtimeTracing.execution(execution);
    },
  });
  const db = await connect(config);
  const api = await createApi({
    db,
    config,
    token,
    tracing,
    logger: createLogger('silent'),
    logs: runtime.logs,
    version: 'test',
    engineSockets: [],
    engineFor: async () => engine,
  });
  front = { db, api, home, tracing, port: await api.listen('127.0.0.1', 0) };
  ends.push(
    () => api.close(),
    () => runtime.stop(),
    () => db.close(),
    async () => engine.close(),
    () => collector.close(),
    test.drop,
    () => rm(home, { recursive: true }),
  );
});
afterAll(async () => {
  metrics.close();
  for (const end of ends) await end();
});

const post = async (route: string, body: object, headers: Record<string, string> = {}) => {
  const given = { Authorization: `Token ${token}`, 'Content-Type': 'application/json', ...headers };
  const answer = await call(front.port, 'POST', `/v6/${route}`, given, JSON.stringify(body));
  expect([route, answer.status, answer.body.toString()]).toEqual([route, 201, expect.any(String)]);
  return answer.json;
};

it('is one trace from the submission to the product, through two services, with metrics and lines of the job', async () => {
  const manifest = manifestOf({ name: 'traced', script: 'true', resources: { cpus: 0.1, mem: 16 } });
  // Paused, until its job is told where its outputs go: one that has none is not published by a step of its own.
  await post('job-types/', { docker_image: simulatedImage, manifest, is_paused: true });
  const trace = '0af7651916cd43dd8448eb211c80319c';
  const { name, jobVersion: version } = manifest.job as { name: string; jobVersion: string };
  const job = await post(
    'jobs/',
    { job_type: { name, version }, input: { version: '7', files: {}, json: {} } },
    { traceparent: `00-${trace}-b7ad6b7169203331-01`, 'X-Request-Id': 'submission' },
  );
  const out = path.join(front.home, 'out');
  await front.db.query('update job set destination = $1 where id = $2', [out, job.id]);
  await front.db.query('update job_type set is_paused = false, paused = null');
  front.db.notify('queue');
  await eventually('the job ends', async () => {
    const [row] = await front.db.query<{ status: string }>('select status from job where id = $1', [job.id]);
    return row!.status === 'COMPLETED';
  });
  await eventually('it is told', () => lines.some(({ msg }) => msg === 'execution ended'));
  await Promise.all([front.tracing.close(), runtimeTracing.close()]);

  const spans = collector.spans.filter(({ traceId }) => traceId === trace);
  const named = (wanted: string) => spans.find((span) => span.name === wanted)!;
  const submission = named('POST /jobs');
  expect(submission).toMatchObject({ service: 'front', parentSpanId: 'b7ad6b7169203331' });
  expect(submission.attributes).toContainEqual({
    key: 'seedbed.request.id',
    value: { stringValue: 'submission' },
  });
  const whole = named('job traced');
  expect(whole).toMatchObject({ service: 'runner', parentSpanId: submission.spanId });
  expect(whole.attributes).toContainEqual({ key: 'seedbed.job.id', value: { intValue: job.id } });
  const steps = spans.filter(({ parentSpanId }) => parentSpanId === whole.spanId);
  expect(steps.map((span) => span.name)).toEqual([
    ...['queue', 'claim', 'stage-in', 'launch', 'run', 'harvest', 'sidecars', 'product'],
  ]);
  for (const { startTimeUnixNano: from, endTimeUnixNano: to } of steps)
    expect(BigInt(to) >= BigInt(from)).toBe(true);
  const [row] = await front.db.query<{ trace_context: string }>(
    'select trace_context from job where id = $1',
    [job.id],
  );
  expect(row!.trace_context).toBe(`00-${trace}-${submission.spanId}-01`);

  const [exe] = await front.db.query<{ id: number }>('select id from job_exe where job_id = $1', [job.id]);
  const ofJob = { job: job.id, execution: exe!.id, attempt: 1 };
  expect(lines.filter(({ execution }) => execution === exe!.id)).toEqual([
    expect.objectContaining({ ...ofJob, msg: 'execution started', type: `${name} ${version}`, node: 'here' }),
    expect.objectContaining({
      ...ofJob,
      msg: 'execution ended',
      status: 'COMPLETED',
      exitCode: 0,
      retried: false,
    }),
  ]);
  const text = await metrics.text();
  expect(text).toContain(
    'seedbed_executions_total{status="COMPLETED",category="none",error="none",retried="false"} 1',
  );
  expect(text).toContain('seedbed_execution_step_duration_seconds_count{step="record"} 1');
  expect(text).toContain('seedbed_execution_queue_wait_seconds_count 1');
});

it('is off unless it is asked for, and takes no traceparent that is none', async () => {
  const url = 'http://127.0.0.1:4318';
  for (const env of [
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SDK_DISABLED: 'true' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_EXPORTER: 'none' },
  ])
    expect(await startTracing(env, 'test', logger)).toBeUndefined();
  const good = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  expect(isTraceparent(good)).toBe(true);
  for (const bad of [
    undefined,
    '',
    good.toUpperCase(),
    `01${good.slice(2)}`,
    good.replace(/-0af.*9c/, `-${'0'.repeat(32)}`),
  ])
    expect(isTraceparent(bad)).toBe(false);
});
