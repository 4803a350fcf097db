import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { sha256 } from '../../test/support/cli-files.ts';
import { type CuttingProxy, cuttingProxy } from '../../test/support/cutting-proxy.ts';
import { manifestDocument } from '../../test/support/manifest.ts';
import { Client, ServiceRefusal } from './index.ts';

let api: TestApi;
withApi((started) => (api = started));

let desk: string;
beforeAll(async () => {
  desk = await mkdtemp(path.join(tmpdir(), 'seedbed-client-'));
});
afterAll(() => rm(desk, { recursive: true }));

const at = (port: number, token = api.token) =>
  new Client({ url: `http://127.0.0.1:${port}`, token, source: 'SEED_TOKEN' });

/** A client whose connections are cut. */
async function through<Value>(
  limits: readonly number[],
  direction: 'up' | 'down',
  work: (client: Client, proxy: CuttingProxy) => Promise<Value>,
): Promise<Value> {
  const proxy = await cuttingProxy(api.port, limits, direction);
  try {
    return await work(at(proxy.port), proxy);
  } finally {
    await proxy.close();
  }
}

/** A client of a server that is none of ours. */
async function of<Value>(
  listener: RequestListener,
  work: (client: Client) => Promise<Value>,
): Promise<Value> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work(at((server.address() as { port: number }).port));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const content = Buffer.from(Array.from({ length: 200_000 }, (_, n) => `line ${n}\n`).join(''));

describe('an upload', () => {
  it.each([0, 1, content.length])('of %d bytes arrives whole', async (size) => {
    const file = path.join(desk, `size-${size}`);
    await writeFile(file, content.subarray(0, size));
    const { file: row, sha256: checksum } = await at(api.port).upload(file, 'a b ü.txt');
    expect(row).toMatchObject({ file_name: 'a b ü.txt', file_size: size });
    expect(checksum).toBe(sha256(content.subarray(0, size)));
    expect(await at(api.port).checksum(row.id)).toBe(checksum);
  });

  it('goes on where it was cut', async () => {
    const file = path.join(desk, 'cut');
    await writeFile(file, content);
    const row = await through([700_000, 600_000, 500_000], 'up', async (client, proxy) => {
      const { file: uploaded } = await client.upload(file, 'cut.txt');
      expect(proxy.cuts).toBe(3);
      return uploaded;
    });
    const back = path.join(desk, 'back');
    await at(api.port).download(row.id, back);
    expect(sha256(await readFile(back))).toBe(sha256(content));
  });

  it('is given up when nothing gets through', async () => {
    const file = path.join(desk, 'stuck');
    await writeFile(file, content);
    await through(
      Array.from({ length: 40 }, () => 0),
      'up',
      async (client) => {
        await expect(client.upload(file, 'stuck')).rejects.toMatchObject({ error: 'service-unreachable' });
      },
    );
  });
});

describe('a download', () => {
  it('goes on where it was cut, and leaves nothing else', async () => {
    const file = path.join(desk, 'down');
    await writeFile(file, content);
    const { file: row } = await at(api.port).upload(file, 'down.txt');
    const target = path.join(await mkdtemp(path.join(desk, 'd-')), 'target');
    await through([500_000, 700_000, 300_000], 'down', async (client, proxy) => {
      await client.download(row.id, target);
      expect(proxy.cuts).toBe(3);
    });
    expect(sha256(await readFile(target))).toBe(sha256(content));
    expect(await readdir(path.dirname(target))).toEqual(['target']);
  });

  it('of what is not there is refused', async () => {
    await expect(at(api.port).download(987_654, path.join(desk, 'no'))).rejects.toMatchObject({
      error: 'not-found',
    });
  });
});

describe('a followed log', () => {
  it('loses and repeats no byte when its connection is cut, and says so', async () => {
    const type = await api.send('POST', 'job-types/', { docker_image: 'x:1', manifest: manifestDocument() });
    const job = await api.send('POST', 'jobs/', { job_type_id: type.json.id, input: {} });
    const [row] = await api.db.query<{ id: number }>(
      `insert into job_exe (job_id, exe_num, status, runtime, node, queued, job_type_id)
       select id, 1, 'RUNNING', 'r', 'here', now(), job_type_id from job where id = $1 returning id`,
      [job.json.id],
    );
    const whole = content.subarray(0, 300_001);
    const writer = api.logs.writer(row!.id, { resume: false });
    const writing = (async () => {
      for (let from = 0; from < whole.length; from += 4999)
        await writer.write({ stream: 'stdout', data: whole.subarray(from, from + 4999) });
      await writer.end();
      await api.db.query(`update job_exe set status = 'COMPLETED', ended = now() where id = $1`, [row!.id]);
    })();
    const pieces: Buffer[] = [];
    await through([20_000, 90_000, 40_000, 1], 'down', async (client, proxy) => {
      for await (const { data } of client.followLog(row!.id, 'combined')) pieces.push(data);
      expect(proxy.cuts).toBe(4);
    });
    await writing;
    expect(Buffer.concat(pieces).equals(whole)).toBe(true);
  });
});

