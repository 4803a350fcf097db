import { describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';

let api: TestApi;
withApi((started) => (api = started));

const post = (kind: string, body: object, key?: string) =>
  api.send('POST', `diagnostics/job/${kind}/`, body, key === undefined ? {} : { 'Idempotency-Key': key });

const counted = async (kind: string): Promise<number> =>
  (await api.get(`jobs/?job_type_name=scale-${kind}&page_size=1`)).json.count;

describe('diagnostics/job/', () => {
  it('queues jobs of each kind, whose type is made when it is first asked for', async () => {
    for (const kind of ['bake', 'hello', 'roulette', 'count']) {
      const { status, json } = await post(kind, { num: 3 });
      expect(status).toBe(202);
      const { job_type, ...rest } = json;
      expect(job_type).toMatchObject({ name: `scale-${kind}`, version: '1.0.0' });
      expect(rest).toEqual({ num: 3, job_id: expect.any(Number) });
      expect(await counted(kind)).toBe(3);
    }
    const jobs = (await api.get('jobs/?job_type_name=scale-roulette')).json.results;
    expect(new Set(jobs.map(({ priority, status }) => `${priority} ${status}`))).toEqual(
      new Set(['25 QUEUED']),
    );
  });

  it('queues the same jobs for the same key, and leaves a type as its users made it', async () => {
    const before = await counted('hello');
    const answers = await Promise.all([1, 2, 3].map(() => post('hello', { num: 500 }, 'once')));
    expect(new Set(answers.map(({ json }) => json.job_id)).size).toBe(1);
    expect(await counted('hello')).toBe(before + 500);
    await api.send('PATCH', 'job-types/scale-hello/1.0.0/', { max_scheduled: 2, is_paused: true });
    expect((await post('hello', { num: 1 }, 'other')).status).toBe(202);
    expect((await api.get('job-types/scale-hello/1.0.0/')).json).toMatchObject({
      max_scheduled: 2,
      is_paused: true,
      is_system: false,
      revision_num: 1,
    });
    await api.send('PATCH', 'job-types/scale-hello/1.0.0/', { is_active: false });
    expect((await post('hello', { num: 1 })).status).toBe(400);
  });

  it.each([{}, { num: 0 }, { num: 10_001 }, { num: 1.5 }, { num: 'many' }])(
    'refuses %j by name',
    async (body) => {
      const { status, json } = await post('count', body);
      expect([status, json.detail]).toEqual([400, expect.stringMatching(/num/)]);
    },
  );
});

describe('diagnostics/recipe/casino/', () => {
  const casino = (body: object, headers: Record<string, string> = {}) =>
    api.send('POST', 'diagnostics/recipe/casino/', body, headers);
  const recipes = () =>
    api.db.query<{ id: number; nodes: string[] }>(
      `select r.id, array(select n.name || ' ' || j.status from recipe_node n join job j on j.id = n.job_id
         where n.recipe_id = r.id order by n.name desc) as nodes
       from recipe r join recipe_type t on t.id = r.recipe_type_id where t.name = 'scale-casino' order by r.id`,
    );

  it('begins recipes of roulette, then hello, whose types are made when they are first asked for', async () => {
    await api.send('PATCH', 'job-types/scale-hello/1.0.0/', { is_active: true });
    const { status, json } = await casino({ num: 6 });
    const made = await recipes();
    expect([status, json]).toEqual([
      202,
      {
        recipe_type: expect.objectContaining({ name: 'scale-casino', title: 'Scale Casino' }),
        num: 6,
        recipe_id: made[0]!.id,
      },
    ]);
    expect(made.map(({ nodes }) => nodes)).toEqual(
      Array(6).fill(['scale-roulette QUEUED', 'scale-hello PENDING']),
    );
  });

  it('begins the same recipes for the same key, and none of a type that is out of use', async () => {
    const before = (await recipes()).length;
    const key = { 'Idempotency-Key': 'spin' };
    const answers = await Promise.all([1, 2].map(() => casino({ num: 5 }, key)));
    expect(new Set(answers.map(({ json }) => json.recipe_id)).size).toBe(1);
    expect(await recipes()).toHaveLength(before + 5);
    await api.send('PATCH', 'recipe-types/scale-casino/', { is_active: false });
    expect((await casino({ num: 1 })).status).toBe(400);
    expect((await casino({ num: 1001 })).status).toBe(400);
  });
});
