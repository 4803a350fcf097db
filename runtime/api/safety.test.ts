import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { call } from '../../test/support/http.ts';

let api: TestApi;
withApi((started) => (api = started), { SEED_ALLOWED_HOSTS: 'seed.example,.lan', SEED_MAX_BODY_MIB: '0.01' });

const withToken = () => ({ Authorization: `Token ${api.token}` });

describe('every request', () => {
  it.each([
    ['GET', '/v6/jobs/'],
    ['POST', '/v6/jobs/'],
    ['PATCH', '/v6/scheduler/'],
    ['OPTIONS', '/v6/jobs/'],
    ['GET', '/v7/files/1/content'],
    ['GET', '/api/v6/no-such-thing/'],
    ['GET', '/'],
  ])('needs the token: %s %s', async (method, path) => {
    for (const headers of [{}, { Authorization: 'Token wrong' }, { Authorization: `Basic ${api.token}` }]) {
      const answer = await call(api.port, method, path, headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toContain('Token');
    }
  });

  it('is taken with either word before the token, below every prefix, with or without the last slash', async () => {
    for (const prefix of ['/v6', '/v7', '/api/v6', '/api/v7'])
      for (const path of ['/version', '/version/'])
        for (const word of ['Token', 'Bearer']) {
          const answer = await call(api.port, 'GET', prefix + path, {
            Authorization: `${word} ${api.token}`,
          });
          expect([prefix, path, word, answer.status, answer.json]).toEqual([
            prefix,
            path,
            word,
            200,
            { version: '9.8.7', installation: expect.any(String) },
          ]);
        }
  });

  it('may ask whether the service lives without a token, and learns nothing more', async () => {
    const answer = await call(api.port, 'GET', '/livez');
    expect([answer.status, answer.json]).toEqual([200, { status: 'ok' }]);
    expect((await call(api.port, 'POST', '/livez')).status).toBe(405);
  });

  it.each([
    ['localhost', 200],
    ['LOCALHOST:1234', 200],
    ['127.0.0.1', 200],
    ['127.8.9.1:80', 200],
    ['[::1]:8420', 200],
    ['seed.example', 200],
    ['seed.example.', 200],
    ['node7.lan:8420', 200],
    ['lan', 403],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['seed.example.evil.com', 403],
    ['10.1.2.3', 403],
    ['127.0.0.1.evil.com', 403],
    ['a b', 403],
    ['[::1', 403],
  ])('under the host name %j is answered with %i', async (host, status) => {
    const answer = await call(api.port, 'GET', '/v6/version/', { ...withToken(), Host: host });
    expect(answer.status).toBe(status);
    expect(answer.json.version === '9.8.7').toBe(status === 200);
  });

  it.each([
    [{ Origin: 'http://evil.example' }, 403],
    [{ Origin: 'null' }, 403],
    [{ Origin: 'http://localhost:9999' }, 403],
    [{ Origin: 'file://' }, 403],
    [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ 'Sec-Fetch-Site': 'same-site' }, 403],
    [{ 'Sec-Fetch-Site': 'same-origin' }, 200],
    [{ 'Sec-Fetch-Site': 'none' }, 200],
  ])('of a web page with %j is answered with %i', async (headers, status) => {
    const answer = await call(api.port, 'GET', '/v6/version/', { ...withToken(), ...headers } as never);
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('of a page of its own is taken, also for the question without a token that is none', async () => {
    const host = `127.0.0.1:${api.port}`;
    const headers = { ...withToken(), Host: host, Origin: `http://${host}` };
    expect((await call(api.port, 'GET', '/v6/version/', headers)).status).toBe(200);
    expect((await call(api.port, 'GET', '/livez', { Origin: 'http://evil.example' })).status).toBe(403);
  });

  it('is answered with headers that keep browsers from anything', async () => {
    for (const path of ['/v6/version/', '/v6/nothing/', '/livez']) {
      const { headers } = await call(api.port, 'GET', path, withToken());
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });
});

describe('methods and addresses', () => {
  it('HEAD is GET without the body', async () => {
    const [get, head] = [await api.get('version/'), await api.send('HEAD', 'version/')];
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
  });

  it.each([
    ['DELETE', 'jobs/', 'GET, POST, HEAD, OPTIONS'],
    ['PUT', 'scheduler/', 'GET, PATCH, HEAD, OPTIONS'],
    ['GET', 'jobs/cancel/', 'POST, OPTIONS'],
    ['PROPFIND', 'version/', 'GET, HEAD, OPTIONS'],
  ])('%s %s is a 405 that names what is allowed', async (method, path, allow) => {
    const answer = await api.send(method, path);
    expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
  });

  it('OPTIONS names what is allowed', async () => {
    const answer = await api.send('OPTIONS', 'nodes/1/');
    expect([answer.status, answer.headers.allow]).toEqual([204, 'GET, PATCH, HEAD, OPTIONS']);
  });

  it("failures look as Scale's on its routes, and as problem details on ours", async () => {
    const scale = await api.get('jobs/7777/');
    expect(scale.status).toBe(404);
    expect(scale.headers['content-type']).toContain('application/json');
    expect(scale.json).toEqual({ detail: expect.stringContaining('There is no job 7777'), code: 'SB1123' });
    const own = await api.get('jobs/7777/why/');
    expect(own.headers['content-type']).toContain('application/problem+json');
    expect(own.json).toEqual({
      type: 'urn:seedbed:error:not-found',
      title: 'Not found',
      status: 404,
      detail: expect.stringContaining('There is no job 7777'),
      code: 'SB1123',
    });
  });

  it.each([
    'jobs/99999999999999999999/',
    'jobs/9007199254740993/',
    'jobs/9223372036854775807/',
    'jobs/-1/',
    'jobs/1e3/',
    'jobs/0x10/',
    'jobs/ /',
    'jobs/1/executions/99999999999/',
    'jobs/1/executions/9007199254740991/',
    'nodes/99999999999999999999/',
    'files/9007199254740991/',
    'files/uploads/..%2f..%2fetc/',
    'job-types/x/1.0/revisions/9999999999/',
    'job-executions/1/logs/stdin/',
    'job-executions/9007199254740991/logs/stdout/',
    'job-types/%2e%2e/',
    'no-such-thing/',
  ])('%s is a 404', async (path) => {
    const answer = await api.get(path.replaceAll(' ', '%20'));
    expect([path, answer.status]).toEqual([path, 404]);
    expect(answer.body.toString()).not.toMatch(/at .*\.ts:\d|node_modules/);
  });

  it.each([
    'jobs/?job_id=%00',
    'job-types/a%00b/',
    'job-types/%zz/',
    'job-types/%c3%28/',
    'jobs/?job_id=x',
    'jobs/?job_id=1&job_id=-2',
    'jobs/?job_id=9007199254740993',
    'jobs/?page=0',
    'jobs/?page=-1',
    'jobs/?page=99999999999999999999',
    'jobs/?page_size=0',
    'jobs/?page_size=ten',
    'jobs/?status=DONE',
    'jobs/?started=yesterday',
    'jobs/?started=2019-10-14T00:00:00',
    'jobs/?started=2019-13-14T00:00:00Z',
    'jobs/?started=P1Y',
    'jobs/?started=P999999999W',
    'jobs/?started=2020-01-01T00:00:00Z&ended=2019-01-01T00:00:00Z',
    'nodes/?include_inactive=perhaps',
    'load/?started=PT',
    'load/?started=2999-01-01T00:00:00Z',
    'jobs/1/input_files/?time_field=any',
  ])('%s is a 400 that says what is wrong', async (path) => {
    const answer = await api.get(path);
    expect([path, answer.status]).toEqual([path, 400]);
    expect(answer.json.detail).toMatch(/parameter|address/);
  });

  it.each([
    'jobs/?order=password',
    'jobs/?order=constructor',
    'jobs/?order=__proto__',
    'files/?order=sha256',
  ])('%s is in the order without it, and says so', async (path) => {
    const { status, headers } = await api.get(path);
    expect([status, headers.warning]).toEqual([200, expect.stringContaining(path.split('=')[1]!)]);
  });
});

describe('bodies', () => {
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    api.send('POST', 'jobs/', body, { 'Content-Type': 'application/json', ...headers });

  it.each([
    ['text/plain'],
    [''],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data'],
    ['application/json; charset=utf-16'],
    ['application/jsonx'],
  ])('of the type %j are a 415', async (type) => {
    expect((await api.send('POST', 'jobs/', '{}', { 'Content-Type': type })).status).toBe(415);
  });

  it('that are compressed are a 415', async () => {
    expect((await post('{}', { 'Content-Encoding': 'gzip' })).status).toBe(415);
  });

  it.each([
    [''],
    ['{'],
    ['{"input": {},}'],
    ['[1'],
    ['nul'],
    ["{'input': 1}"],
    ['{"input": {"json": {"A": "\\u0000"}}}'],
    ['{"input": {"json": {"\\u0000": 1}}}'],
    ['{"input": {"json": {"A": "\\ud800"}}}'],
    ['{"input": {"json": {"A": 1e999}}}'],
    ['[]'],
    ['null'],
    ['"text"'],
    ['17'],
    ['{}'],
    ['{"input": 1}'],
    ['{"input": {}}'],
    ['{"input": {}, "job_type_id": "1"}'],
    ['{"input": {}, "job_type_id": 1.5}'],
    ['{"input": {}, "job_type_id": 9007199254740993}'],
    ['{"input": {}, "job_type_id": 1, "job_type": {"name": "a", "version": "1"}}'],
    ['{"input": {}, "__proto__": {"job_type_id": 1}}'],
  ])('%s is a 400', async (body) => {
    const answer = await post(body);
    expect([body.slice(0, 80), answer.status]).toEqual([body.slice(0, 80), 400]);
    expect(answer.json.detail).not.toMatch(/at .*\.ts:\d/);
  });

  it.each([
    ['arrays', '['.repeat(4000)],
    ['objects', `{"input": ${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`],
  ])('of deeply nested %s are a 400', async (_, body) => {
    expect((await post(body)).status).toBe(400);
  });

  it('that are not UTF-8 are a 400', async () => {
    expect((await post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).status).toBe(400);
  });

  it('that are too large are a 413, with their length said before or not', async () => {
    const large = JSON.stringify({ input: { json: { A: 'x'.repeat(20_000) } } });
    expect((await post(large)).status).toBe(413);
    expect((await post(large, { 'Transfer-Encoding': 'chunked' })).status).toBe(413);
  });

  it('are asked for only when they will be read (Expect: 100-continue)', async () => {
    const socket = connect(api.port, '127.0.0.1');
    socket.write(
      'POST /v6/jobs/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n' +
        'Content-Length: 2\r\nExpect: 100-continue\r\n\r\n',
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 401 /);
    socket.destroy();
  });

  it('that end early end nothing else', async () => {
    const socket = connect(api.port, '127.0.0.1');
    socket.write(
      `POST /v6/jobs/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token ${api.token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"input"',
    );
    socket.end();
    socket.resume();
    await once(socket, 'close');
    expect((await api.get('version/')).status).toBe(200);
  });
});

describe('the protocol', () => {
  const raw = async (text: string): Promise<string> => {
    const socket = connect(api.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
    socket.end(text);
    await once(socket, 'close');
    return Buffer.concat(chunks).toString();
  };

  it.each([
    [
      'headers that are too large',
      `GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1.1 431/,
    ],
    ['a request without a host', 'GET /livez HTTP/1.1\r\n\r\n', /^HTTP\/1.1 400/],
    [
      'two hosts',
      'GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n',
      /^HTTP\/1.1 (400|200)/,
    ],
    ['no HTTP at all', '\x16\x03\x01\x02', /^HTTP\/1.1 400/],
    ['an old request without a host', 'GET /livez HTTP/1.0\r\n\r\n', /^HTTP\/1.1 403/],
    [
      'the host of an absolute address',
      'GET http://evil.example/livez HTTP/1.1\r\nHost: evil.example\r\n\r\n',
      /^HTTP\/1.1 403/,
    ],
  ])('%s is answered', async (_, text, answer) => {
    expect(await raw(text)).toMatch(answer);
  });
});
