import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../../database/index.ts';
import { withDatabase } from '../../../test/support/connected.ts';
import { countAll } from '../../../test/support/tallies.ts';
import { TestQueue } from '../../../test/support/queue.ts';
import { completedJobs } from '../read/completed-jobs.ts';
import { errorDays, jobTypeDays } from '../read/metrics.ts';
import { advanceTallies } from './advance.ts';
import { rebuildTallies } from './rebuild.ts';

let db: Database;
withDatabase((connected) => (db = connected));

let types: number[];
let base: Date;
beforeAll(async () => {
  const queue = new TestQueue(db);
  const made = [await queue.type('one'), await queue.type('two')];
  types = made.map(({ jobTypeId }) => jobTypeId);
  const now = new Date();
  base = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 10));
});

/**
 * Jobs that ended at random times in five days of the next month, for which there is a partition, with their executions
 * and events.
 */
async function seed(count: number): Promise<void> {
  await db.query(
    `with drawn as materialized (
       select i, $2::timestamptz + random() * interval '5 days' as at, 1 + floor(random() * 100)::int as wait,
         case when random() < 0.7 then 'COMPLETED' when random() < 0.7 then 'FAILED' else 'CANCELED' end as status,
         (array['system', 'data', 'job'])[1 + floor(random() * 3)::int] as category,
         case when random() < 0.5 then $3::bigint else $4::bigint end as type
       from generate_series(1, $1::int) i
     ), jobs as (
       insert into job (job_type_id, job_type_revision_id, status, timeout, input, num_exes, error, ended, last_status_change)
       select type, (select id from job_type_revision r where r.job_type_id = type), status, 60, '{}', 1,
         case status when 'FAILED' then jsonb_build_object('name', 'timeout', 'code', 'SB2003', 'category', category) end, at, at
       from drawn returning id, job_type_id, status, error, ended
     ), executions as (
       insert into job_exe (job_id, exe_num, status, runtime, node, error, steps, queued, started, ended, job_type_id)
       select id, 1, status, 'r', 'n', error,
         '[{"name": "pull", "ms": 500}, {"name": "run", "ms": 1500}, {"name": "harvest", "ms": 250}]',
         ended - id % 90 * interval '1 second', ended - id % 10 * interval '1 second', ended, job_type_id
       from jobs returning id, job_id
     )
     insert into event (at, entity, entity_id, attempt, kind, actor, data)
     select j.ended, 'job', j.id, 1, lower(j.status), 'r', jsonb_build_object('job_exe', x.id, 'error', j.error)
     from jobs j join executions x on x.job_id = j.id`,
    [count, base.toISOString(), types[0], types[1]],
  );
}

const hour = 3_600_000;
/** Ranges that are shorter than an hour, within a day, over days, and without an end. */
const ranges = [
  [3.02, 3.98],
  [3.2, 9.6],
  [24, 48],
  [13.37, 100.01],
  [0.5, undefined],
  [-500, 500],
] as const;

async function expectExact(): Promise<void> {
  for (const [from, to] of ranges) {
    const [started, ended] = [from, to].map((hours) =>
      hours === undefined ? undefined : new Date(base.getTime() + hours * hour).toISOString(),
    );
    const counted = await completedJobs(db, types, started!, ended);
    const known = await db.query(
      `select job_type_id, count(*) as count, max(last_status_change) as most_recent from job
       where status = 'COMPLETED' and last_status_change between $1 and coalesce($2::timestamptz, 'infinity') group by 1 order by 1`,
      [started, ended],
    );
    expect([...counted].sort((a, b) => a.job_type_id - b.job_type_id)).toEqual(known);
    expect(known.length).toBeGreaterThan(0);
  }
  expect(await jobTypeDays(db, {})).toEqual(await daysOf('null::bigint', types));
  expect(await jobTypeDays(db, { choices: [types[1]!] })).toEqual(
    await daysOf('j.job_type_id', types.slice(1)),
  );
  const errors = await errorDays(db, {}, ['timeout']);
  const [failed] = await db.query<{ count: number }>(
    `select count(*) as count from job where status = 'FAILED'`,
  );
  expect(errors.reduce((sum, { total }) => sum + total, 0)).toBe(failed!.count);
}

/** The same, from the rows themselves. */
async function daysOf(choice: string, of: readonly number[]): Promise<unknown[]> {
  const rows = await db.query(
    `select to_char(j.ended at time zone 'UTC', 'YYYY-MM-DD') as day, ${choice} as choice,
       count(*) filter (where j.status = 'COMPLETED') as completed, count(*) filter (where j.status = 'FAILED') as failed,
       count(*) filter (where j.status = 'CANCELED') as canceled,
       count(*) filter (where j.error->>'category' = 'system') as error_system,
       count(*) filter (where j.error->>'category' = 'data') as error_data,
       count(*) filter (where j.error->>'category' = 'job') as error_algorithm,
       count(*) filter (where j.status = 'COMPLETED') as executions,
       max(j.ended) filter (where j.status = 'COMPLETED') as most_recent,
       ${['sum', 'min', 'max'].map((how) => `${how}((j.id % 90 - j.id % 10)::float8) filter (where j.status = 'COMPLETED') as queue_${how}`).join(', ')}
     from job j where j.status in ('COMPLETED', 'FAILED', 'CANCELED') and j.job_type_id = any($1)
     group by 1, 2 order by 1, 2`,
    [of],
  );
  return rows.map((row) => expect.objectContaining(row));
}

describe('the tallies of what ended', () => {
  it('are exact with none, some and all of the events counted, and when they are made anew', async () => {
    await seed(4000);
    await expectExact();
    await countAll(db);
    const stored = async () => db.query('select * from job_type_day order by 1, 2');
    expect(await stored()).not.toEqual([]);
    await expectExact();
    await seed(1000);
    await expectExact();
    await countAll(db);
    await expectExact();
    const before = await stored();
    await advanceTallies(db);
    expect(await stored()).toEqual(before);
    await rebuildTallies(db);
    await expectExact();
    await seed(50);
    await expectExact();
  });
});
