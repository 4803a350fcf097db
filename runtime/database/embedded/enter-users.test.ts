import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testHome } from '../../../test/support/database.ts';
import {
  buildClient,
  type ClientProgram,
  type StartOptions,
} from '../../../test/support/database-processes.ts';
import { asOrdinaryUser, isRoot, unknownUser } from '../../../test/support/database-users.ts';
import { connect } from '../index.ts';
import { commandOf } from './processes.ts';
import { systemDirectory } from './place.ts';
import { findUser } from './server-user.ts';
import { observe } from './state.ts';

let program: ClientProgram;
let home: string;
let remove: () => Promise<void>;
const before = process.env.XDG_RUNTIME_DIR;

beforeAll(async () => {
  program = await buildClient();
  // Of whoever runs the tests, and here others do.
  delete process.env.XDG_RUNTIME_DIR;
});
afterAll(async () => {
  if (before !== undefined) process.env.XDG_RUNTIME_DIR = before;
  await program.remove();
});
beforeEach(async () => {
  ({ home, remove } = await testHome());
});
afterEach(() => remove());

/** What a client in other circumstances says, after it has left. */
async function visit(options: StartOptions): Promise<Record<string, unknown>> {
  const client = program.start({ SEED_HOME: home }, options);
  const hello = await client.next();
  await client.leave();
  return hello;
}

describe('the embedded server', () => {
  it('names a home that may not be written', async () => {
    const closed = path.dirname(home);
    await chmod(closed, 0o555);
    const attempt = asOrdinaryUser(() => connect({ home, databaseUrl: undefined }));
    await expect(attempt).rejects.toMatchObject({
      error: 'home-unusable',
      parameters: { directory: home, reason: expect.stringContaining('permission denied') },
    });
    await chmod(closed, 0o755);
  });

  it('names a home that is a file', async () => {
    await writeFile(home, '');
    await expect(connect({ home, databaseUrl: undefined })).rejects.toMatchObject({ error: 'home-unusable' });
    await rm(home);
  });
});

if (isRoot) {
  const nobody = findUser(spawnSync('getent', ['passwd', 'nobody'], { encoding: 'utf8' }).stdout, 'nobody')!;
  const canUnshare = spawnSync('unshare', ['-m', 'true']).status === 0;

  describe('the embedded server of root', () => {
    it('runs as another user, who owns nothing but the data', async () => {
      const database = await connect({ home, databaseUrl: undefined });
      const state = await observe(home);
      if (state.name !== 'running') throw new Error(state.name);
      expect((await commandOf(state.postmaster.pid))![0]).toMatch(/postgres$/);
      const { uid } = await stat(`/proc/${state.postmaster.pid}`);
      expect(uid).not.toBe(0);
      expect((await stat(state.place.data)).uid).toBe(uid);
      expect((await stat(state.place.directory)).uid).toBe(0);
      expect((await stat(state.place.hostMarker)).uid).toBe(0);
      await database.close();
    });

    it('lives in a directory of the system when the home is closed to that user', async () => {
      const closed = path.dirname(home);
      await chmod(closed, 0o700);
      const database = await connect({ home, databaseUrl: undefined });
      const state = await observe(home);
      if (state.name !== 'running') throw new Error(state.name);
      expect(path.dirname(state.place.directory)).toBe(systemDirectory);
      await database.close();
      const again = await connect({ home, databaseUrl: undefined });
      expect(again.installation).toBe(database.installation);
      await again.close();
    });

    it("runs as the owner of a home that is an ordinary user's, who can go on using it", async () => {
      await mkdir(home);
      await chown(home, nobody.uid, nobody.gid);
      const { installation } = await visit(nobody);
      const asRoot = program.start({ SEED_HOME: home });
      expect(await asRoot.next()).toMatchObject({ installation });
      expect(await visit(nobody)).toMatchObject({ installation });
      const state = await observe(home);
      if (state.name !== 'running') throw new Error(state.name);
      expect((await stat(`/proc/${state.postmaster.pid}`)).uid).toBe(nobody.uid);
      await asRoot.leave();
      while ((await observe(home)).name !== 'stopped');
      expect(await visit(nobody)).toMatchObject({ installation });
    });

    it('has its name for a user id that nobody has entered', async () => {
      await mkdir(home);
      await chown(home, unknownUser, unknownUser);
      expect(await visit({ uid: unknownUser, gid: unknownUser })).toMatchObject({
        error: 'embedded-database-unavailable',
        message: expect.stringContaining(`the user id ${unknownUser} has no entry in /etc/passwd`),
      });
    });

    it('is not for a user who may not read it', async () => {
      const database = await connect({ home, databaseUrl: undefined });
      expect(await visit(nobody)).toMatchObject({ error: 'home-unusable' });
      await database.close();
    });

    if (canUnshare) {
      it('makes its user where there is none', async () => {
        const etc = path.join(path.dirname(home), 'etc');
        await mkdir(etc);
        expect(
          await visit({
            unshared: `cp -a /etc/. '${etc}'
              sed -i -e /^postgres:/d -e /^seedbed:/d '${etc}/passwd' '${etc}/shadow' '${etc}/group' '${etc}/gshadow'
              mount --bind '${etc}' /etc`,
          }),
        ).toHaveProperty('installation');
        const made = findUser(spawnSync('cat', [`${etc}/passwd`], { encoding: 'utf8' }).stdout, 'seedbed');
        expect((await stat(path.join(home, 'database/pgdata'))).uid).toBe(made?.uid);
      });

      it('has its name where none can be made', async () => {
        const etc = path.join(path.dirname(home), 'etc');
        await mkdir(etc);
        expect(
          await visit({
            unshared: `cp -a /etc/. '${etc}'
              sed -i -e /^postgres:/d -e /^seedbed:/d '${etc}/passwd'
              mount --bind '${etc}' /etc
              mount -o remount,ro,bind /etc`,
          }),
        ).toMatchObject({
          error: 'embedded-database-unavailable',
          message: expect.stringContaining('refuses to run as root'),
        });
      });

      it('names a full disk', async () => {
        await mkdir(home);
        expect(await visit({ unshared: `mount -t tmpfs -o size=9m,mode=755 none '${home}'` })).toMatchObject({
          error: 'disk-full',
          message: expect.stringContaining('no space left'),
        });
      });
    }
  });
}
