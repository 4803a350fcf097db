import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '../../test/support/api.ts';
import { scan, withIngestWorld } from '../../test/support/ingest-world.ts';
import { readConfig } from '../config/index.ts';
import { doWhatIsDue } from '../schedules/index.ts';

let api: TestApi;
withIngestWorld((world) => ({ api } = world));

beforeAll(async () => {
  await api.send('POST', 'scans/', { title: 'Archive', configuration: scan() });
  const definition = { version: '7', input: {}, nodes: {} };
  await api.send('POST', 'recipe-types/', { title: 'Empty', name: 'empty', definition });
});

const ofScan = { scan: { name: 'archive' } };
const ofRecipe = { recipe: { recipe_type_name: 'empty', input: {} } };
const hourly = { cron: '0 * * * *', target: ofRecipe };
let number = 0;
const make = async (body: object) => {
  const { status, json } = await api.send('POST', 'schedules/', { name: `s${++number}`, ...hourly, ...body });
  expect([status, json]).toEqual([201, expect.anything()]);
  return json as unknown as { id: number; next: string[] };
};
type Run = { id: number; due: string; state: string; missed: number; begun: object | null; problem: string };
const runsOf = async (id: number) =>
  (await api.get(`schedules/${id}/runs/`)).json.results as unknown as Run[];
const recipes = async () => (await api.get('recipes/')).json.count;
const scanStatus = async () => (await api.get('scans/?name=archive')).json.results[0]!.status;

/** As a runtime does at that time. */
const pass = (now?: string, more: object = {}) =>
  doWhatIsDue(
    { db: api.db, config: readConfig({ SEED_HOME: api.home }), engineSockets: [] },
    { now: now === undefined ? undefined : new Date(now), ...more },
  );
/** So long after a time. */
const later = (time: string, minutes: number) => new Date(Date.parse(time) + minutes * 60_000).toISOString();
const pauseAll = () => api.db.query('update schedule set next_due = null, is_paused = true');

describe('schedules/', () => {
  it('are made, shown, listed, changed and removed', async () => {
    const body = { name: 'nightly', cron: '30 2 * * *', timezone: 'Europe/Berlin', target: ofScan };
    const made = await api.send('POST', 'schedules/', body);
    const { id } = made.json;
    expect([made.status, made.headers.location]).toEqual([201, `/v6/schedules/${id}/`]);
    const shown = {
      ...{ id, description: null, missed: 'once', is_paused: false, ...body },
      ...{ next: expect.any(Array), created: expect.any(String), last_modified: expect.any(String) },
    };
    expect(made.json).toEqual(shown);
    expect(made.json.next).toHaveLength(5);
    expect((await api.get(`schedules/${id}/`)).json).toEqual(shown);
    expect((await api.get('schedules/?name=nightly')).json.results).toEqual([shown]);
    const paused = await api.send('PATCH', `schedules/${id}/`, { is_paused: true, description: 'x' });
    expect([paused.status, paused.json.next, paused.json.description]).toEqual([200, [], 'x']);
    const resumed = await api.send('PATCH', `schedules/${id}/`, { is_paused: false, cron: '@hourly' });
    expect([resumed.json.next, resumed.json.cron]).toEqual([expect.any(Array), '@hourly']);
    expect(resumed.json.next).toHaveLength(5);
    expect((await api.send('POST', 'schedules/', body)).json.detail).toContain('NAME_TAKEN');
    expect((await api.send('DELETE', `schedules/${id}/`)).status).toBe(204);
    for (const [method, rest] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', 'run/'],
      ['GET', 'runs/'],
    ] as const)
      expect(
        (await api.send(method, `schedules/${id}/${rest}`, method === 'PATCH' ? {} : undefined)).status,
      ).toBe(404);
  });

  it.each([
    ['INVALID_CRON', { cron: '99 * * * *' }],
    ['INVALID_TIMEZONE', { timezone: 'Mars/Olympus' }],
    ['UNKNOWN_TARGET', { target: { scan: { name: 'nowhere' } } }],
    ['UNKNOWN_TARGET', { target: { recipe: { recipe_type_name: 'nothing', input: {} } } }],
  ])('are refused: %s', async (name, body) => {
    const refused = await api.send('POST', 'schedules/', { name: 'wrong', ...hourly, ...body });
    expect([refused.status, refused.json.code]).toEqual([400, 'SB1325']);
    expect(refused.json.detail).toContain(name);
    const id = (await make({})).id;
    expect((await api.send('PATCH', `schedules/${id}/`, body)).json.detail).toContain(name);
    expect((await api.send('POST', 'schedules/', { name: 'x', ...hourly, target: {} })).status).toBe(400);
    await pauseAll();
  });
});

