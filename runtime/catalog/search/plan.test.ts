import { beforeAll, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import type { Database } from '../../database/index.ts';
import type { LocalWorkspace } from '../../workspace/index.ts';
import { listFiles } from '../list.ts';
import { areaOfBox } from './area.ts';
import type { FileFilter } from './filter.ts';
import { readMetaCondition } from './meta-data.ts';
import { readWords } from './name-words.ts';
import { readSearchArea } from './read-geometry.ts';

let db: Database;
let workspace: LocalWorkspace;
withDatabase((connected, local) => ([db, workspace] = [connected, local]));

const rows = 60_000;
const start = Date.UTC(2020, 0, 1);
const minute = (number: number) => new Date(start + number * 60_000).toISOString();

beforeAll(async () => {
  await db.query(
    `insert into scale_file (workspace_id, file_type, uuid, version_id, file_path, file_name, media_type, file_size, bbox,
       data_started, data_ended, meta_data, sha256)
     select $1, 'SOURCE', 'x', gen_random_uuid(), 'a/' || i, 'LC08_' || i || '.tif', 'x/y', 1,
       box(point(i % 360 - 180, i % 170 - 85), point(i % 360 - 179.5, i % 170 - 84.5)),
       $2::timestamptz + i * interval '1 minute', $2::timestamptz + (i + 3) * interval '1 minute',
       jsonb_build_object('scene', i), md5(i::text) || md5(i::text)
     from generate_series(1, ${rows}) i`,
    [workspace.id, minute(0)],
  );
  await db.query('vacuum analyze scale_file');
}, 60_000);

/** What reading one page took, of the statements that read rows. */
async function plansOf(
  filter: FileFilter,
): Promise<{ plans: string; count: number; first: string | undefined }> {
  const plans: string[] = [];
  const explain = async (sql: string, values?: readonly unknown[]) => {
    const lines = await db.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, costs off, timing off) ${sql}`,
      values,
    );
    plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
  };
  const spy: Database = {
    ...db,
    query: async <Row extends object>(sql: string, values?: readonly unknown[]) => {
      if (!sql.startsWith('explain')) await explain(sql, values);
      return db.query<Row>(sql, values);
    },
    prepared: async <Row extends object>(name: string, sql: string, values: readonly unknown[]) => {
      if (!sql.includes('unnest(')) await explain(sql, values);
      return db.prepared<Row>(name, sql, values);
    },
  };
  const page = await listFiles(spy, filter, [], { offset: 0, limit: 100 });
  return { plans: plans.join('\n'), count: page.count, first: page.rows[0]?.file_name };
}

const world = { areas: [areaOfBox({ west: -180, south: -90, east: 180, north: 90 })] };
const span = (from: number, to: number) => ({ dataFrom: minute(from), dataTo: minute(to) });

describe('the index that is gone by', () => {
  it.each<[string, FileFilter, string]>([
    [
      'a small area and a long time',
      { areas: [areaOfBox({ west: 0, south: 0, east: 9, north: 9 })], ...span(0, 50_000) },
      'scale_file_area_time',
    ],
    ['the whole world and a short time', { ...world, ...span(30_000, 31_000) }, 'scale_file_time'],
    ['a word', { words: readWords('31234') }, 'scale_file_words'],
    ['the beginning of a word', { words: readWords('3123*') }, 'scale_file_words'],
    ['a member of meta_data', { metaData: [readMetaCondition('scene=31234')] }, 'scale_file_meta_data'],
    ['a checksum', { sha256: ['0'.repeat(64)] }, 'scale_file_content'],
    [
      'the whole world and a member of meta_data',
      { ...world, metaData: [readMetaCondition('scene=31234')] },
      'scale_file_meta_data',
    ],
  ])('for %s', async (_, filter, index) => {
    const { plans } = await plansOf(filter);
    expect(plans).toMatch(new RegExp(`(on|using) ${index}\\b`));
    expect(plans).not.toContain('Seq Scan on scale_file');
    const others = ['scale_file_area_time', 'scale_file_time'].filter((other) => other !== index);
    expect(others.filter((other) => new RegExp(`\\b${other}\\b`).test(plans))).toEqual([]);
  });

  it('for an area and a time, in the quarters of that time alone', async () => {
    const area = { areas: [areaOfBox({ west: 0, south: 0, east: 9, north: 9 })] };
    const { plans } = await plansOf({ ...area, ...span(0, 50_000) });
    expect(plans).toMatch(/scale_file_area_time.*\n +Index Cond: .* && '\[81,82\)'::int4range/);
  });

  it('reads the newest of a long time backwards from its end, and counts by estimate', async () => {
    const { plans, count, first } = await plansOf({ ...world, ...span(10_000, 50_000) });
    expect(first).toBe('LC08_50000.tif');
    expect(plans).toMatch(/Index Scan Backward using scale_file_data_started/);
    const removed = [...plans.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, number]) => Number(number));
    expect(Math.max(0, ...removed)).toBeLessThan(500);
    expect(count / 40_003).toBeCloseTo(1, 1);
  });

  it('finds what began before the time and goes on in it, to the last page', async () => {
    await db.query(`update scale_file set data_started = $1 where file_name = 'LC08_20000.tif'`, [minute(5)]);
    const names: string[] = [];
    for (let cursor: string | null | undefined = ''; typeof cursor === 'string';) {
      const page: Awaited<ReturnType<typeof listFiles>> = await listFiles(db, span(20_000, 59_000), [], {
        offset: 0,
        limit: 1000,
        cursor,
      });
      names.push(...page.rows.map(({ file_name }) => file_name));
      cursor = page.cursor;
    }
    expect(names).toHaveLength(39_004);
    expect(names.at(-1)).toBe('LC08_20000.tif');
    expect(names[0]).toBe('LC08_59000.tif');
  });

  it('counts exactly where it is told to', async () => {
    const page = await listFiles(db, { ...world, ...span(10_000, 50_000) }, [], {
      offset: 0,
      limit: 1,
      isExact: true,
    });
    expect([page.count, page.isEstimate]).toEqual([40_004, false]);
  });
});

describe('many files near a shape', () => {
  it('are compared page by page, each found once, and counted by their share', async () => {
    const area = await readSearchArea('POLYGON ((-180 -90, 180 -90, -180 90, -180 -90))');
    const all = await db.query<{ id: number }>(
      `select id from scale_file where (bbox[1])[0] / 180 + (bbox[1])[1] / 90 <= 0 order by id`,
    );
    const ids: number[] = [];
    for (let cursor: string | null | undefined = ''; typeof cursor === 'string';) {
      const page: Awaited<ReturnType<typeof listFiles>> = await listFiles(db, { areas: [area] }, [], {
        offset: 0,
        limit: 1000,
        cursor,
      });
      ids.push(...page.rows.map(({ id }) => id));
      cursor = page.cursor;
    }
    expect(ids).toEqual(all.map(({ id }) => id));
    const second = await listFiles(db, { areas: [area] }, [], { offset: 1000, limit: 1000 });
    expect(second.rows.map(({ id }) => id)).toEqual(ids.slice(1000, 2000));
    expect([second.isEstimate, Math.abs(second.count / ids.length - 1) < 0.1]).toEqual([true, true]);
    const exact = await listFiles(db, { areas: [area] }, [], { offset: 0, limit: 1, isExact: true });
    expect([exact.isEstimate, exact.count]).toEqual([false, ids.length]);
  }, 60_000);
});
