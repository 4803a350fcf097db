import { beforeAll, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import type { Database } from '../../database/index.ts';
import type { LocalWorkspace } from '../../workspace/index.ts';
import { listFiles } from '../list.ts';
import { areaOfBox } from './area.ts';
import type { FileFilter } from './filter.ts';
import { filesOfPlace } from './place-sample.ts';

let db: Database;
let workspace: LocalWorkspace;
withDatabase((connected, local) => ([db, workspace] = [connected, local]));

const quarter = 90 * 86_400_000;
/** Quarters are counted from here on. */
const first = Date.UTC(2000, 0, 1);
const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());

const here = { west: 10, south: 10, east: 11, north: 11 };
const area = { areas: [areaOfBox(here)] };

async function add(name: string, count: number, place: typeof here, times?: [number | null, number | null]) {
  await db.query(
    `insert into scale_file (workspace_id, file_type, uuid, version_id, file_path, file_name, media_type, file_size, bbox,
       data_started, data_ended)
     select $1, 'SOURCE', 'x', gen_random_uuid(), $2 || i, $2 || i, 'x/y', 1, $3::box, $4, $5 from generate_series(1, $6::integer) i`,
    [
      workspace.id,
      name,
      `((${place.east},${place.north}),(${place.west},${place.south}))`,
      iso(times?.[0] ?? null),
      iso(times?.[1] ?? null),
      count,
    ],
  );
}

async function found(filter: FileFilter, database = db) {
  const { rows, count, isEstimate } = await listFiles(database, filter, [], { offset: 0, limit: 20 });
  return { names: rows.map(({ file_name }) => file_name).sort(), count, isEstimate };
}

describe('an area and a time', () => {
  const edge = first + 80 * quarter;
  beforeAll(async () => {
    await add('before-edge-', 1, here, [edge - 2, edge - 1]);
    await add('at-edge-', 1, here, [edge, edge]);
    await add('over-edge-', 1, here, [edge - quarter, edge + quarter]);
    await add('early-', 1, here, [first - 40 * quarter, first - 39 * quarter]);
    await add('ended-', 1, here, [null, edge - 3 * quarter]);
    await add('timeless-', 1, here);
    await add('elsewhere-', 1, { west: 50, south: 10, east: 51, north: 11 }, [edge, edge]);
  });

  it.each<[string, Pick<FileFilter, 'dataFrom' | 'dataTo'>, string[]]>([
    [
      'the first moment of a quarter',
      { dataFrom: iso(edge)!, dataTo: iso(edge)! },
      ['at-edge-1', 'over-edge-1'],
    ],
    ['the last one', { dataFrom: iso(edge - 1)!, dataTo: iso(edge - 1)! }, ['before-edge-1', 'over-edge-1']],
    ['from a time on', { dataFrom: iso(edge + 1)! }, ['over-edge-1']],
    ['up to a time', { dataTo: iso(first - 39 * quarter)! }, ['early-1']],
    [
      'before the first quarter',
      { dataFrom: iso(first - 50 * quarter)!, dataTo: iso(first - 40 * quarter)! },
      ['early-1'],
    ],
  ])('finds %s', async (_, time, names) => {
    expect((await found({ ...area, ...time })).names).toEqual(names);
  });

  it('are one condition for each of all quarters, as the naive way has them', async () => {
    for (let nth = -45; nth < 90; nth += 3) {
      const [from, to] = [first + nth * quarter + 1, first + (nth + 2) * quarter];
      const naive = await db.query<{ name: string }>(
        `select file_name as name from scale_file where bbox && '((11,11),(10,10))' and span && tstzrange($1, $2, '[]') order by 1`,
        [iso(from), iso(to)],
      );
      const { names } = await found({ ...area, dataFrom: iso(from)!, dataTo: iso(to)! });
      expect(names).toEqual(naive.map(({ name }) => name));
    }
  });
});

