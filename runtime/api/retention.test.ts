import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { TestFiles } from '../../test/support/retention.ts';
import { localWorkspace } from '../catalog/index.ts';

let api: TestApi;
withApi((started) => (api = started));
let files: TestFiles;
beforeAll(async () => {
  files = await TestFiles.open(api.db, 'kept');
});
afterAll(() => rm(files.root, { recursive: true }));

describe('retention-rules/', () => {
  it('are made, shown, changed and removed', async () => {
    const made = await api.send('POST', 'retention-rules/', {
      workspace: 'kept',
      data_type: 'scene',
      keep_days: 30,
    });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      workspace: { id: files.workspace.id, name: 'kept' },
      data_type: 'scene',
      keep_days: 30,
      keep_superseded: true,
      is_active: true,
    });
    const self = String(made.headers.location);
    expect((await api.get(self)).json).toEqual(made.json);
    expect((await api.send('PATCH', self, { keep_days: null, keep_superseded: false })).json).toMatchObject({
      keep_days: null,
      keep_superseded: false,
    });
    expect((await api.get('retention-rules/')).json).toMatchObject({
      count: 1,
      results: [{ id: made.json.id }],
    });
    expect((await api.send('DELETE', self)).status).toBe(204);
    expect((await api.get(self)).status).toBe(404);
    expect((await api.send('PATCH', self, {})).status).toBe(404);
    expect((await api.send('DELETE', self)).status).toBe(404);
  });

  it('are refused, with the reason', async () => {
    const refused = async (body: object) => (await api.send('POST', 'retention-rules/', body)).json;
    expect(await refused({ workspace: 'nowhere' })).toMatchObject({ code: 'SB1271' });
    const { name } = await localWorkspace(api.db);
    expect(await refused({ workspace: name })).toMatchObject({ code: 'SB1272' });
    expect(await refused({ workspace: 'kept', keep_days: -1 })).toMatchObject({ status: 400 });
    const first = await api.send('POST', 'retention-rules/', { workspace: files.workspace.id });
    expect(await refused({ workspace: 'kept' })).toMatchObject({ code: 'SB1273', status: 409 });
    await api.send('DELETE', `retention-rules/${first.json.id}/`);
  });

  it('say what would go, and go over the catalogue on demand', async () => {
    const id = await files.source('old.txt');
    await api.db.query(`update scale_file set created = now() - interval '9 days' where id = $1`, [id]);
    const draft = { workspace: 'kept', keep_days: 5 };
    const tried = await api.send('POST', 'retention-rules/dry-run/', draft);
    expect(tried.json).toMatchObject({
      goes: { files: 1, bytes: 7, examples: [{ id, reason: 'the given rule' }] },
    });
    expect((await api.send('POST', 'retention-rules/dry-run/', {})).json).toMatchObject({
      goes: { files: 0 },
    });
    expect((await api.send('POST', 'retention-rules/dry-run/', { keep_days: 5 })).status).toBe(400);
    await api.send('POST', 'retention-rules/', draft);
    expect((await api.send('POST', 'retention-rules/pass/')).status).toBe(202);
    await files.sweep();
    expect((await api.get('retention-rules/pass/')).json).toMatchObject({
      files: 1,
      bytes: 7,
      requested: null,
    });
    expect(await files.there()).toEqual([]);
    expect((await api.get(`files/${id}/`)).json).toMatchObject({ is_deleted: true });
  });
});

describe('files/{id}/hold/', () => {
  it('is set, shown and ended', async () => {
    const id = await files.source('held.txt');
    const hold = `files/${id}/hold/`;
    expect((await api.get(hold)).status).toBe(404);
    expect((await api.send('PUT', hold, { reason: 'evidence' })).json).toMatchObject({
      file_id: id,
      reason: 'evidence',
    });
    expect((await api.get(hold)).json).toMatchObject({ reason: 'evidence' });
    expect((await api.send('POST', 'files/purge-source/', { file_id: id })).status).toBe(409);
    expect((await api.send('DELETE', hold)).status).toBe(204);
    expect((await api.send('DELETE', hold)).status).toBe(404);
    expect((await api.send('PUT', 'files/987654/hold/', { reason: 'x' })).status).toBe(404);
  });
});

describe('files/purge-source/', () => {
  it('begins as on Scale, and can be followed', async () => {
    const id = await files.source('source.txt');
    const plan = await api.send('POST', 'files/purge-source/?dry_run=true', { file_id: id });
    expect(plan.json).toMatchObject({ files: 1, contents: 0, kept: { contents: 1 }, examples: [{ id }] });
    expect((await api.get(`files/${id}/`)).status).toBe(200);
    const begun = await api.send('POST', 'files/purge-source/', { file_id: id });
    expect([begun.status, begun.body.length]).toEqual([204, 0]);
    const self = String(begun.headers.location);
    expect((await api.get(self)).json).toMatchObject({
      phase: 'COLLECT',
      file: { id, file_name: 'source.txt' },
    });
    await files.sweep();
    expect((await api.get(self)).json).toMatchObject({ phase: 'DONE', report: plan.json });
    expect((await api.get('purges/')).json).toMatchObject({ count: 1, results: [{ phase: 'DONE' }] });
    expect((await api.get(`files/${id}/`)).status).toBe(404);
    const again = await api.send('POST', 'files/purge-source/', { file_id: id });
    expect(again).toMatchObject({ status: 400, json: { code: 'SB1270', detail: expect.any(String) } });
  });

  it.each([{}, { file_id: 'x' }, { file_id: 0 }])('refuses %j', async (body) => {
    expect((await api.send('POST', 'files/purge-source/', body)).status).toBe(400);
  });
});

describe('removals/', () => {
  it('shows what could not be removed, which can be given up', async () => {
    const id = await files.source('purged.txt');
    await api.send('POST', 'files/purge-source/', { file_id: id, delete_content: true });
    const other = await TestFiles.open(api.db);
    await other.sweep();
    await rm(other.root, { recursive: true });
    const page = await api.get('removals/?has_problem=true&workspace=kept');
    expect(page.json).toMatchObject({
      count: 1,
      results: [{ file: { id }, problem: 'its workspace cannot be reached from here', tries: 1 }],
    });
    expect((await api.get('removals/?has_problem=false')).json).toMatchObject({ count: 0 });
    const self = `removals/${page.json.results[0]!.id}/`;
    expect((await api.send('DELETE', self)).status).toBe(204);
    expect((await api.send('DELETE', self)).status).toBe(404);
    expect(await files.there()).toContain('purged.txt');
  });
});
