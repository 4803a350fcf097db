import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { manifestDocument } from '../../../test/support/manifest.ts';
import { eventually, testScheduler } from '../../../test/support/scheduler.ts';
import { readConfig } from '../../config/index.ts';
import { connectLasting, type LastingDatabase } from '../../database/index.ts';
import { changeScheduler, jobTypeDetails, requestAction } from '../../jobs/index.ts';
import { acceptJob } from './accept-job.ts';
import { saveJobType } from './save-job-type.ts';
import type { SubmissionContext } from './surroundings.ts';

let test: TestDatabase;
let db: LastingDatabase;
let context: SubmissionContext;
let home: string;
beforeAll(async () => {
  test = await testDatabase();
  db = await connectLasting({ home: '', databaseUrl: test.url });
  home = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
  context = { config: readConfig({ SEED_HOME: home }), engineSockets: [] };
});
afterAll(async () => {
  await db.close();
  await test.drop();
  await rm(home, { recursive: true });
});

const settings = [{ name: 'HOST' }, { name: 'PORT' }, { name: 'PASSWORD', secret: true }];

async function configure(name: string, given: Record<string, string>, declared = settings) {
  const manifest = manifestDocument({ name, interface: { settings: declared } });
  const configuration = { settings: given };
  await saveJobType(db, context, { manifest, image: 'image:1', configuration, change: {} }, 'jane');
  return (await jobTypeDetails(db, { name, version: '1.0.0' }))!;
}

async function submit(
  type: Awaited<ReturnType<typeof configure>>,
  given: Record<string, string> = {},
): Promise<number> {
  const request = { type, input: { files: {}, json: {} }, configuration: { settings: given } };
  return (await acceptJob(db, context, request, 'jane')).id;
}

async function states(...ids: number[]): Promise<string[]> {
  const rows = await db.query<{ status: string }>('select status from job where id = any($1) order by id', [
    ids,
  ]);
  return rows.map(({ status }) => status);
}

describe('jobs that wait for their configuration', () => {
  it('are queued when they themselves lack nothing more, whatever others lack', async () => {
    const type = await configure('halves', { HOST: 'h' });
    const [none, port, both] = [
      await submit(type),
      await submit(type, { PORT: '1' }),
      await submit(type, { PORT: '1', PASSWORD: 'own' }),
    ];
    const secret = await submit(type, { PASSWORD: 'own' });
    expect(await states(none, port, both, secret)).toEqual(['PENDING', 'PENDING', 'QUEUED', 'PENDING']);
    await configure('halves', { HOST: 'h', PASSWORD: 'shared' });
    expect(await states(none, port, both, secret)).toEqual(['PENDING', 'QUEUED', 'QUEUED', 'PENDING']);
    await configure('halves', { HOST: 'h', PORT: '2' });
    expect(await states(none, secret)).toEqual(['QUEUED', 'QUEUED']);
  });

  it('have secrets of their own counted', async () => {
    const type = await configure('own-secret', { HOST: 'h' });
    const [with_, without] = [await submit(type, { PASSWORD: 'own' }), await submit(type)];
    await configure('own-secret', { HOST: 'h', PORT: '2' });
    expect(await states(with_, without)).toEqual(['QUEUED', 'PENDING']);
  });

  it('are judged by their own revision', async () => {
    const old = await submit(await configure('revised', {}));
    await configure('revised', { HOST: 'h' }, [{ name: 'HOST' }]);
    expect(await states(old)).toEqual(['PENDING']);
  });

  it('are not forgotten when the configuration is completed while they are submitted', async () => {
    const type = await configure('at-once', { HOST: 'h', PORT: '1' });
    let accepted: Promise<number> | undefined;
    await db.transaction(async (tx) => {
      await tx.query(
        `update job_type set configuration = '{"settings": {"HOST": "h", "PORT": "1", "PASSWORD": "p"}}' where id = $1`,
        [type.id],
      );
      accepted = submit(type);
      await eventually('the submission to wait', async () => {
        const [row] = await db.query<{ waits: boolean }>(
          `select exists (select from pg_stat_activity where wait_event_type = 'Lock' and query like '%for share%'
             and datname = current_database()) as waits`,
        );
        return row!.waits;
      });
    });
    expect(await states(await accepted!)).toEqual(['QUEUED']);
  });

  it('are queued by a requeue when nothing is missing any more', async () => {
    await changeScheduler(db, { is_paused: true });
    const job = await submit(await configure('canceled', {}));
    await db.query(`update job set status = 'CANCELED' where id = $1`, [job]);
    await configure('canceled', { HOST: 'h', PORT: '1', PASSWORD: 'p' });
    const { close } = await testScheduler(test.url);
    try {
      await requestAction(db, { kind: 'requeue', filter: { jobIds: [job] }, actor: 'jane' });
      await eventually('the job to be queued', async () => (await states(job))[0] !== 'CANCELED');
      expect(await states(job)).toEqual(['QUEUED']);
    } finally {
      await close();
    }
  });
});
