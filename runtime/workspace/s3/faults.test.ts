import { createHash } from 'node:crypto';
import { CreateBucketCommand, ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../test/support/ports.ts';
import { startTestServer } from '../../../test/support/registry-server.ts';
import { type FaultProxy, faultProxy } from '../../../test/support/s3-fault-proxy.ts';
import { type S3Server, startS3Server } from '../../../test/support/s3-server.ts';
import { S3Workspace } from '../index.ts';
import type { S3Limits } from './settings.ts';

const part = 5 * 2 ** 20;
const content = Buffer.alloc(2 * part + 1000, 'content of two parts and a bit ');
const small = Buffer.from('0123456789'.repeat(20_000));
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let server: S3Server;
let proxy: FaultProxy;
const opened: S3Workspace[] = [];
beforeAll(async () => {
  server = await startS3Server();
  proxy = await faultProxy(server.endpoint);
  await server.client.send(new CreateBucketCommand({ Bucket: 'faults' }));
});
afterAll(async () => {
  for (const one of opened) one.close();
  await proxy.close();
  await server.stop();
});

function open(options: object = {}, limits: Partial<S3Limits> = {}): S3Workspace {
  const workspace = new S3Workspace({
    ...{ id: 1, name: 'faulty', bucket: 'faults', endpoint: proxy.endpoint, credentials: server.credentials },
    limits: { partBytes: part, ...limits },
    ...options,
  });
  opened.push(workspace);
  return workspace;
}

const put = (to: S3Workspace, path: string, bytes: Buffer, options = {}) =>
  to.put(path, (from) => Readable.from(pieces(bytes, from)), { size: bytes.length, ...options });
function* pieces(bytes: Buffer, from: number) {
  for (let at = from; at < bytes.length; at += 2 ** 16) yield bytes.subarray(at, at + 2 ** 16);
}
const read = async (from: S3Workspace, path: string) => buffer(await from.open(path));
const uploads = async () =>
  (await server.client.send(new ListMultipartUploadsCommand({ Bucket: 'faults' }))).Uploads ?? [];
const keys = async (Prefix: string) =>
  ((await server.client.send(new ListObjectsV2Command({ Bucket: 'faults', Prefix }))).Contents ?? []).map(
    ({ Key }) => Key,
  );

describe('reading from a store that fails', () => {
  beforeAll(() => put(open(), 'read', small));

  it.each([
    ['is cut', { cutAfter: 70_000 }],
    ['ends too early', { shortTo: 70_000 }],
    ['is a 500', { status: 500, code: 'InternalError' }],
    ['is a 503', { status: 503, code: 'SlowDown' }],
    ['is lost', { lostAnswer: true }],
  ] as const)('goes on where it was when an answer %s', async (_what, fault) => {
    proxy.inject('GET', /^\/faults\/read/, fault, fault);
    expect((await read(open(), 'read')).equals(small)).toBe(true);
  });

  it('gives up on what stays silent, and says so', async () => {
    proxy.inject('GET', /^\/faults\/read/, ...Array.from({ length: 4 }, () => ({ silent: true }) as const));
    await expect(read(open({}, { idleMs: 200, attempts: 2 }), 'read')).rejects.toMatchObject({
      error: 'workspace-unreachable',
      message: expect.stringContaining(proxy.endpoint),
    });
  });

  it('gives up on what is cut each time before a byte comes', async () => {
    proxy.inject('GET', /^\/faults\/read/, ...Array.from({ length: 20 }, () => ({ shortTo: 0 }) as const));
    await expect(read(open({}, { attempts: 2 }), 'read')).rejects.toMatchObject({
      error: 'workspace-unreachable',
    });
    for (;;) if ((await fetch(`${proxy.endpoint}/faults/read`)).status === 403) break;
  });

  it('does not mix two contents', async () => {
    const w = open();
    await put(w, 'changing', small);
    proxy.inject('GET', /^\/faults\/changing/, { cutAfter: 70_000 });
    const stream = await w.open('changing');
    await put(w, 'changing', Buffer.from(small).fill('x'));
    await expect(buffer(stream)).rejects.toMatchObject({
      error: 'file-unusable',
      message: expect.stringContaining('changed or deleted meanwhile'),
    });
  });
});

describe('writing to a store that fails', () => {
  it.each([
    ['a small file', 'small', small],
    ['parts', 'parts', content],
  ])('sends %s again', async (_what, path, bytes) => {
    proxy.inject(
      'PUT',
      new RegExp(`^/faults/${path}`),
      { status: 500, code: 'InternalError' },
      { lostAnswer: true },
    );
    expect(await put(open(), path, bytes)).toMatchObject({ size: bytes.length, sha256: sha256(bytes) });
    expect(sha256(await read(open(), path))).toBe(sha256(bytes));
  });

  it('finds what was completed although the answer was lost', async () => {
    proxy.inject('POST', /^\/faults\/completed\?uploadId/, { lostAnswer: true });
    expect(await put(open(), 'completed', content)).toMatchObject({ size: content.length });
    expect(sha256(await read(open(), 'completed'))).toBe(sha256(content));
  });

  it('stores nothing and leaves no parts when it fails for good', async () => {
    proxy.inject('PUT', /^\/faults\/failed.*partNumber=2/, { status: 403, code: 'AccessDenied' });
    const refused = { error: 'workspace-refused', message: expect.stringContaining('do not permit') };
    await expect(put(open(), 'failed', content)).rejects.toMatchObject(refused);
    const other = sha256(Buffer.from('other'));
    await expect(put(open(), 'failed', content, { sha256: other })).rejects.toMatchObject({
      error: 'content-mismatch',
    });
    await expect(put(open(), 'failed', content, { sha256: other, resume: 'x' })).rejects.toMatchObject({
      error: 'content-mismatch',
    });
    expect([await uploads(), await keys('failed'), await keys('.seedbed')]).toEqual([[], [], []]);
  });

  it('goes on with the parts that are there after a break, also in another process', async () => {
    proxy.inject('PUT', /^\/faults\/resumed.*partNumber=2/, { status: 403, code: 'AccessDenied' });
    const options = { resume: 'ingest 1', sha256: sha256(content) };
    await expect(put(open(), 'resumed', content, options)).rejects.toMatchObject({
      error: 'workspace-refused',
    });
    expect((await uploads()).map(({ Key }) => Key)).toEqual(['resumed']);
    const starts: number[] = [];
    const source = (from: number) => {
      starts.push(from);
      return Readable.from(pieces(content, from));
    };
    const before = proxy.requests.length;
    await open().put('resumed', source, { size: content.length, ...options });
    expect(starts).toEqual([part]);
    const sent = proxy.requests.slice(before).filter((one) => one.startsWith('PUT /faults/resumed'));
    expect(sent.map((one) => /partNumber=(\d)/.exec(one)?.[1])).toEqual(['2', '3']);
    expect(sha256(await read(open(), 'resumed'))).toBe(sha256(content));
    expect([await uploads(), await keys('.seedbed')]).toEqual([[], []]);
  });

  it('keeps two parts in memory, whatever the size', async () => {
    let most = 0;
    let taken = 0;
    const total = 12 * part;
    const source = () =>
      Readable.from(
        (function* () {
          for (; taken < total; taken += 2 ** 20) {
            const stored = proxy.requests.filter((one) => one.startsWith('PUT /faults/large')).length * part;
            most = Math.max(most, taken - stored);
            yield Buffer.alloc(2 ** 20);
          }
        })(),
      );
    await open().put('large', source, { size: total });
    expect(most).toBeLessThan(4 * part);
  });
});

describe('copying', () => {
  it('is done part by part where one request cannot', async () => {
    const w = open({}, { copyBytes: part });
    await put(w, 'to copy', content);
    const before = proxy.requests.length;
    expect(await w.copy('to copy', 'copies/ü +')).toMatchObject({ size: content.length });
    expect(proxy.requests.slice(before).filter((one) => one.includes('partNumber='))).toHaveLength(3);
    expect(sha256(await read(w, 'copies/ü +'))).toBe(sha256(content));
  });
});

describe('a bucket that cannot be used', () => {
  const refused = (reason: RegExp) => ({
    error: 'workspace-refused',
    message: expect.stringMatching(reason),
  });
  const everything = (w: S3Workspace) => [
    () => w.look(),
    () => w.list().next(),
    () => w.stat('x'),
    () => put(w, 'x', small),
  ];

  it.each([
    ['is not there', { bucket: 'nowhere' }, /no bucket nowhere/],
    ['is not ours', () => ({ credentials: server.stranger }), /do not permit/],
    [
      'does not know us',
      { credentials: { accessKeyId: 'NOBODY', secretAccessKey: 'x' } },
      /does not know the access key|do not permit/,
    ],
    [
      'has another secret',
      () => ({ credentials: { ...server.credentials, secretAccessKey: 'x' } }),
      /secret key is not that|do not permit/,
    ],
  ])('because it %s says so', async (_what, options, reason) => {
    const w = open(typeof options === 'function' ? options() : options);
    for (const act of everything(w)) await expect(act()).rejects.toMatchObject(refused(reason));
  });

  it('because it is in another region says so', async () => {
    proxy.inject('GET', /^\/faults\/?\?/, { status: 301, code: 'PermanentRedirect' });
    await expect(open().look()).rejects.toMatchObject(refused(/another region/));
  });

  it.each([
    [
      'a web page',
      200,
      '<!doctype html><html><head><meta charset="utf-8"><title>Console</title></head><body>hi',
    ],
    ['a web page that refuses', 403, '<html><body>Forbidden<br></body></html>'],
    ['plain text', 404, 'no such page'],
    ['JSON', 404, '{"detail":"Not found."}'],
  ])('because %s answers in the place of a store says so', async (_what, status, body) => {
    const pages = await startTestServer(() => ({ status, body, headers: { 'content-type': 'text/html' } }));
    try {
      await expect(open({ endpoint: pages.url }, { attempts: 1 }).look()).rejects.toMatchObject(
        refused(/does not speak S3/),
      );
    } finally {
      await pages.stop();
    }
  });

  it('because a gateway before it has trouble is tried again later, and the page of that is not shown', async () => {
    const body = '<html><body><hr>Bad Gateway</body></html>';
    const gateway = await startTestServer(() => ({ status: 502, body }));
    try {
      await expect(open({ endpoint: gateway.url }, { attempts: 1 }).look()).rejects.toMatchObject({
        error: 'workspace-unreachable',
        message: expect.stringMatching(/cannot be reached: it answers 502/),
      });
    } finally {
      await gateway.stop();
    }
  });

  it('because nothing answers says so', async () => {
    const w = open({ endpoint: `http://127.0.0.1:${await freePort()}` }, { attempts: 1 });
    for (const act of everything(w))
      await expect(act()).rejects.toMatchObject({
        error: 'workspace-unreachable',
        message: expect.stringMatching(/ECONNREFUSED/),
      });
  });
});

describe('a presigned URL', () => {
  it('opens one file for its time, ranges of it too, and nothing else', async () => {
    const w = open({ endpoint: server.endpoint });
    await put(w, 'signed/ü +"1".tif', small);
    await put(w, 'signed/other', small);
    const url = await w.signedUrl('signed/ü +"1".tif', 60);
    const [whole, range] = [await fetch(url), await fetch(url, { headers: { Range: 'bytes=3-5' } })];
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, small.length]);
    expect([range.status, await range.text()]).toEqual([206, '345']);
    for (const changed of [
      url.replace('signed/', 'signed/other?x='),
      url.replace('Expires=60', 'Expires=6000'),
    ])
      expect((await fetch(changed)).status).toBe(403);
    const old = new URL(url);
    expect(old.searchParams.get('X-Amz-Expires')).toBe('60');
  });
});
