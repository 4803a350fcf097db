import { beforeAll, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import { Conditions, type Database, listPage, type Order } from './index.ts';

let db: Database;
withDatabase((connected) => (db = connected));

const fields = {
  at: { sql: 'r.at', type: 'timestamptz', nullable: true },
  kind: { sql: 'r.kind', type: 'text' },
  given: { sql: 'r.at', type: 'timestamptz', nullable: true, nullsLast: true },
} as const;

/** As a list of which the planner expects too many rows to look at all of them. */
const listing = (order: Order) => ({
  tables: 'listed r',
  id: 'r.id',
  conditions: new Conditions().add('not r.gone'),
  order,
  fields,
  columns: 'r.id',
  joins: 'listed r on r.id = page.id',
  expected: { rows: 1e6, cost: Infinity },
});

async function readAll(order: Order, limit: number, between?: () => Promise<unknown>): Promise<number[]> {
  const ids: number[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { rows: readonly { id: number }[]; cursor?: string | null } = await listPage<{ id: number }>(
      db,
      listing(order),
      { offset: 0, limit, cursor },
    );
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.cursor ?? null;
    await between?.();
  }
  return ids;
}

const insert = (count: number) =>
  db.query(
    `insert into listed (at, kind, gone)
     select case when i % 3 > 0 then now() - i % 7 * interval '1 hour' end, 'k' || i % 4, i % 11 = 0
     from generate_series(1, $1::integer) i`,
    [count],
  );

beforeAll(async () => {
  await db.query(
    `create table listed (id bigint generated always as identity primary key, at timestamptz, kind text, gone boolean)`,
  );
  await db.query('create index on listed (at)');
  await insert(100);
});

const at = (descending: boolean) => ({ field: 'at', descending });
const kind = (descending: boolean) => ({ field: 'kind', descending });
const given = (descending: boolean) => ({ field: 'given', descending });
const orders: [string, Order][] = [
  ['at nulls last, id', [given(false)]],
  ['at desc nulls last, id desc', [given(true)]],
  ['kind desc, at desc nulls last, id desc', [kind(true), given(true)]],
  ['at, id', [at(false)]],
  ['at desc, id desc', [at(true)]],
  ['at, kind, id', [at(false), kind(false)]],
  ['at, kind desc, id desc', [at(false), kind(true)]],
  ['at desc, kind, id', [at(true), kind(false)]],
  ['kind, at, id', [kind(false), at(false)]],
  ['kind desc, at desc, id desc', [kind(true), at(true)]],
  ['id', []],
];

describe('a long list that is read by cursors', () => {
  it.each(orders)('has each row once, by %s, whatever the size of its pages', async (sql, order) => {
    const rows = await db.query<{ id: number }>(`select id from listed where not gone order by ${sql}`);
    const ids = rows.map(({ id }) => id);
    for (const limit of [1, 7, 30, ids.length, 1000]) expect(await readAll(order, limit)).toEqual(ids);
  });

  it.each(orders)('has the same pages by number, by %s', async (sql, order) => {
    const rows = await db.query<{ id: number }>(`select id from listed where not gone order by ${sql}`);
    const ids = rows.map(({ id }) => id);
    const limit = 40;
    for (let offset = 0; offset <= ids.length + limit; offset += limit) {
      const page = await listPage(db, listing(order), { offset, limit });
      expect(page.rows.map(({ id }) => id)).toEqual(ids.slice(offset, offset + limit));
    }
  });

  it.each(orders)('misses and repeats none by %s when others are added', async (_, order) => {
    const before = (await db.query<{ id: number }>('select id from listed where not gone')).map(
      ({ id }) => id,
    );
    let left = 5;
    const read = await readAll(order, 9, async () => left-- > 0 && insert(4));
    expect(read.filter((id) => before.includes(id)).sort((a, b) => a - b)).toEqual(
      before.sort((a, b) => a - b),
    );
    expect(new Set(read).size).toBe(read.length);
  });

  it('goes on from its place through the index, not from the first row', async () => {
    await db.query('truncate listed');
    await insert(30_000);
    await db.query(`update listed set at = now() - id * interval '1 second' where at is not null`);
    await db.query('vacuum analyze listed');
    for (const order of [[at(false)], [at(true)], [given(true)]]) {
      const plans: string[] = [];
      const spy: Database = {
        ...db,
        query: async <Row extends object>(sql: string, values?: readonly unknown[]) => {
          if (sql.includes('with every')) {
            const lines = await db.query<{ 'QUERY PLAN': string }>(
              `explain (analyze, costs off, timing off) ${sql}`,
              values,
            );
            plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
          }
          return db.query<Row>(sql, values);
        },
      };
      let cursor: string | null = '';
      for (let pages = 0; pages < 150; pages++)
        ({ cursor = null } = await listPage(pages < 149 ? db : spy, listing(order), {
          offset: 0,
          limit: 100,
          cursor: cursor!,
        }));
      const removed = [...plans.join('\n').matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, rows]) =>
        Number(rows),
      );
      expect(plans.length).toBeGreaterThan(0);
      expect(Math.max(0, ...removed)).toBeLessThan(1000);
    }
  });
});
