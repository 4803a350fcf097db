import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import { manifestDocument, testManifest } from '../../test/support/manifest.ts';
import type { Database } from '../database/index.ts';
import {
  claim,
  claimingRuntimes,
  type Ending,
  ensureEventPartitions,
  type Execution,
  failOrphans,
  finish,
  registerJobType,
  submit,
} from './index.ts';

let db: Database;

withDatabase((connected) => (db = connected));

const completed: Ending = {
  status: 'COMPLETED',
  exitCode: 0,
  error: null,
  output: { version: '7', files: {}, json: {} },
  steps: [{ name: 'run', ms: 1 }],
  stdoutPath: '/logs/stdout.log',
  stderrPath: '/logs/stderr.log',
};

async function queued(): Promise<number> {
  const type = await registerJobType(db, testManifest(), manifestDocument(), 'image:1', 'jane');
  const settings = { settings: { DB_PASS: '******' } };
  return submit(db, {
    type,
    timeout: 60,
    files: {},
    json: { N: 1 },
    configuration: settings,
    maxTries: 1,
    actor: 'jane',
  });
}

const mine = { node: 'here', imageId: 'sha256:1', resources: { cpus: 1 }, attemptDirectory: '/tmp/x' };

async function running(runtime = db.presence.runtime): Promise<Execution> {
  return (await claim(db, await queued(), { ...mine, runtime }))!;
}

async function jobOf(execution: Execution) {
  const [row] = await db.query<{ status: string; exe: string; error: unknown }>(
    `select job.status, job_exe.status as exe, job.error from job join job_exe on job_exe.job_id = job.id
     where job_exe.id = $1`,
    [execution.id],
  );
  return row!;
}

describe('registerJobType', () => {
  it('makes a revision only when manifest or image differ', async () => {
    const document = manifestDocument({ name: 'revised' });
    const register = (of: unknown, image: string) =>
      db.transaction((tx) => registerJobType(tx, testManifest({ name: 'revised' }), of, image, 'jane'));
    const first = await register(document, 'a:1');
    expect(first.revisionNum).toBe(1);
    expect(await register(document, 'a:1')).toEqual(expect.objectContaining(first));
    expect(await register(document, 'a:2')).toMatchObject({ jobTypeId: first.jobTypeId, revisionNum: 2 });
    expect(await register({ ...document, x: 1 }, 'a:2')).toMatchObject({ revisionNum: 3 });
  });

  it('makes one job type when many register it at once', async () => {
    const types = await Promise.all(
      Array.from({ length: 4 }, () =>
        db.transaction((tx) =>
          registerJobType(
            tx,
            testManifest({ name: 'raced' }),
            manifestDocument({ name: 'raced' }),
            'r:1',
            'jane',
          ),
        ),
      ),
    );
    expect(new Set(types.map((type) => `${type.jobTypeId} ${type.revisionNum}`)).size).toBe(1);
  });
});

describe('the state machine', () => {
  it('goes QUEUED, RUNNING, COMPLETED, with an event for each step', async () => {
    const jobId = await queued();
    const status = async () =>
      (await db.query<{ status: string }>('select status from job where id = $1', [jobId]))[0]!.status;
    expect(await status()).toBe('QUEUED');
    const execution = (await claim(db, jobId, { ...mine, runtime: '1' }))!;
    expect(execution).toMatchObject({ jobId, exeNum: 1, epoch: 1 });
    expect(await status()).toBe('RUNNING');
    expect(await finish(db, execution, completed)).toBe(true);
    expect(await jobOf(execution)).toMatchObject({ status: 'COMPLETED', exe: 'COMPLETED' });
    const events = await db.query<{ kind: string }>(
      `select kind from event where entity = 'job' and entity_id = $1 order by id`,
      [jobId],
    );
    expect(events.map((event) => event.kind)).toEqual(['queued', 'started', 'completed']);
  });

  it('lets one of many claim a job', async () => {
    const jobId = await queued();
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => claim(db, jobId, { ...mine, runtime: '1' })),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('discards what comes after the end, and what comes from another epoch', async () => {
    const execution = await running();
    expect(await finish(db, { ...execution, epoch: 2 }, completed)).toBe(false);
    expect(await jobOf(execution)).toMatchObject({ status: 'RUNNING' });
    expect(await finish(db, execution, { ...completed, status: 'FAILED' })).toBe(true);
    expect(await finish(db, execution, completed)).toBe(false);
    expect(await jobOf(execution)).toMatchObject({ status: 'FAILED', exe: 'FAILED' });
  });

  it('ends the executions of dead runtimes, and of no others', async () => {
    const [dead, living] = [await running('4711'), await running()];
    const runtimes = await claimingRuntimes(db);
    expect(runtimes).toEqual(expect.arrayContaining(['4711', db.presence.runtime]));
    const orphans = await db.transaction(async (tx) =>
      failOrphans(tx, await db.presence.deadAmong(runtimes)),
    );
    expect(orphans.map((orphan) => orphan.id)).toContain(dead.id);
    expect(await jobOf(dead)).toMatchObject({
      status: 'FAILED',
      error: expect.objectContaining({ name: 'runtime-lost', category: 'system', code: 'SB3011' }),
    });
    expect(await jobOf(living)).toMatchObject({ status: 'RUNNING' });
  });
});

describe('events', () => {
  it('have partitions for this month and the next, made once however often they are asked for', async () => {
    await Promise.all(Array.from({ length: 4 }, () => ensureEventPartitions(db)));
    const partitions = await db.query(
      `select inhrelid::regclass from pg_inherits where inhparent = 'event'::regclass`,
    );
    expect(partitions).toHaveLength(2);
  });
});
