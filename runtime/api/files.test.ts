import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { request as startRequest } from 'node:http';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { managedWorkspace } from '../catalog/index.ts';
import { Uploads } from './uploads/uploads.ts';

let api: TestApi;
withApi((started) => (api = started));

const octets = { 'Content-Type': 'application/octet-stream' };
const digest = (bytes: Buffer | string) => `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;
const hex = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
const upload = (name: string, body: Buffer | string, headers: Record<string, string> = {}) =>
  api.send('POST', `files/?name=${encodeURIComponent(name)}`, Buffer.from(body), { ...octets, ...headers });
const waiting = () => readdir(path.join(api.home, 'files/.uploads')).catch(() => [] as string[]);
const filesCount = async () => (await api.get('files/')).json.count;

describe('POST files/', () => {
  it('takes a whole file, and catalogues it with its checksum', async () => {
    const answer = await api.send(
      'POST',
      'files/?name=scene%20%C3%A9.tif&media_type=image/tiff&data_type=raw&data_type=new',
      Buffer.from('content'),
      { ...octets, 'Repr-Digest': digest('content') },
    );
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`/v6/files/${answer.json.id}/`);
    expect(answer.json).toMatchObject({
      file_name: 'scene é.tif',
      media_type: 'image/tiff',
      file_size: 7,
      file_type: 'SOURCE',
      data_type_tags: ['raw', 'new'],
      workspace: { name: 'seedbed' },
    });
    const [row] = await api.db.query('select sha256 from scale_file where id = $1', [answer.json.id]);
    expect(row).toEqual({ sha256: hex('content') });
    const stored = path.join(api.home, 'files', answer.json.file_path as string);
    expect(await readFile(stored, 'utf8')).toBe('content');
    expect(await waiting()).toEqual([]);
    expect((await api.get(`files/${answer.json.id}/`)).json).toEqual(answer.json);
  });

  it('takes names from Content-Disposition, and empty files', async () => {
    const named = (disposition: string) =>
      api.send('POST', 'files/', '', { ...octets, 'Content-Disposition': disposition });
    expect((await named(`attachment; filename="a \\"b\\".txt"`)).json).toMatchObject({
      file_name: 'a "b".txt',
      file_size: 0,
      media_type: 'text/plain',
    });
    expect((await named(`attachment; filename="x"; filename*=UTF-8''%E2%82%AC.csv`)).json.file_name).toBe(
      '€.csv',
    );
  });

  it('keeps files of the same name apart', async () => {
    const [one, two] = [await upload('same.txt', '1'), await upload('same.txt', '2')];
    expect(one.json.id).not.toBe(two.json.id);
    expect((await api.get(`files/${one.json.id}/content`)).body.toString()).toBe('1');
  });

  it.each([
    ['another checksum', 'a.txt', { 'Repr-Digest': digest('other') }, 400, 'SB1131'],
    ['a checksum that is none', 'a.txt', { 'Repr-Digest': 'sha-256=:x:' }, 400, 'SB1128'],
    ['another kind of checksum', 'a.txt', { 'Repr-Digest': 'md5=:AAAA:' }, 400, 'SB1128'],
    ['no name', '', {}, 400, 'SB1128'],
    ['a name with a directory', '../a.txt', {}, 400, 'SB1128'],
    ['a name that is a directory', '..', {}, 400, 'SB1128'],
    ['a name with a backslash', 'a\\b', {}, 400, 'SB1128'],
    ['a name with a line break', 'a\nb', {}, 400, 'SB1128'],
    ['a name that is too long', 'ä'.repeat(128), {}, 400, 'SB1128'],
    ['JSON', 'a.txt', { 'Content-Type': 'application/json' }, 415, 'SB1125'],
    ['a form', 'a.txt', { 'Content-Type': 'multipart/form-data; boundary=x' }, 415, 'SB1125'],
  ])('refuses %s and keeps nothing', async (_, name, headers, status, code) => {
    const before = await filesCount();
    const answer = await upload(name, 'content', headers as Record<string, string>);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(await filesCount()).toBe(before);
    expect(await waiting()).toEqual([]);
  });

  it('refuses what the disk has no room for before it is sent', async () => {
    const answer = await api.send('POST', 'files/uploads/?name=large', undefined, {
      'Upload-Length': `${2 ** 52}`,
    });
    expect([answer.status, answer.json.code]).toEqual([413, 'SB1132']);
    expect(await waiting()).toEqual([]);
  });

  it('keeps nothing of a request that breaks off', async () => {
    const before = await filesCount();
    await new Promise<void>((resolve) => {
      const sending = startRequest({
        host: '127.0.0.1',
        port: api.port,
        method: 'POST',
        path: '/v6/files/?name=broken.bin',
        headers: { Authorization: `Token ${api.token}`, ...octets, 'Content-Length': '1000000' },
      });
      sending.on('error', () => undefined).on('close', resolve);
      sending.write(Buffer.alloc(1000), () => setImmediate(() => sending.destroy()));
    });
    while ((await waiting()).length > 0) await new Promise(setImmediate);
    expect(await filesCount()).toBe(before);
  });
});

describe('uploads in parts', () => {
  const content = Buffer.from(Array.from({ length: 50_000 }, (_, n) => n % 251));
  const begin = async (headers: Record<string, string> = {}, name = 'parts.bin') => {
    const answer = await api.send('POST', `files/uploads/?name=${name}`, undefined, {
      'Upload-Length': `${content.length}`,
      ...headers,
    });
    expect([answer.status, answer.headers['upload-offset']]).toEqual([201, '0']);
    return answer.headers.location!;
  };
  const offsetOf = async (address: string) =>
    Number((await api.send('HEAD', address)).headers['upload-offset']);
  const append = (address: string, offset: number, part: Buffer, headers: Record<string, string> = {}) =>
    api.send('PATCH', address, part, { ...octets, 'Upload-Offset': `${offset}`, ...headers });

  /** Sends the beginning of a part and cuts the connection once the service has some of it. */
  const breakOff = async (address: string, offset: number, bytes: number): Promise<number> => {
    const sending = startRequest({
      host: '127.0.0.1',
      port: api.port,
      method: 'PATCH',
      path: address,
      headers: {
        Authorization: `Token ${api.token}`,
        ...octets,
        'Upload-Offset': `${offset}`,
        'Content-Length': `${content.length - offset}`,
      },
    });
    sending.on('error', () => undefined);
    sending.write(content.subarray(offset, offset + bytes));
    while ((await offsetOf(address)) === offset) await new Promise(setImmediate);
    const closed = new Promise((resolve) => sending.on('close', resolve));
    sending.destroy();
    await closed;
    return offsetOf(address);
  };

  it('go on after killed connections until the file is whole', async () => {
    const address = await begin({ 'Repr-Digest': digest(content) });
    let offset = 0;
    for (const bytes of [10_000, 1, 20_000]) offset = await breakOff(address, offset, bytes);
    expect(offset).toBe(30_001);
    const middle = await append(address, offset, content.subarray(offset, 40_000));
    expect([middle.status, middle.headers['upload-offset']]).toEqual([204, '40000']);
    const last = await append(address, 40_000, content.subarray(40_000));
    expect(last.status).toBe(201);
    expect((await api.get(`files/${last.json.id}/content`)).body.equals(content)).toBe(true);
    const after = await api.send('HEAD', address);
    expect(after.headers).toMatchObject({
      'upload-offset': `${content.length}`,
      location: `/v6/files/${last.json.id}/`,
    });
    const again = await append(address, content.length, Buffer.alloc(0));
    expect([again.status, again.json.id]).toEqual([201, last.json.id]);
  });

  it('go on in another service after the first one was killed', async () => {
    const address = await begin();
    await append(address, 0, content.subarray(0, 20_000));
    const other = new Uploads(api.db, await managedWorkspace(api.db, api.home));
    const id = address.split('/').at(-2)!;
    expect(await other.look(id)).toMatchObject({ offset: 20_000, length: content.length });
    const last = await append(address, 20_000, content.subarray(20_000));
    expect(last.json).toMatchObject({ file_size: content.length });
    expect(await other.look(id)).toMatchObject({ fileId: last.json.id });
  });

  it('are completed when the service was killed between the move of the file and its row', async () => {
    const address = await begin({}, 'moved.bin');
    const id = address.split('/').at(-2)!;
    await append(address, 0, content.subarray(0, 49_999));
    const directory = path.join(api.home, 'files/.uploads', id);
    const record = JSON.parse(await readFile(path.join(directory, 'upload.json'), 'utf8')) as {
      filePath: string;
    };
    // What a killed service leaves: the content whole and moved, its checksum noted, and no row.
    await writeFile(path.join(directory, 'content'), content);
    const target = path.join(api.home, 'files', record.filePath);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(path.join(directory, 'content'), target);
    await writeFile(path.join(directory, 'upload.json'), JSON.stringify({ ...record, sha256: hex(content) }));
    expect(await offsetOf(address)).toBe(content.length);
    const done = await append(address, content.length, Buffer.alloc(0));
    expect(done.status).toBe(201);
    expect((await api.get(`files/${done.json.id}/content`)).body.equals(content)).toBe(true);
  });

  it('are taken over by a new request from one whose sender is gone without a word', async () => {
    const address = await begin({}, 'silent.bin');
    const silent = startRequest({
      host: '127.0.0.1',
      port: api.port,
      method: 'PATCH',
      path: address,
      headers: {
        Authorization: `Token ${api.token}`,
        ...octets,
        'Upload-Offset': '0',
        'Content-Length': '50000',
      },
    });
    silent.on('error', () => undefined).on('response', (response) => response.resume());
    silent.write(content.subarray(0, 1000));
    while ((await offsetOf(address)) < 1000) await new Promise(setImmediate);
    const taken = await append(address, 1000, content.subarray(1000));
    expect(taken.status).toBe(201);
    expect((await api.get(`files/${taken.json.id}/content`)).body.equals(content)).toBe(true);
    silent.destroy();
  });

  it.each([
    ['another offset', '5', content, 409],
    ['a negative offset', '-1', content, 400],
    ['no offset', '', content, 400],
    ['more than was announced', '0', Buffer.concat([content, Buffer.alloc(1)]), 400],
  ])('refuse %s', async (_, offset, part, status) => {
    const address = await begin({}, 'refused.bin');
    const answer = await api.send('PATCH', address, part, { ...octets, 'Upload-Offset': offset });
    expect(answer.status).toBe(status);
    expect(await offsetOf(address)).toBe(0);
    expect((await api.send('DELETE', address)).status).toBe(204);
    expect((await api.send('HEAD', address)).status).toBe(404);
  });

  it('refuse more than was announced also when the length of the body is not said', async () => {
    const address = await begin({}, 'chunked.bin');
    const answer = await append(address, 0, Buffer.concat([content, content]), {
      'Transfer-Encoding': 'chunked',
    });
    expect(answer.status).toBe(400);
    expect(await offsetOf(address)).toBe(0);
  });

  it('with another checksum in the end are thrown away', async () => {
    const address = await begin({}, 'wrong.bin');
    const answer = await append(address, 0, content, { 'Repr-Digest': digest('other') });
    expect([answer.status, answer.json.code]).toEqual([400, 'SB1131']);
    expect((await api.send('HEAD', address)).status).toBe(404);
  });

  it('to which nothing comes are swept, and those that have become files leave those', async () => {
    const [stale, done, fresh] = [
      await begin({}, 'stale'),
      await begin({}, 'done'),
      await begin({}, 'fresh'),
    ];
    const file = await append(done, 0, content);
    const uploads = new Uploads(api.db, await managedWorkspace(api.db, api.home));
    const old = new Date(Date.now() - 48 * 3600 * 1000);
    for (const address of [stale, done]) {
      const directory = path.join(api.home, 'files/.uploads', address.split('/').at(-2)!);
      for (const name of await readdir(directory)) await utimes(path.join(directory, name), old, old);
      await utimes(directory, old, old);
    }
    expect(await uploads.sweep(Date.now() - 24 * 3600 * 1000)).toBe(2);
    expect((await api.send('HEAD', stale)).status).toBe(404);
    expect(await offsetOf(fresh)).toBe(0);
    expect((await api.get(`files/${file.json.id}/content`)).status).toBe(200);
  });
});

describe('GET files/{id}/content', () => {
  const bytes = Buffer.from('0123456789');
  let id: number;
  let at: string;
  const content = (headers: Record<string, string> = {}) => api.get(`files/${id}/content`, headers);
  beforeAll(async () => {
    const { json } = await upload('né "1".html', bytes);
    id = json.id;
    at = path.join(api.home, 'files', json.file_path as string);
  });

  it('is a download that no browser shows', async () => {
    const answer = await content();
    expect([answer.status, answer.body.toString()]).toEqual([200, '0123456789']);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html',
      'content-length': '10',
      'content-disposition': `attachment; filename="n_ _1_.html"; filename*=UTF-8''n%C3%A9%20%221%22.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'accept-ranges': 'bytes',
      etag: `"${hex(bytes)}"`,
    });
    const head = await api.send('HEAD', `files/${id}/content`);
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, '10']);
  });

  it.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=9-9', 206, '9', 'bytes 9-9/10'],
    ['bytes=2-999999999999999999', 206, '23456789', 'bytes 2-9/10'],
    ['bytes=10-', 416, undefined, 'bytes */10'],
    ['bytes=-0', 416, undefined, 'bytes */10'],
    ['bytes=99-100', 416, undefined, 'bytes */10'],
    ['bytes=5-2', 200, '0123456789', undefined],
    ['bytes=-', 200, '0123456789', undefined],
    ['bytes=a-b', 200, '0123456789', undefined],
    ['bytes=0-1,3-4', 200, '0123456789', undefined],
    ['lines=0-1', 200, '0123456789', undefined],
  ])('answers the range %s with %i', async (range, status, text, contentRange) => {
    const answer = await content({ Range: range });
    expect([answer.status, answer.headers['content-range']]).toEqual([status, contentRange]);
    expect(status === 416 ? undefined : answer.body.toString()).toBe(text);
  });

  it('is not sent again to who has it, and a range of another version is the whole', async () => {
    const tag = `"${hex(bytes)}"`;
    expect((await content({ 'If-None-Match': `"x", W/${tag}` })).status).toBe(304);
    expect((await content({ 'If-None-Match': '"x"' })).status).toBe(200);
    expect((await content({ 'If-Range': tag, Range: 'bytes=0-0' })).status).toBe(206);
    expect((await content({ 'If-Range': '"x"', Range: 'bytes=0-0' })).status).toBe(200);
  });

  it('of an empty file is empty, and no range of it can be had', async () => {
    const { json } = await upload('empty', '');
    expect((await api.get(`files/${json.id}/content`)).body.length).toBe(0);
    expect((await api.get(`files/${json.id}/content`, { Range: 'bytes=0-0' })).status).toBe(416);
  });

  it('is gone with the file, and with its place in the catalogue', async () => {
    const { json } = await upload('gone.txt', 'x');
    await rm(path.join(api.home, 'files', json.file_path as string));
    expect((await api.get(`files/${json.id}/content`)).status).toBe(410);
    await api.db.query('update scale_file set is_deleted = true where id = $1', [json.id]);
    expect((await api.get(`files/${json.id}/content`)).status).toBe(410);
    expect((await api.get('files/987654321/content')).status).toBe(404);
  });

  it('is never that of a link, of another file in its place, or of what lies outside', async () => {
    const secret = path.join(api.home, 'secret.txt');
    await writeFile(secret, bytes);
    const { mtime } = await stat(at);
    await rename(at, `${at}.kept`);
    await symlink(secret, at);
    expect((await content()).status).toBe(410);
    await rm(at);
    await writeFile(at, '9876543210');
    await utimes(at, mtime, mtime);
    expect((await content()).status).toBe(410);
    await rename(`${at}.kept`, at);
    expect((await content()).status).toBe(200);
    await api.db.query(`update scale_file set file_path = '../secret.txt', file_stat = null where id = $1`, [
      id,
    ]);
    expect([(await content()).status, (await content()).body.includes('0123')]).toEqual([400, false]);
    await api.db.query(`update scale_file set file_path = 'uploads', file_stat = null where id = $1`, [id]);
    expect((await content()).status).toBe(410);
  });

  it('has a type that is a header, whatever the catalogue says', async () => {
    const { json } = await upload('typed', 'x');
    await api.db.query(`update scale_file set media_type = E'text/x\\r\\nSet-Cookie: a=b' where id = $1`, [
      json.id,
    ]);
    const answer = await api.get(`files/${json.id}/content`);
    expect([answer.status, answer.headers['content-type'], answer.headers['set-cookie']]).toEqual([
      200,
      'application/octet-stream',
      undefined,
    ]);
  });
});

