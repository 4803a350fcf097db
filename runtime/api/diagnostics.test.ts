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
      const { job_type: _type, ...rest } = json;
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

  it.each([{}, { num: 0 }, { num: 10_001 }, { num: 1.5 }, { num: 'many' }, { num: 1, more: 2 }])(
    'refuses %j by name',
    async (body) => {
      const { status, json } = await post('count', body);
      expect([status, json.detail]).toEqual([400, expect.stringMatching(/num|more/)]);
    },
  );
});