describe('an area that is known to have few files', () => {
  const world = { areas: [areaOfBox({ west: -180, south: -90, east: 180, north: 90 })] };
  const many = { west: -60, south: 10, east: -59, north: 11 };
  const there = { west: 100, south: 10, east: 101, north: 11 };

  /** The same database as another, of which nothing is known yet, and what it is asked; of that, what it plans once. */
  function another(): {
    asked: string[];
    prepared: [sql: string, values: readonly unknown[]][];
    database: Database;
  } {
    const asked: string[] = [];
    const prepared: [string, readonly unknown[]][] = [];
    const query: Database['query'] = (sql, values) => {
      asked.push(sql);
      return db.query(sql, values);
    };
    const once: Database['prepared'] = (name, sql, values) => {
      if (!sql.includes('unnest(')) prepared.push([sql, values]);
      return db.prepared(name, sql, values);
    };
    return { asked, prepared, database: { ...db, query, prepared: once } };
  }
  const areFew = (database: Database, filter: FileFilter) => filesOfPlace(database, filter)?.areFew;
  async function known(database: Database) {
    while (areFew(database, area) === undefined) await db.query('select 1');
  }
  const plans = (asked: string[]) => asked.filter((sql) => sql.startsWith('explain')).length;

  it('is found without asking the planner first, and others are not', async () => {
    await add('many-', 11_000, many);
    const { asked, database } = another();
    const [unknown] = [await found(area, database)];
    expect(plans(asked)).toBe(1);
    await known(database);
    asked.length = 0;
    expect(await found(area, database)).toEqual(unknown);
    expect(plans(asked)).toBe(0);
    expect(areFew(database, world)).toBe(false);
    await found({ ...world, mediaTypes: ['x/y'] }, database);
    expect(plans(asked)).toBe(1);
  });

  it('is planned after all where it has become many', async () => {
    const { asked, database } = another();
    await known(database);
    await add('new-', 11_000, there);
    await db.query('analyze scale_file');
    const filter = { areas: [areaOfBox(there)] };
    asked.length = 0;
    const { names, count, isEstimate } = await found(filter, database);
    expect(names).toHaveLength(20);
    expect(isEstimate).toBe(true);
    expect(count / 11_000).toBeCloseTo(1, 0);
    expect(plans(asked)).toBe(1);
  });

  it('is never told of within a transaction, which is over before that is known', async () => {
    await db.transaction(async (tx) => {
      await found(area, tx as unknown as Database);
      expect(filesOfPlace(tx, area)).toBeUndefined();
    });
  });

  it('is planned once for all of its kind, by the index over areas and times; what else is asked for is planned each time', async () => {
    const { asked, prepared, database } = another();
    await known(database);
    asked.length = 0;
    const time = { dataFrom: iso(first)!, dataTo: iso(first + quarter)! };
    const elsewhere = { areas: [areaOfBox({ west: 50, south: 10, east: 51, north: 11 })] };
    for (const filter of [area, elsewhere, { ...area, ...time }]) await found(filter, database);
    const texts = prepared.map(([sql]) => sql);
    expect(texts).toHaveLength(3);
    expect(new Set(texts).size).toBe(2);
    expect(texts[1]).toBe(texts[0]);
    expect(asked).toEqual([]);
    await db.transaction(async (tx) => {
      await tx.query(`set local plan_cache_mode = force_generic_plan`);
      for (const [nth, [sql, values]] of prepared.slice(1).entries()) {
        await tx.query(`prepare plain_${nth} as ${sql}`);
        const given = values.map((value) => (value === null ? 'null' : `'${String(value)}'`)).join(', ');
        const lines = await tx.query<{ 'QUERY PLAN': string }>(`explain execute plain_${nth}(${given})`);
        await tx.query(`deallocate plain_${nth}`);
        expect(lines.map((line) => line['QUERY PLAN']).join('\n')).toContain('scale_file_area_time');
      }
    });
    prepared.length = 0;
    await found({ ...area, mediaTypes: ['x/y'] }, database);
    await listFiles(database, area, [{ field: 'file_name', descending: false }], { offset: 0, limit: 20 });
    expect(prepared).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it('is one in which few files are of the time, however many there are', async () => {
    const { asked, database } = another();
    const time = { dataFrom: iso(first)!, dataTo: iso(first + quarter)! };
    const unknown = await found({ ...world, ...time }, database);
    await known(database);
    asked.length = 0;
    expect(areFew(database, { ...world, ...time })).toBe(true);
    expect(await found({ ...world, ...time }, database)).toEqual(unknown);
    expect(asked).toEqual([]);
  });

  it('with many files is told of by a sample as well: the planner is asked about the rest alone', async () => {
    const { asked, database } = another();
    await known(database);
    asked.length = 0;
    const { count, isEstimate } = await found({ areas: [areaOfBox(many)] }, database);
    const [plan, ...others] = asked.filter((sql) => sql.startsWith('explain'));
    expect(plan).not.toContain('bbox');
    expect(others).toEqual([]);
    expect(isEstimate).toBe(true);
    expect(count / 11_000).toBeCloseTo(1, 0);
  });

  it('with most files of all is not asked about', async () => {
    const { asked, prepared, database } = another();
    await known(database);
    asked.length = 0;
    const page = await listFiles(database, world, [], { offset: 0, limit: 100 });
    expect(asked).toEqual([]);
    expect(prepared.map(([sql]) => /\blimit \d+/.exec(sql)?.[0])).toEqual(['limit 101']);
    const [row] = await db.query<{ count: number; ids: number[] }>(
      `select count(*) as count, (array_agg(id order by id))[:100] as ids from scale_file where bbox is not null`,
    );
    expect(page.rows.map(({ id }) => id)).toEqual(row!.ids);
    expect(page.isEstimate).toBe(true);
    expect(page.count / row!.count).toBeCloseTo(1, 0);
    expect(await listFiles(database, world, [], { offset: 0, limit: 1, isExact: true })).toMatchObject({
      count: row!.count,
      isEstimate: false,
    });
  });
});