describe('GET files/', () => {
  it('filters, sorts and pages', async () => {
    const ids: number[] = [];
    for (const name of ['list-1.tif', 'list-2.tif', 'list-3.tif'])
      ids.push((await upload(name, name)).json.id);
    await api.db.query(
      `update scale_file set data_started = '2020-01-01Z', data_ended = '2020-01-02Z', source_sensor = 'S1',
         source_collection = 'C', geometry = '{"type":"Point","coordinates":[1,2]}', center_point = '(1,2)' where id = $1`,
      [ids[0]],
    );
    const names = 'file_name=list-1.tif&file_name=list-2.tif&file_name=list-3.tif';
    const list = async (query: string) =>
      (await api.get(`files/?${names}&${query}`)).json.results.map((row) => ids.indexOf(row.id as number));
    const whole = await api.get(`files/?${names}`);
    expect(whole.json.results[0]).toMatchObject({ geometry: 'POINT (1 2)', center_point: 'POINT (1 2)' });
    expect(await list('order=-file_name')).toEqual([2, 1, 0]);
    expect(await list('page_size=2&page=2')).toEqual([2]);
    expect(await list('source_sensor=S1&source_sensor=S2')).toEqual([0]);
    expect(await list('data_started=2019-12-31T00:00:00Z&data_ended=2020-01-03T00:00:00Z')).toEqual([0]);
    expect(await list('data_started=2020-01-01T12:00:00Z')).toEqual([]);
    expect(await list('source_collection=C&source_task=T')).toEqual([]);
    expect(await list('modified_started=PT1H')).toEqual([0, 1, 2]);
    expect(await list('job_id=1')).toEqual([]);
    expect(await list('job_type_name=none')).toEqual([]);
  });
});
