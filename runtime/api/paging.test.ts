import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { manifestDocument } from '../../test/support/manifest.ts';

let api: TestApi;
withApi((started) => (api = started));

let typeId: number;
beforeAll(async () => {
  const manifest = manifestDocument({ name: 'paged' });
  typeId = (await api.send('POST', 'job-types/', { docker_image: 'x:1', manifest })).json.id;
});

/** @param ended a time in SQL, of row `i` */
function jobs(count: number, status: string, ended = 'null'): Promise<unknown> {
  return api.db.query(
    `insert into job (job_type_id, job_type_revision_id, status, timeout, input, priority, ended)
     select $1, (select id from job_type_revision where job_type_id = $1), $2, 1, '{}', i % 3 + 1, ${ended}
     from generate_series(1, $3::bigint) i`,
    [typeId, status, count],
  );
}

async function follow(address: string, each?: () => Promise<unknown>): Promise<number[]> {
  const ids: number[] = [];
  for (let next: string | null = address; next !== null;) {
    const { status, json } = await api.get(next);
    expect([status, json.previous]).toEqual([200, null]);
    ids.push(...json.results.map((row) => row.id as number));
    next = json.next?.replace(/^.*\/v6\//, '') ?? null;
    await each?.();
  }
  return ids;
}

async function idsBy(order: string): Promise<number[]> {
  return (await api.db.query<{ id: number }>(`select id from job order by ${order}`)).map(({ id }) => id);
}

describe('cursors', () => {
  beforeAll(async () => {
    await jobs(20, 'COMPLETED', `now() - i % 4 * interval '1 hour'`);
    await jobs(11, 'QUEUED');
  });

  it.each([
    ['', 'id'],
    ['&order=-id', 'id desc'],
    ['&order=priority', 'priority, id'],
    ['&order=-priority', 'priority desc, id desc'],
    ['&order=ended', 'ended, id'],
    ['&order=-ended', 'ended desc, id desc'],
    ['&order=-ended&order=priority', 'ended desc, priority, id'],
    ['&order=job_type__name&order=-status', 'status desc, id desc'],
  ])('read a list%s in its order, each row once', async (order, sql) => {
    expect(await follow(`jobs/?cursor=&page_size=4${order}`)).toEqual(await idsBy(sql));
    expect(await follow(`jobs/?cursor=&page_size=31${order}`)).toEqual(await idsBy(sql));
  });

  it('neither miss nor repeat a row when others come, and are shared by files and executions', async () => {
    const before = await idsBy('ended desc, id desc');
    const read = await follow('jobs/?cursor=&page_size=5&order=-ended', () => jobs(1, 'COMPLETED', 'now()'));
    expect(read.filter((id) => before.includes(id))).toEqual(before);
    expect(new Set(read).size).toBe(read.length);
    const names = ['b', 'a', 'c'];
    for (const name of names)
      await api.send('POST', `files/?name=${name}`, 'x', { 'Content-Type': 'application/octet-stream' });
    expect(await follow('files/?cursor=&page_size=1&order=file_name')).toHaveLength(3);
    const [{ id } = { id: 0 }] = await api.db.query<{ id: number }>('select min(id) as id from job');
    await api.db.query(
      `insert into job_exe (job_id, exe_num, status, runtime, node, queued, job_type_id)
       select id, i, 'FAILED', 'r', 'n', now(), job_type_id from job, generate_series(1, 3) i where id = $1`,
      [id],
    );
    expect(await follow(`jobs/${id}/executions/?cursor=&page_size=2`)).toHaveLength(3);
    expect(await follow(`jobs/${id}/input_files/?cursor=&page_size=2`)).toEqual([]);
  });

  it('are refused when they are not of this list', async () => {
    const { json } = await api.get('jobs/?cursor=&page_size=4&order=-ended');
    const cursor = new URL(json.next!).searchParams.get('cursor')!;
    const odd = [
      [1],
      ['-ended', 1.5, 'x'],
      ['-ended', 1, 2],
      ['-ended', 1, 'no time'],
      ['-ended', 1, '\0'],
      {},
    ];
    for (const address of [
      `order=ended&cursor=${cursor}`,
      `cursor=${cursor}`,
      `order=-ended&cursor=x${cursor}`,
      `order=-ended&cursor=${cursor}&page=2`,
      ...odd.map((one) => `order=-ended&cursor=${Buffer.from(JSON.stringify(one)).toString('base64url')}`),
    ])
      expect([address, (await api.get(`jobs/?${address}`)).status]).toEqual([address, 400]);
  });
});

describe('jobs of one status', () => {
  it('without an order come in the order in which they came to it', async () => {
    await api.db.query('truncate job cascade');
    await jobs(3, 'QUEUED');
    await api.db.query(`update job set last_status_change = now() - id * interval '1 second'`);
    expect(await follow('jobs/?cursor=&page_size=2&status=QUEUED')).toEqual(await idsBy('id desc'));
    expect(await follow('jobs/?cursor=&page_size=2&order=-status')).toEqual(await idsBy('id'));
  });
});

describe('counts', () => {
  it('are exact up to 10,000, and say it where they are estimates', async () => {
    await api.db.query('truncate job cascade');
    await jobs(9_990, 'COMPLETED');
    await api.db.query('analyze job');
    const list = async (query = '') => (await api.get(`jobs/?page_size=2${query}`)).json;
    expect(await list()).toMatchObject({ count: 9_990 });
    expect(await list()).not.toHaveProperty('count_is_estimate');
    await jobs(5_010, 'FAILED');
    await api.db.query('analyze job');
    const many = await list();
    expect(many).toHaveProperty('count_is_estimate', true);
    expect(many.count / 15_000).toBeCloseTo(1, 1);
    expect(await list('&status=FAILED')).toMatchObject({ count: 5_010 });
    const last = await list('&page=7500');
    expect([last.count, last.next, last.results.length]).toEqual([15_000, null, 2]);
    expect((await api.get('jobs/?page_size=2&page=7501')).status).toBe(404);
    expect((await api.get('jobs/?page_size=2&status=FAILED&page=2506')).status).toBe(404);
    const few = await list('&status=FAILED&page=2505');
    expect([few.count, few.next, few.results.length]).toEqual([5_010, null, 2]);
  });

  it('are none where nothing is found, whatever the planner expected', async () => {
    await jobs(31_000, 'CANCELED');
    await api.db.query('analyze job');
    const canceled = async () => (await api.get('jobs/?page_size=2&status=CANCELED')).json;
    expect(await canceled()).toHaveProperty('count_is_estimate', true);
    await api.db.query(`update job set status = 'FAILED' where status = 'CANCELED'`);
    const none = await canceled();
    expect(none).toEqual({ count: 0, next: null, previous: null, results: [] });
  });
});