describe('what is due', () => {
  it('is begun when its time comes, and not before', async () => {
    const { id, next } = await make({});
    const before = await recipes();
    expect(await pass(later(next[0]!, -1))).toBe(60_000);
    expect(await recipes()).toBe(before);
    expect(await pass(next[0])).toBe(3_600_000);
    const [run] = await runsOf(id);
    expect(run).toMatchObject({
      due: expect.stringContaining(next[0]!.slice(0, 16)),
      state: 'DONE',
      missed: 0,
    });
    expect(run!.begun).toEqual({ recipe: { id: expect.any(Number) } });
    await pass(next[0]);
    expect([await recipes(), (await runsOf(id)).length]).toEqual([before + 1, 1]);
    await pauseAll();
    expect(await pass(later(next[4]!, 0))).toBeUndefined();
  });

  it('is a run of a scan, which is skipped while the last one is under way', async () => {
    const { id, next } = await make({ target: ofScan });
    await pass(next[0]);
    expect(await scanStatus()).toBe('QUEUED');
    await pass(next[1]);
    const told = (await runsOf(id)).map(({ state, problem }) => [state, problem]);
    expect(told).toEqual([
      ['SKIPPED', 'The scan archive is still under way'],
      ['DONE', null],
    ]);
    await pauseAll();
  });

  it('is a batch, whose name has the time after it; one that is refused is told', async () => {
    const [type] = (await api.get('recipe-types/?name=empty')).json.results as unknown as { id: number }[];
    const batch = { name: 'night', recipe_type_id: type!.id, definition: { tasks: true } };
    const { id, next } = await make({ target: { batch } });
    for (const time of next.slice(0, 2)) await pass(time);
    const runs = await runsOf(id);
    expect(runs.map(({ state }) => state)).toEqual(['DONE', 'DONE']);
    const names = next.slice(0, 2).map((time) => `night ${time.slice(0, 16)}Z`);
    const query = names.map((name) => `name=${encodeURIComponent(name)}`).join('&');
    const made = (await api.get(`batches/?${query}&order=id`)).json.results as unknown as { id: number }[];
    expect(runs.map(({ begun }) => begun).reverse()).toEqual(made.map((one) => ({ batch: { id: one.id } })));
    await pauseAll();
    for (const nth of [1, 2]) {
      expect([nth, (await api.send('POST', `schedules/${id}/run/`)).status]).toEqual([nth, 202]);
      await pass();
    }
    const asked = (await runsOf(id)).slice(0, 2);
    expect(asked.map(({ state, problem }) => [state, problem])).toEqual([
      ['DONE', null],
      ['DONE', null],
    ]);
    const wrong = await make({ target: { batch: { ...batch, definition: { dataset: 987_654 } } } });
    await pass(wrong.next[0]);
    expect(await runsOf(wrong.id)).toMatchObject([
      { state: 'FAILED', problem: expect.stringMatching(/dataset/i) },
    ]);
    await pauseAll();
  });

  it('is a batch of its own where another schedule has one of that name in that minute', async () => {
    const [type] = (await api.get('recipe-types/?name=empty')).json.results as unknown as { id: number }[];
    const batch = { name: 'x'.repeat(240), recipe_type_id: type!.id, definition: { tasks: true } };
    const made = [await make({ target: { batch } }), await make({ target: { batch } })] as const;
    await Promise.all([pass(made[0].next[0]), pass(made[0].next[0])]);
    await pass(made[0].next[0]);
    const runs = (await Promise.all(made.map(({ id }) => runsOf(id)))).flat();
    expect(runs.map(({ state, problem }) => [state, problem])).toEqual([
      ['DONE', null],
      ['DONE', null],
    ]);
    const ids = runs.map(({ begun }) => (begun as { batch: { id: number } }).batch.id);
    const rows = await api.db.query<{ name: string }>('select name from batch where id = any($1)', [ids]);
    const time = `${made[0].next[0]!.slice(0, 16)}Z`;
    expect(rows.map(({ name }) => name.replace(/^x+/, 'x')).sort()).toEqual([
      `x ${time}`,
      expect.stringMatching(RegExp(`^x ${time.replaceAll('.', '\\.')} \\(s\\d+\\)$`)),
    ]);
    await pauseAll();
  });

  it('is told where it cannot be begun, and the schedule goes on', async () => {
    const { id, next } = await make({ target: { recipe: { ...ofRecipe.recipe, revision_num: 7 } } });
    await pass(next[0]);
    expect(await runsOf(id)).toMatchObject([
      { state: 'FAILED', problem: expect.stringContaining('no revision 7') },
    ]);
    expect((await api.get(`schedules/${id}/`)).json.next).toHaveLength(5);
    await pauseAll();
  });

  it.each([
    ['skip', 0, ['SKIPPED 2']],
    ['once', 1, ['DONE 2']],
    ['all', 3, ['DONE 0', 'DONE 0', 'DONE 0']],
  ])('and was missed, is made up for by policy: %s', async (missed, begun, told) => {
    const { id, next } = await make({ missed });
    const before = await recipes();
    await pass(later(next[2]!, 10));
    expect((await runsOf(id)).map(({ state, missed: count }) => `${state} ${count}`)).toEqual(told);
    expect(await recipes()).toBe(before + begun);
    await pauseAll();
  });

  it('is begun once by any number of runtimes', async () => {
    const { id, next } = await make({ missed: 'all' });
    const before = await recipes();
    // Each begins within a transaction, so that of the four sessions that they share here one must be left.
    await Promise.all([1, 2, 3].map(() => pass(next[4])));
    await pass(next[4]);
    expect([await recipes(), (await runsOf(id)).length]).toEqual([before + 5, 5]);
    await pauseAll();
  });

  it.each(['noted', 'begun'])(
    'is neither lost nor doubled by a process that dies when it is %s',
    async (at) => {
      const { id, next } = await make({});
      const before = await recipes();
      const reached = (step: string) => {
        if (step === at) throw new Error('killed');
      };
      await expect(pass(next[0], { reached })).rejects.toThrow('killed');
      expect((await runsOf(id)).map(({ state }) => state)).toEqual(['DUE']);
      await pass(next[0]);
      expect((await runsOf(id)).map(({ state }) => state)).toEqual(['DONE']);
      expect(await recipes()).toBe(before + 1);
      await pauseAll();
    },
  );

  it('is begun though what was due before it cannot be', async () => {
    const [{ id: first, next }, { id: second }] = [await make({}), await make({})];
    let isFirst = true;
    const reached = (step: string) => {
      if (step !== 'begun' || !isFirst) return;
      isFirst = false;
      throw new Error('not now');
    };
    await expect(pass(next[0], { reached })).rejects.toThrow('not now');
    const states = async () =>
      [...(await runsOf(first)), ...(await runsOf(second))].map(({ state }) => state);
    expect((await states()).sort()).toEqual(['DONE', 'DUE']);
    await pass(next[0]);
    expect(await states()).toEqual(['DONE', 'DONE']);
    await pauseAll();
  });

  it('is also what somebody asks for, though it is paused', async () => {
    const { id } = await make({ is_paused: true });
    const before = await recipes();
    const asked = await api.send('POST', `schedules/${id}/run/`);
    expect([asked.status, asked.json.is_manual, asked.json.state]).toEqual([202, true, 'DUE']);
    await pass();
    expect(await runsOf(id)).toMatchObject([{ state: 'DONE', is_manual: true }]);
    expect(await recipes()).toBe(before + 1);
  });
});