describe('any operation', () => {
  it('is asked for by its name, and answered with what it has: JSON, nothing, or bytes', async () => {
    const client = at(api.port);
    const file = path.join(desk, 'none');
    await writeFile(file, '');
    const { file: row } = await client.upload(file, 'none');
    const content = await client.call('GET /files/{id}/content', { path: { id: row.id } });
    expect([content.status, await content.text()]).toEqual([200, '']);
    const { answer, status, headers } = await client.exchange('GET /files/{id}', { path: { id: row.id } });
    expect([answer.file_name, status, headers.get('content-type')]).toEqual([
      'none',
      200,
      expect.stringMatching('json'),
    ]);
    expect(await client.call('GET /livez')).toBeDefined();
    const body = { username: 'robot' };
    const made = await client.exchange('POST /accounts/users', { body, idempotencyKey: 'once' });
    const again = await client.exchange('POST /accounts/users', { body, idempotencyKey: 'once' });
    expect([made.status, again.answer.id]).toEqual([201, made.answer.id]);
    expect(
      await client.call('DELETE /accounts/users/{id}', { path: { id: made.answer.id } }),
    ).toBeUndefined();
  });

  it('that lists something gives all rows, by pages of either kind', async () => {
    const client = at(api.port);
    const file = path.join(desk, 'row');
    await writeFile(file, 'row');
    for (const name of ['r1', 'r2', 'r3']) await client.upload(file, name);
    const names: string[] = [];
    const query = { file_name: ['r1', 'r2', 'r3'], page_size: 2 };
    for await (const row of client.rows('GET /files', { query })) names.push(row.file_name);
    expect(names).toEqual(['r1', 'r2', 'r3']);
    const { count } = await client.call('GET /errors', { query: { page_size: 1 } });
    const errors = new Set<number>();
    for await (const error of client.rows('GET /errors', { query: { page_size: 30 } })) errors.add(error.id);
    expect(count).toBeGreaterThan(60);
    expect(errors.size).toBe(count);
  });
});

describe('what the client throws', () => {
  it('is what the service said, with every finding', async () => {
    const type = await api.send('POST', 'job-types/', {
      docker_image: 'y:1',
      manifest: manifestDocument({
        name: 'strict',
        interface: {
          inputs: {
            files: [],
            json: [
              { name: 'ONE', type: 'integer' },
              { name: 'TWO', type: 'integer' },
            ],
          },
        },
      }),
    });
    const refused = await at(api.port)
      .submitJob({ job_type_id: type.json.id, input: { json: { ONE: 'x' } } }, 'a-key')
      .catch((thrown: unknown) => thrown as ServiceRefusal);
    expect(refused).toBeInstanceOf(ServiceRefusal);
    const { error, exit, findings, sentence } = refused as ServiceRefusal;
    expect({ error, exit }).toEqual({ error: 'invalid-job', exit: 2 });
    expect(findings.map(({ description }) => description).join()).toMatch(/ONE[^]*TWO/);
    expect(sentence).toMatch(/ONE[^]*TWO/);
  });

  it('names a wrong token', async () => {
    await expect(at(api.port, 'another-token-of-ours').nodes()).rejects.toMatchObject({
      error: 'token-refused',
      parameters: { source: 'SEED_TOKEN' },
    });
  });

  it.each<[string, RequestListener, string]>([
    ['another server', (_, response) => response.end('<html>'), 'service-answer-invalid'],
    [
      'another server that refuses',
      (_, response) => response.writeHead(403).end('no'),
      'service-answer-invalid',
    ],
    ['a failure', (_, response) => response.writeHead(500).end('{"detail": "bad day"}'), 'service-failed'],
    [
      'a refusal of a newer service',
      (_, response) => response.writeHead(400).end('{"code": "SB9999"}'),
      'request-refused',
    ],
    ['a service that hangs up', (request) => request.socket.destroy(), 'service-unreachable'],
  ])('names %s', async (_, listener, error) => {
    await of(listener, async (client) => {
      await expect(client.nodes()).rejects.toMatchObject({ error });
    });
  });

  it('is nothing when a request that may be repeated gets through at last', async () => {
    let count = 0;
    const listener: RequestListener = (request, response) => {
      count += 1;
      if (count < 3) request.socket.destroy();
      else response.end('{"count": 0, "results": []}');
    };
    await of(listener, async (client) => {
      expect(await client.nodes()).toMatchObject({ count: 0 });
    });
    expect(count).toBe(3);
  });

  it('comes at once for a request that may not be repeated', async () => {
    let count = 0;
    await of(
      (request) => {
        count += 1;
        request.socket.destroy();
      },
      async (client) => {
        await expect(client.requeue({ job_ids: [1] })).rejects.toMatchObject({
          error: 'service-unreachable',
        });
      },
    );
    expect(count).toBe(1);
  });
});
