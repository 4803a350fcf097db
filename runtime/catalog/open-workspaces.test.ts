import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import { readConfig } from '../config/index.ts';
import type { Database } from '../database/index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';
import { localWorkspace, readLink, Workspaces } from './index.ts';

let db: Database;
withDatabase((connected) => (db = connected));

let home: string;
let workspaces: Workspaces;
beforeAll(async () => {
  home = await realpath(await mkdtemp(path.join(tmpdir(), 'seedbed-open-workspaces-')));
  workspaces = new Workspaces(db, config());
});
afterAll(async () => {
  workspaces.close();
  await rm(home, { recursive: true });
});
const config = () => readConfig({ SEED_HOME: home, SEED_URL: 'https://seed.example.org' });

async function insert(name: string, broker: object): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `insert into workspace (name, json_config, base_url) values ($1, $2, 'https://files.example.org') returning id`,
    [name, { version: '7', broker }],
  );
  return row!.id;
}

describe('Workspaces', () => {
  it('opens a workspace once, by its id or name', async () => {
    const id = await insert('data', { type: 'host', host_path: home });
    const opened = await workspaces.byId(id);
    expect(opened).toMatchObject({ id, name: 'data', kind: 'host', baseUrl: 'https://files.example.org' });
    expect(await workspaces.byName('data')).toBe(opened);
    await opened!.put('a', () => Readable.from(['x']));
    expect((opened as LocalWorkspace).hostPath('a')).toBe(path.join(home, 'a'));
    expect((await workspaces.byId((await localWorkspace(db)).id))!.kind).toBe('host');
  });

  it('opens it anew when its row says something else', async () => {
    const id = await insert('moving', { type: 'host', host_path: path.join(home, 'one') });
    const opened = await workspaces.byId(id);
    await db.execute(
      `update workspace set json_config = jsonb_set(json_config, '{broker,host_path}', $2) where id = $1`,
      [id, JSON.stringify(path.join(home, 'two'))],
    );
    const again = (await workspaces.byId(id)) as LocalWorkspace;
    expect(again).not.toBe(opened);
    expect(again.hostPath('a')).toBe(path.join(home, 'two/a'));
  });

  it('knows none of another name, id or kind', async () => {
    expect(await workspaces.byId(999_999)).toBeUndefined();
    expect(await workspaces.byName('none')).toBeUndefined();
    expect(await workspaces.byId(await insert('odd', { type: 'tape' }))).toBeUndefined();
  });

  it('makes links that it reads again, and no others', async () => {
    await insert('linked', { type: 'host', host_path: home });
    const url = await (await workspaces.byName('linked'))!.signedUrl('a/ü "1".tif', 60);
    const token = /^https:\/\/seed\.example\.org\/links\/([\w.-]+)$/.exec(url)![1]!;
    const link = await readLink(config(), token);
    expect(link).toMatchObject({ workspace: 'linked', path: 'a/ü "1".tif' });
    expect(link.expires - Date.now() / 1000).toBeGreaterThan(30);
    const expired = expect.objectContaining({ error: 'link-expired' });
    await expect(readLink(config(), token, link.expires)).rejects.toEqual(expired);
    await readLink(config(), token, link.expires - 1);
    const [words, signature] = token.split('.') as [string, string];
    const other = Buffer.from(JSON.stringify(['linked', 'b', link.expires])).toString('base64url');
    for (const changed of [
      ...[`${other}.${signature}`, words, `${words}.`, `.${signature}`, `${token}.`, `${token}=`, '', 'x.y'],
      ...[`${words}.${signature.slice(1)}`, `${words}.A${signature.slice(1)}x`, `${words}=.${signature}`],
    ])
      await expect(readLink(config(), changed)).rejects.toMatchObject({ error: 'link-invalid' });
    const foreign = readConfig({ SEED_HOME: home, SEED_SECRET_KEY: Buffer.alloc(32, 1).toString('base64') });
    await expect(readLink(foreign, token)).rejects.toMatchObject({ error: 'link-invalid' });
  });
});
