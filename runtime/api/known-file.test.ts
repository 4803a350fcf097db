import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';

let api: TestApi;
withApi((started) => (api = started));

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
const upload = async (name: string, content: string) => {
  const type = { 'Content-Type': 'application/octet-stream' };
  return (await api.send('POST', `files/?name=${name}`, Buffer.from(content), type)).json;
};
const known = async (name: string, content: string) =>
  (await api.get(`files/known/?sha256=${sha256(content)}&file_name=${name}`)).json;

describe('GET files/known/', () => {
  it('finds the oldest file of a content and name, as long as its content is there', async () => {
    const [two, one] = [await upload('a.txt', 'content'), await upload('a.txt', 'content')];
    await upload('a.txt', 'other');
    expect(await known('a.txt', 'content')).toEqual({ file: two });
    const place = path.join(api.home, 'files', two.file_path as string);
    await rename(place, `${place}.gone`);
    expect(await known('a.txt', 'content')).toEqual({ file: one });
    await api.db.query('update scale_file set is_deleted = true, deleted = now() where id = $1', [one.id]);
    expect(await known('a.txt', 'content')).toEqual({ file: null });
    expect(await known('b.txt', 'content')).toEqual({ file: null });
  });

  it('takes nothing else, and is found by an index', async () => {
    for (const query of ['', '?sha256=xyz&file_name=a', `?sha256=${sha256('')}`])
      expect((await api.get(`files/known/${query}`)).status).toBe(400);
    const plan = await api.db.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      return tx.query(`explain select id from scale_file where sha256 = '${sha256('')}'`);
    });
    expect(JSON.stringify(plan)).toContain('scale_file_content');
  });
});
