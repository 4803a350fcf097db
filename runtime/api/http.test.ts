import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { manifestDocument } from '../../test/support/manifest.ts';
import { beginOnce, sweepOnce } from '../database/index.ts';

let api: TestApi;
withApi((started) => (api = started));

let typeId: number;
beforeAll(async () => {
  const manifest = manifestDocument({ name: 'asked' });
  typeId = (await api.send('POST', 'job-types/', { docker_image: 'x:1', manifest })).json.id;
});

const address = 'job-types/asked/1.0.0/';

describe('an answer that can be read', () => {
  it('is not sent again to whoever has it, until it changes', async () => {
    const first = await api.get(address);
    const etag = first.headers.etag!;
    expect(etag).toMatch(/^"[\w-]{22}\.[\w-]{22}"$/);
    expect(Date.parse(first.headers['last-modified']!)).toBeGreaterThan(Date.now() - 60_000);
    for (const tag of [etag, `W/${etag}`, '*', `"x", ${etag}`, etag.replace(/"$/, '-gzip"')]) {
      const again = await api.get(address, { 'If-None-Match': tag });
      expect([tag, again.status, again.body.length, again.headers.etag]).toEqual([tag, 304, 0, etag]);
    }
    expect((await api.get(address, { 'If-None-Match': '"x"' })).status).toBe(200);
    const head = await api.send('HEAD', address);
    expect([head.headers.etag, head.headers['content-length'], head.body.length]).toEqual([
      etag,
      `${first.body.length}`,
      0,
    ]);
    await api.send('PATCH', address, { is_paused: true });
    expect((await api.get(address, { 'If-None-Match': etag })).status).toBe(200);
    const list = (await api.get('job-types/')).headers.etag!;
    expect((await api.get('job-types/', { 'If-None-Match': list })).status).toBe(304);
    expect((await api.get('job-types/98/1/', { 'If-None-Match': '*' })).status).toBe(404);
  });

  it('is compressed for whoever takes that, where it is worth it', async () => {
    const plain = await api.get('status/');
    for (const wish of ['gzip', 'br;q=1, gzip;q=0.5', '*']) {
      const answer = await api.get('status/', { 'Accept-Encoding': wish });
      expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
      expect(answer.body.length).toBeLessThan(plain.body.length / 2);
      expect(Object.keys(JSON.parse(gunzipSync(answer.body).toString()) as object)).toEqual(
        Object.keys(plain.json),
      );
    }
    for (const wish of ['gzip;q=0', 'br', 'identity', ''])
      expect((await api.get('status/', { 'Accept-Encoding': wish })).headers).not.toHaveProperty(
        'content-encoding',
      );
    const small = await api.get('version/', { 'Accept-Encoding': 'gzip' });
    expect(small.headers).not.toHaveProperty('content-encoding');
    const etag = (await api.get(address, { 'Accept-Encoding': 'gzip' })).headers.etag!;
    expect((await api.get(address, { 'If-None-Match': etag })).status).toBe(304);
  });
});

describe('If-Match', () => {
  it('lets a change through only when nothing changed since it was read', async () => {
    const etag = (await api.get(address)).headers.etag!;
    const change = (tag: string, title: string) =>
      api.send('PATCH', address, { icon_code: title }, { 'If-Match': tag });
    const both = await Promise.all([change(etag, 'f001'), change(etag, 'f002')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(both.find(({ status }) => status === 412)!.json).toMatchObject({ code: 'SB1161' });
    const won = both[0]!.status === 200 ? 'f001' : 'f002';
    expect((await api.get(address)).json).toMatchObject({ icon_code: won });
    const read = await api.get(address, { 'Accept-Encoding': 'gzip' });
    expect((await change(read.headers.etag!, 'f003')).status).toBe(200);
    expect((await change('*', 'f004')).status).toBe(200);
    expect((await api.send('PATCH', 'scheduler/', { is_paused: true }, { 'If-Match': '"x"' })).status).toBe(
      412,
    );
    const scheduler = (await api.get('scheduler/')).headers.etag!;
    for (const [is_paused, status] of [
      [true, 204],
      [false, 412],
    ] as const)
      expect((await api.send('PATCH', 'scheduler/', { is_paused }, { 'If-Match': scheduler })).status).toBe(
        status,
      );
    await api.send('PATCH', 'scheduler/', { is_paused: false });
    expect((await api.send('PATCH', 'nodes/9876/', {}, { 'If-Match': '*' })).status).toBe(404);
  });
});

describe('Idempotency-Key', () => {
  const jobs = async () => (await api.get('jobs/')).json.count;

  it('answers the same request once more without doing it again, for every POST', async () => {
    const post = (route: string, body: object | string, key: string, headers = {}) =>
      api.send('POST', route, body, { ...headers, 'Idempotency-Key': key });
    const before = await jobs();
    const body = { job_type_id: typeId, input: {} };
    const [first, second] = [await post('jobs/', body, 'a'), await post('jobs/', body, 'a')];
    expect(second.json).toEqual(first.json);
    expect([second.status, second.headers.location, second.headers['idempotency-replayed']]).toEqual([
      201,
      first.headers.location,
      'true',
    ]);
    expect(await jobs()).toBe(before + 1);
    for (const [route, other] of [
      ['jobs/', { ...body, configuration: {} }],
      ['jobs/cancel/', { job_ids: [1] }],
    ] as const)
      expect(await post(route, other, 'a')).toMatchObject({ status: 422, json: { code: 'SB1162' } });

    const many = await Promise.all(
      [1, 2, 3, 4].map(() => post('jobs/cancel/', { job_ids: [first.json.id] }, 'b')),
    );
    expect(new Set(many.map(({ json }) => json.id)).size).toBe(1);
    const octets = { 'Content-Type': 'application/octet-stream' };
    const files = [
      await post('files/?name=x', 'content', 'c', octets),
      await post('files/?name=x', 'content', 'c', octets),
    ];
    expect([files[0]!.status, files[1]!.json.id]).toEqual([201, files[0]!.json.id]);
    expect((await api.get('files/?file_name=x')).json.count).toBe(1);
    expect((await post('files/?name=y', 'content', 'c', octets)).status).toBe(422);
    expect((await post('jobs/', body, 'x'.repeat(256))).status).toBe(400);
  });

  it('may be used again when the request failed, and when its process died', async () => {
    const post = (body: object, key: string) => api.send('POST', 'jobs/', body, { 'Idempotency-Key': key });
    expect((await post({ job_type_id: 98765, input: {} }, 'd')).status).toBe(404);
    expect((await post({ job_type_id: typeId, input: {} }, 'd')).status).toBe(201);
    const [row] = await api.db.query<{ actor: string; digest: Buffer }>(
      `update idempotency set status = null, headers = null, answer = null, owner = '281474976710655' where key = 'd'
       returning actor, digest`,
    );
    const before = await jobs();
    expect((await post({ job_type_id: typeId, input: {} }, 'd')).status).toBe(201);
    expect(await jobs()).toBe(before);
    expect(await beginOnce(api.db, { key: 'd', ...row! }, '1')).toMatchObject({ state: 'done' });
  });

  it('keeps no token, no body that could be guessed, and nothing for longer than a day', async () => {
    const user = await api.send('POST', 'accounts/users/', {
      username: 'keyed',
      password: 'a long enough password',
      role: 'viewer',
    });
    const token = () =>
      api.send('POST', 'accounts/tokens/', { name: 'n', user_id: user.json.id }, { 'Idempotency-Key': 'e' });
    const first = await token();
    expect([first.status, first.json]).toEqual([201, expect.objectContaining({ token: expect.any(String) })]);
    const second = await token();
    expect([second.status, second.headers.location, second.body.length]).toEqual([
      201,
      first.headers.location,
      0,
    ]);
    const kept = JSON.stringify(await api.db.query('select * from idempotency'));
    expect(kept).not.toContain((first.json as unknown as { token: string }).token);
    await api.db.query(`update idempotency set at = now() - interval '25 hours' where key = 'a'`);
    await sweepOnce(api.db);
    const left = await api.db.query<{ key: string }>('select key from idempotency order by key');
    expect(left.map(({ key }) => key)).toEqual(['b', 'c', 'd', 'e']);
  });
});
