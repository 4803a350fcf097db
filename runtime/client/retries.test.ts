import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { getEventListeners, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { Client, isPassing, pauseBefore, type Persistence } from './index.ts';

const policy: Persistence = { retries: 3, firstMs: 100, mostMs: 250 };
const now = Date.parse('2026-01-01T00:00:00Z');
const pause = (sent: number, failure: object, chance = 1) => pauseBefore(sent, failure, policy, now, chance);

describe('the pause before a request is sent again', () => {
  it('grows, half of it left to chance, and ends', () => {
    expect([1, 2, 3, 4].map((sent) => pause(sent, { status: 503 }))).toEqual([100, 200, 250, undefined]);
    expect(pause(2, { status: 503 }, 0)).toBe(100);
  });

  it.each([
    ['2', 2000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:00:07 GMT', 7000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['86400', undefined],
    ['soon', 100],
    ['', 100],
  ])('is what Retry-After: %s asks for', (retryAfter, expected) => {
    expect(pause(1, { status: 429, retryAfter })).toBe(expected);
  });

  it('is for what may pass: no connection, 408, 429 and 5xx', () => {
    const statuses = [undefined, 408, 429, 500, 502, 503, 504, 400, 401, 403, 404, 409, 413, 422];
    expect(statuses.filter((status) => isPassing({ status }))).toEqual(statuses.slice(0, 7));
    expect(pause(1, { status: 404, retryAfter: '1' })).toBeUndefined();
  });
});

/** A client of a server that goes through `answers`, one for each request; the last one again and again. */
async function asked<Value>(
  answers: readonly RequestListener[],
  work: (client: Client) => Promise<Value>,
): Promise<{ value?: Value; error?: unknown; requests: number }> {
  let requests = 0;
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests++, answers.length - 1)]!;
    void bodyOf(request).then(() => answer(request, response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const value = await work(new Client({ url: `http://127.0.0.1:${port}`, token: 't', source: 's' }));
    return { value, requests };
  } catch (error) {
    return { error, requests };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function bodyOf(request: IncomingMessage): Promise<void> {
  await request.resume().toArray();
}

const says =
  (status: number, body: object, headers = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
const cut: RequestListener = (_, response) => void response.destroy();
/** In the midst of the body, after the service had done its work. */
const halfway: RequestListener = (_, response) => {
  response.writeHead(200, { 'Content-Length': 100 });
  response.write('{"results"', () => response.destroy());
};
const done = says(200, { results: [{ status: 201 }] });
const quick: Persistence = { retries: 3, firstMs: 1, mostMs: 1 };
const add = (client: Client) => client.addTasks(1, [{}], { persistence: quick });

describe('tasks that are added', () => {
  it.each<[string, RequestListener[]]>([
    ['says 503 and when to come back', [says(503, { detail: 'x' }, { 'Retry-After': '0' })]],
    ['says 500, 429 and 408', [says(500, {}), says(429, {}), says(408, {})]],
    ['is a gateway’s page', [(_, response) => void response.writeHead(502).end('<html>')]],
    ['is cut before and in the midst of the answer', [cut, halfway]],
  ])('are sent again where the answer %s', async (_, failures) => {
    expect(await asked([...failures, done], add)).toEqual({
      value: [{ status: 201 }],
      requests: failures.length + 1,
    });
  });

  it('are sent again so often and no more', async () => {
    const { error, requests } = await asked([says(503, { detail: 'full' })], add);
    expect(requests).toBe(4);
    expect(error).toMatchObject({ message: expect.stringContaining('full') });
  });

  it.each([400, 401, 403, 404, 409, 422])('are not sent again after %d', async (status) => {
    expect(await asked([says(status, {}, { 'Retry-After': '0' }), done], add)).toMatchObject({ requests: 1 });
  });

  it('leave no listener with the signal of who asked', async () => {
    const { signal } = new AbortController();
    const cut: RequestListener = (request) => request.socket.destroy();
    for (const failing of [says(503, {}), cut]) {
      const { requests } = await asked([failing], (client) =>
        client.addTasks(1, [{}], { persistence: quick, signal }),
      );
      expect(requests).toBe(4);
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('are not sent again once the user stops it', async () => {
    const stop = new AbortController();
    const refuse: RequestListener = (request, response) => {
      stop.abort();
      says(503, {}, { 'Retry-After': '600' })(request, response);
    };
    const { requests } = await asked([refuse], (client) =>
      client.addTasks(1, [{}], { persistence: { ...quick, until: stop.signal } }),
    );
    expect(requests).toBe(1);
  });
});
