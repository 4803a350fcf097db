import { beforeAll, describe, expect, it } from '@jest/globals';
import { withApi, type TestApi } from '../../test/support/api.ts';
import { TestQueue } from '../../test/support/queue.ts';
import type { Database } from '../database/index.ts';
import { fillCountries } from './fill-countries.ts';
import { type LineageBounds, lineageOf } from './lineage.ts';

let api: TestApi;
withApi((started) => (api = started));

let db: Database;
const files = new Map<string, number>();
const id = (name: string) => files.get(name)!;
const jobs: number[] = [];

/**
 * a ─┐         ┌─ d ─┐
 *    ├─ 0 ─ c ─┤ 1   ├ 2 ─ f
 * b ─┘         └─ e ─┘           alone
 */
beforeAll(async () => {
  db = api.db;
  const queue = new TestQueue(db);
  const type = await queue.type('lineage-job');
  jobs.push(...(await queue.submit(type, {}, {}, {})));
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'alone']) await add(name);
  await link(jobs[0]!, ['a', 'b'], ['c']);
  await link(jobs[1]!, ['c'], ['d', 'e']);
  await link(jobs[2]!, ['d', 'e'], ['f']);
});

async function add(name: string): Promise<void> {
  const { json } = await api.send('POST', `files/?name=${name}`, name, {
    'Content-Type': 'application/octet-stream',
  });
  files.set(name, json.id as number);
}

async function link(job: number, from: string[], to: string[]): Promise<void> {
  await db.query(
    `insert into file_ancestry_link (ancestor_id, descendant_id, job_exe_id, job_id)
     select a, d, 1, $1 from unnest($2::bigint[]) a cross join unnest($3::bigint[]) d`,
    [job, from.map(id), to.map(id)],
  );
}

const all: LineageBounds = { depth: 50, links: 1000, direction: 'both' };
const names = async (name: string, bounds: Partial<LineageBounds> = {}) => {
  const lineage = await lineageOf(db, id(name), { ...all, ...bounds });
  return Object.fromEntries(lineage!.files.map((file) => [file.file_name, file.distance]));
};

describe('the lineage of a file', () => {
  it('goes both ways through any number of jobs', async () => {
    expect(await names('c')).toEqual({ a: -1, b: -1, c: 0, d: 1, e: 1, f: 2 });
    expect(await names('f')).toEqual({ a: -3, b: -3, c: -2, d: -1, e: -1, f: 0 });
    expect(await names('alone')).toEqual({ alone: 0 });
  });

  it('names the jobs, and each link once where several ways lead on', async () => {
    const lineage = await lineageOf(db, id('f'), all);
    expect(lineage!.links).toHaveLength(6);
    expect(lineage!.jobs.map((job) => job.id)).toEqual(jobs);
    expect(lineage!.jobs[0]).toEqual({
      id: jobs[0],
      job_type: { id: expect.any(Number), name: 'lineage-job', version: '1.0.0' },
      recipe: null,
      recipe_node: null,
    });
    expect(lineage!.cut).toEqual({ ancestors: false, descendants: false });
  });

  it('goes one way where that is asked for', async () => {
    expect(await names('c', { direction: 'ancestors' })).toEqual({ a: -1, b: -1, c: 0 });
    expect(await names('c', { direction: 'descendants' })).toEqual({ c: 0, d: 1, e: 1, f: 2 });
  });

  it('says where it was cut, by depth and by number', async () => {
    const shallow = await lineageOf(db, id('c'), { ...all, depth: 1 });
    expect(shallow!.files.map((file) => file.file_name)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(shallow!.cut).toEqual({ ancestors: false, descendants: true });
    const few = await lineageOf(db, id('f'), { ...all, links: 3 });
    expect(few!.links).toHaveLength(3);
    expect(few!.cut).toEqual({ ancestors: true, descendants: false });
    const exact = await lineageOf(db, id('f'), { ...all, links: 6 });
    expect(exact!.cut).toEqual({ ancestors: false, descendants: false });
  });

  it('ends where links go in a circle, which no job can make', async () => {
    await link(jobs[2]!, ['f'], ['a']);
    try {
      const lineage = await lineageOf(db, id('c'), all);
      expect(lineage!.files).toHaveLength(6);
      expect(lineage!.cut).toEqual({ ancestors: false, descendants: false });
    } finally {
      await db.query('delete from file_ancestry_link where ancestor_id = $1', [id('f')]);
    }
  });

  it('has links without a job where files were taken over with it', async () => {
    await db.query('insert into file_ancestry_link (ancestor_id, descendant_id) values ($1, $2)', [
      id('f'),
      id('alone'),
    ]);
    try {
      const { json } = await api.get(`files/${id('alone')}/lineage/?depth=1`);
      expect(json.links).toEqual([{ ancestor_id: id('f'), descendant_id: id('alone'), job_id: null }]);
      expect(json.jobs).toEqual([]);
    } finally {
      await db.query('delete from file_ancestry_link where ancestor_id = $1', [id('f')]);
    }
  });

  it('is answered over HTTP, within bounds', async () => {
    const { status, json } = await api.get(`files/${id('c')}/lineage/?direction=ancestors&depth=1`);
    expect(status).toBe(200);
    expect(json.files).toHaveLength(3);
    expect((await api.get(`files/${id('c')}/lineage/?depth=101`)).status).toBe(400);
    expect((await api.get(`files/${id('c')}/lineage/?limit=0`)).status).toBe(400);
    expect((await api.get('files/999999/lineage/')).status).toBe(404);
  });
});

describe('fillCountries', () => {
  const placed = (name: string, place: object) =>
    db.query(`update scale_file set geometry = $2, bbox = $3, countries = $4 where id = $1`, [
      id(name),
      ...Object.values({ geometry: null, bbox: null, countries: [], ...place }),
    ]);
  const countries = async (name: string) =>
    (
      await db.query<{ countries: string[] }>('select countries from scale_file where id = $1', [id(name)])
    )[0]!.countries;

  it('fills in the countries of files that have a place and none yet', async () => {
    await placed('a', { geometry: { type: 'Point', coordinates: [2.35, 48.85] } });
    await placed('b', { bbox: '((180.5,-16),(179.5,-17))' });
    await placed('c', { geometry: { type: 'Point', coordinates: [2.35, 48.85] }, countries: ['XXX'] });
    await placed('d', { geometry: { type: 'Point', coordinates: [-30, 30] } });
    expect(await fillCountries(db)).toEqual({ looked: 3, changed: 2 });
    expect(await Promise.all(['a', 'b', 'c', 'd', 'e'].map(countries))).toEqual([
      ['FRA'],
      ['FJI'],
      ['XXX'],
      [],
      [],
    ]);
    expect(await fillCountries(db)).toEqual({ looked: 1, changed: 0 });
    expect(await fillCountries(db, { isAll: true })).toEqual({ looked: 4, changed: 1 });
    expect(await countries('c')).toEqual(['FRA']);
  });
});
