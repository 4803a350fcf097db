import { beforeAll, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import { TestQueue } from '../../../test/support/queue.ts';
import { Conditions, type Database, type Window } from '../../database/index.ts';
import { isCheaperToWalk } from './input-conditions.ts';
import { listJobs } from './jobs.ts';

let db: Database;
withDatabase((connected) => (db = connected));

const jobs = 6000;
const long = (end: string) => 'ü'.repeat(600) + end;

beforeAll(async () => {
  const queue = await new TestQueue(db).open();
  const type = await queue.type();
  await db.query(
    `insert into job (job_type_id, job_type_revision_id, status, priority, num_exes, timeout, input, output, created, last_modified, resources)
     select t.id, r.id, 'COMPLETED', 100, 1, 60, '{}', '{}', now(), now() - interval '1 s' * (i * 7919 % ${jobs}), '{}'
     from job_type t join job_type_revision r on r.job_type_id = t.id, generate_series(1, ${jobs}) i where t.id = $1`,
    [type.jobTypeId],
  );
  await db.query(
    `insert into scale_file (uuid, version_id, workspace_id, file_path, file_name, file_type, media_type, file_size, source_sensor)
     select md5(j.id::text), gen_random_uuid(), (select min(id) from workspace), 'of/' || j.id, j.id || '.tif', 'SOURCE', 'image/tiff', 1,
       case when j.id % 2 = 0 then 'many' when j.id % 1000 = 1 then 'few' when j.id % 1000 = 3 then $1 when j.id % 1000 = 5 then $2 end
     from job j`,
    [long('A'), long('B')],
  );
  await db.query(
    `insert into job_input_file (job_id, input_file_id, job_input)
     select substr(file_path, 4)::bigint, id, 'SCENE' from scale_file`,
  );
  await db.query('analyze job, scale_file, job_input_file');
});

const newest = [{ field: 'last_modified', descending: true }];
const list = (sensors: string[], window: Partial<Window> = {}) =>
  listJobs(db, { sensors }, newest, { offset: 0, limit: 50, ...window });

/** Ids, the newest first, as a plain join has them. */
async function expected(sensors: string[]): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    `select j.id from job j join job_input_file i on i.job_id = j.id join scale_file f on f.id = i.input_file_id
     where f.source_sensor = any($1) order by j.last_modified desc, j.id desc`,
    [sensors],
  );
  return rows.map(({ id }) => id);
}

describe('jobs by the sensor of their input files', () => {
  it('are passed by in their order where many have it, and their number is an estimate then', async () => {
    const all = await expected(['many']);
    const page = await list(['many']);
    expect(page.rows.map(({ id }) => id)).toEqual(all.slice(0, 50));
    expect(page).toMatchObject({ isEstimate: true, hasNext: true });
    expect(Math.abs(page.count - all.length)).toBeLessThan(all.length / 10);
    const third = await list(['many'], { offset: 100 });
    expect(third.rows.map(({ id }) => id)).toEqual(all.slice(100, 150));
    expect(await list(['many'], { isExact: true })).toMatchObject({ count: all.length, isEstimate: false });
  });

  it('are all there by cursors', async () => {
    const ids: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(['many'], { cursor, limit: 1000 });
      ids.push(...page.rows.map(({ id }) => id));
      cursor = page.cursor ?? null;
    }
    expect(ids).toEqual(await expected(['many']));
  });

  it('are looked up and counted where few have it', async () => {
    const all = await expected(['few']);
    const page = await list(['few']);
    expect(page.rows.map(({ id }) => id)).toEqual(all);
    expect(page).toMatchObject({ count: all.length, isEstimate: false });
  });

  it.each([[['A']], [['A', 'B']]])('are told apart by all of a long name: %s', async (ends) => {
    const sensors = [...ends.map(long), 'few'];
    const page = await list(sensors);
    expect(page.rows.map(({ id }) => id)).toEqual(await expected(sensors));
    expect(page.rows).toHaveLength(6 * sensors.length);
  });

  it('have files that an index finds without a look at them', async () => {
    const plan = await db.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      await tx.query('set local enable_bitmapscan = off');
      const { text, values } = new Conditions().amongLong('f.source_sensor', ['few']);
      return tx.query(`explain select f.id from scale_file f where ${text}`, values);
    });
    expect(JSON.stringify(plan)).toContain('Index Only Scan using scale_file_sensor ');
  });
});

it.each([
  { files: 5000, jobs: 1_000_000, rows: 101, walk: true },
  { files: 2500, jobs: 1_000_000, rows: 101, walk: false },
  { files: 5000, jobs: 1_000_000, rows: 1000, walk: false },
  { files: 2500, jobs: 10_000, rows: 100_000, walk: true },
])('walking is cheaper with %j', ({ walk, ...of }) => expect(isCheaperToWalk(of)).toBe(walk));
