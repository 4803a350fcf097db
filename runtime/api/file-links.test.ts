import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { type S3Server, startS3Server } from '../../test/support/s3-server.ts';
import { registerArrivals, Workspaces } from '../catalog/index.ts';
import { readConfig } from '../config/index.ts';

let api: TestApi;
withApi((started) => (api = started));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const upload = async (name: string, text: string) => {
  const headers = { 'Content-Type': 'application/octet-stream' };
  return (await api.send('POST', `files/?name=${encodeURIComponent(name)}`, Buffer.from(text), headers)).json;
};
/** As someone from outside follows it. */
const follow = (url: string, init?: RequestInit) =>
  fetch(url.replace(/^http:\/\/[^/]+/, `http://127.0.0.1:${api.port}`), init);
const link = (id: unknown, body: object = {}) => api.send('POST', `files/${id}/link/`, body);

describe('files/{id}/link/', () => {
  it('gives who has it the file without a token, and ranges of it', async () => {
    const file = await upload('scène "1".tif', '0123456789');
    const made = await link(file.id, { seconds: 60 });
    expect(made.status).toBe(201);
    expect(Date.parse(made.json.expires as string) - Date.now()).toBeGreaterThan(30_000);
    const url = String(made.json.url);
    const whole = await follow(url);
    expect([whole.status, whole.headers.get('content-type'), await whole.text()]).toEqual([
      200,
      'image/tiff',
      '0123456789',
    ]);
    expect(whole.headers.get('content-disposition')).toMatch(/^attachment/);
    const range = await follow(url, { headers: { Range: 'bytes=2-4' } });
    expect([range.status, range.headers.get('content-range'), await range.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    expect((await follow(url, { headers: { Range: 'bytes=10-' } })).status).toBe(416);
    const head = await follow(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
    const again = await follow(url, { headers: { 'If-None-Match': whole.headers.get('etag')! } });
    expect(again.status).toBe(304);
  });

  it('is refused when it was changed, and gone when its time or its file is', async () => {
    const file = await upload('a.txt', 'content');
    const url = String((await link(file.id)).json.url);
    const [words, signature] = url.replace(/^.*\//, '').split('.') as [string, string];
    for (const token of [
      ...[`${words}.${signature}x`, `${words}.${signature.slice(0, -1)}`, `A${words}.${signature}`],
      ...[words, `${words}.${signature}.`, 'x.y'],
    ]) {
      const changed = url.replace(/[^/]+$/, token);
      const refused = await follow(changed);
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'SB1202']);
    }
    const workspaces = new Workspaces(api.db, readConfig({ SEED_HOME: api.home }));
    const workspace = (await workspaces.byName('seedbed'))!;
    const old = await follow(await workspace.signedUrl(file.file_path as string, -1));
    expect([old.status, ((await old.json()) as { code: string }).code]).toEqual([410, 'SB1203']);
    await rm(path.join(api.home, 'files', file.file_path as string));
    const gone = await follow(url);
    expect([gone.status, ((await gone.json()) as { code: string }).code]).toEqual([410, 'SB1204']);
    expect((await link(file.id)).status).toBe(410);
    workspaces.close();
  });

  it('is made of files that are there, for a time that makes sense', async () => {
    expect((await link(98_765)).status).toBe(404);
    const file = await upload('b.txt', 'content');
    for (const seconds of [0, -1, 604_801, 1.5, 'x'])
      expect((await link(file.id, { seconds })).status).toBe(400);
    await writeFile(path.join(api.home, 'files', file.file_path as string), 'another');
    expect((await link(file.id)).status).toBe(410);
  });
});

describe('files of a bucket', () => {
  let server: S3Server;
  let workspaces: Workspaces;
  let id: number;
  let broker: object;
  beforeAll(async () => {
    server = await startS3Server();
    await server.client.send(new CreateBucketCommand({ Bucket: 'catalogue' }));
    broker = {
      ...{ type: 's3', bucket_name: 'catalogue', endpoint_url: server.endpoint, prefix: 'data' },
      credentials: {
        access_key_id: server.credentials.accessKeyId,
        secret_access_key: server.credentials.secretAccessKey,
      },
    };
    await api.send('POST', 'workspaces/', { title: 'Bucket', configuration: { broker } });
    workspaces = new Workspaces(api.db, readConfig({ SEED_HOME: api.home }));
    const workspace = (await workspaces.byName('bucket'))!;
    const { size, version } = await workspace.put('2026/scene 1.txt', () => Readable.from(['in a bucket']));
    const arrival = {
      ...{ path: '2026/scene 1.txt', size, version },
      ...{ sha256: sha256('in a bucket'), dataTypes: [] },
    };
    const [registered] = await registerArrivals(api.db, workspace.id, [arrival]);
    id = registered!.id;
  });
  afterAll(async () => {
    workspaces.close();
    await server.stop();
  });

  it('are in a bucket that was looked at when its workspace was judged', async () => {
    const judge = (more: object) =>
      api.send('POST', 'workspaces/validation/', {
        title: 'x',
        configuration: { broker: { ...broker, ...more } },
      });
    expect((await judge({})).json).toEqual({ is_valid: true, errors: [], warnings: [] });
    expect((await judge({ bucket_name: 'nowhere' })).json).toMatchObject({
      is_valid: true,
      warnings: [{ name: 'BUCKET_UNREACHABLE' }],
    });
  });

  it('are answered as those of directories are', async () => {
    const whole = await api.get(`files/${id}/content`);
    expect([whole.status, whole.body.toString(), whole.headers.etag]).toEqual([
      200,
      'in a bucket',
      `"${sha256('in a bucket')}"`,
    ]);
    const range = await api.get(`files/${id}/content`, { Range: 'bytes=5-' });
    expect([range.status, range.body.toString(), range.headers['content-range']]).toEqual([
      206,
      'bucket',
      'bytes 5-10/11',
    ]);
    const head = await api.send('HEAD', `files/${id}/content`);
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '11', 0]);
    expect((await api.get(`files/${id}/content`, { 'If-None-Match': whole.headers.etag! })).status).toBe(304);
  });

  it('have links to the store itself', async () => {
    const url = String((await link(id, { seconds: 60 })).json.url);
    expect(url.startsWith(server.endpoint)).toBe(true);
    expect(await (await fetch(url)).text()).toBe('in a bucket');
  });

  it('are refused when others stand in their place, or none', async () => {
    const workspace = (await workspaces.byName('bucket'))!;
    await workspace.put('2026/scene 1.txt', () => Readable.from(['IN A BUCKET']));
    const changed = await api.get(`files/${id}/content`);
    expect([changed.status, changed.json.detail]).toEqual([410, expect.stringContaining('another file')]);
    await workspace.delete('2026/scene 1.txt');
    const gone = await api.get(`files/${id}/content`);
    expect([gone.status, gone.json.detail]).toEqual([410, expect.stringContaining('not there any more')]);
    expect((await link(id)).status).toBe(410);
  });
});
