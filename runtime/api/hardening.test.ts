import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi, withApi } from '../../test/support/api.ts';
import { call } from '../../test/support/http.ts';

let api: TestApi;
withApi(
  (started) => (api = started),
  { SEED_ALLOWED_ORIGINS: 'https://maps.example.org, http://localhost:3000' },
  { slowness: { headersMs: 300, bodyMs: 300, idleMs: 400 } },
);

describe('web pages of other origins', () => {
  const ask = (method: string, headers: Record<string, string>) =>
    call(api.port, method, '/v6/version/', { Host: 'localhost', ...headers });

  it('that are allowed may ask, with a token and without anything that a browser adds', async () => {
    const Origin = 'https://maps.example.org';
    const asked = {
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'authorization',
    };
    const preflight = await ask('OPTIONS', { Origin, ...asked });
    expect([preflight.status, preflight.headers]).toEqual([
      204,
      expect.objectContaining({
        'access-control-allow-origin': Origin,
        'access-control-allow-methods': expect.stringContaining('PATCH'),
        'access-control-allow-headers': expect.stringContaining('Authorization'),
        vary: expect.stringContaining('Origin'),
      }),
    ]);
    const refused = await ask('GET', { Origin });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, Origin]);
    const taken = await ask('GET', {
      Origin,
      'Sec-Fetch-Site': 'cross-site',
      Authorization: `Token ${api.token}`,
    });
    expect([taken.status, taken.headers['access-control-allow-origin']]).toEqual([200, Origin]);
    for (const { headers } of [preflight, refused, taken])
      expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  it.each([
    'https://evil.example',
    'http://maps.example.org',
    'https://maps.example.org.evil.com',
    'null',
    '*',
  ])('such as %s may not, nor learn what they could', async (Origin) => {
    for (const method of ['OPTIONS', 'GET']) {
      const answer = await ask(method, {
        Origin,
        'Access-Control-Request-Method': 'GET',
        Authorization: `Token ${api.token}`,
      });
      expect([answer.status, answer.json.code]).toEqual([403, 'SB1122']);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('a client that is too slow', () => {
  const begin = `POST /v6/accounts/users/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
  const body = () => `Authorization: Token ${api.token}\r\nContent-Length: 500\r\n\r\n{"input"`;

  /** Sends a beginning, then a byte now and then for as long as the connection lasts. @returns all that was answered */
  async function drip(text: string, everyMs: number): Promise<string> {
    const socket = connect(api.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString())).on('error', () => undefined);
    socket.write(text);
    const dripping = setInterval(() => socket.write('x'), everyMs);
    await once(socket, 'close').finally(() => clearInterval(dripping));
    return answer;
  }

  it('with its headers is cut off, whether it goes on or not', async () => {
    for (const everyMs of [50, 1e6]) expect(await drip(begin, everyMs)).toMatch(/^(HTTP\/1.1 408|$)/);
  });

  it('with its body is cut off, whether it goes on or not', async () => {
    for (const everyMs of [50, 1e6]) expect(await drip(begin + body(), everyMs)).toMatch(/^(HTTP\/1.1 4|$)/);
    expect((await api.get('version/')).status).toBe(200);
  });
});

describe('--insecure', () => {
  let open: TestApi;
  beforeAll(async () => {
    open = await startApi(api.db, {}, { insecure: true });
  });
  afterAll(() => open.close());
  const ask = (path: string, headers: Record<string, string> = {}) =>
    call(open.port, 'GET', path, { Host: 'localhost', ...headers });

  it('lets in whoever sends no token, and still neither a wrong one nor other web pages', async () => {
    const profile = await ask('/v6/accounts/profile/');
    expect(profile.json).toMatchObject({ username: 'anonymous', role: 'admin' });
    expect((await ask('/v6/jobs/', { Authorization: 'Token wrong' })).status).toBe(401);
    expect((await ask('/v6/jobs/', { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask('/v6/jobs/', { Host: 'evil.example' })).status).toBe(403);
  });
});
