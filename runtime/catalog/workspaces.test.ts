import { mkdtemp, realpath, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import type { Database } from '../database/index.ts';
import { localWorkspace, managedWorkspace, workspaceById } from './index.ts';

let db: Database;
withDatabase((connected) => (db = connected));

let home: string;
beforeAll(async () => {
  home = await realpath(await mkdtemp(path.join(tmpdir(), 'seedbed-workspaces-')));
});
afterAll(() => rm(home, { recursive: true }));

describe('managedWorkspace', () => {
  it('is one row and one private directory, whoever asks first', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => managedWorkspace(db, home)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(all[0]!.name).toBe('seedbed');
    expect(all[0]!.hostPath('a/b.txt')).toBe(path.join(home, 'files/a/b.txt'));
    const found = await stat(path.join(home, 'files'));
    expect(found.mode & 0o777).toBe(0o700);
  });

  it('stays where its files are, also for another home, and follows a home that was moved', async () => {
    const { id } = await managedWorkspace(db, home);
    const other = path.join(home, 'elsewhere');
    expect((await managedWorkspace(db, other)).hostPath('x')).toBe(path.join(home, 'files/x'));
    await rename(path.join(home, 'files'), path.join(home, 'gone'));
    expect((await managedWorkspace(db, other)).id).toBe(id);
    expect((await workspaceById(db, id))!.hostPath('x')).toBe(path.join(other, 'files/x'));
  });

  it('says which directory it cannot make', async () => {
    await rm(path.join(home, 'elsewhere'), { recursive: true });
    await expect(managedWorkspace(db, '/dev/null/home')).rejects.toMatchObject({
      error: 'home-unusable',
      message: expect.stringContaining('/dev/null/home/files'),
    });
  });
});

describe('workspaceById', () => {
  it('finds directories of hosts, and nothing else', async () => {
    const local = await localWorkspace(db);
    expect(await workspaceById(db, local.id)).toEqual(local);
    const [bucket] = await db.query<{ id: number }>(
      `insert into workspace (name, json_config) values ('bucket', '{"broker": {"type": "s3"}}') returning id`,
    );
    expect(await workspaceById(db, bucket!.id)).toBeUndefined();
    expect(await workspaceById(db, 999_999)).toBeUndefined();
  });
});
