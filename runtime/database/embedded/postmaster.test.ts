import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import {
  findPostmaster,
  isServerCommand,
  isServerOf,
  parsePidFile,
  pidFile,
  removeStaleLock,
} from './postmaster.ts';

const content = (pid: number | string): string =>
  `${pid}\n/data\n1795321321\n5432\n/tmp/seedbed-x\n\n  2146312        28\nready   \n`;
let data: string;
beforeEach(async () => {
  data = path.join(await temporaryDirectory(), 'pgdata');
  await mkdir(data);
});
afterEach(() => rm(path.dirname(data), { recursive: true }));

async function endedProcess(): Promise<number> {
  const child = spawn('true');
  await once(child, 'close');
  return child.pid!;
}

describe('parsePidFile', () => {
  it('reads a running server', () => {
    expect(parsePidFile(content(17))).toEqual({
      status: 'running',
      pid: 17,
      socketDirectory: '/tmp/seedbed-x',
      port: 5432,
    });
  });

  it.each([
    ['17\n/data\n1\n', 'starting'],
    [content(17).replace('ready', 'starting'), 'starting'],
    [content(17).replace('ready', 'stopping'), 'stopping'],
  ])('knows how far it is', (text, status) => {
    expect(parsePidFile(text)).toMatchObject({ status });
  });

  it.each(['', '-17\n', '0\n', 'x\n', '1.5\n'])('refuses %j', (text) => {
    expect(parsePidFile(text)).toBeUndefined();
  });
});

describe('findPostmaster', () => {
  it('finds none where there is no file, and none behind a number that is free or was given to another', async () => {
    expect(await findPostmaster(data)).toBeUndefined();
    await writeFile(pidFile(data), content(await endedProcess()));
    expect(await findPostmaster(data)).toBeUndefined();
    await writeFile(pidFile(data), content(process.pid));
    expect(await findPostmaster(data)).toBeUndefined();
  });

  it('takes a file that is just being written for a start, and an old empty one for a crash', async () => {
    await writeFile(pidFile(data), '');
    expect(await findPostmaster(data)).toMatchObject({ status: 'starting' });
    await utimes(pidFile(data), 1, 1);
    expect(await findPostmaster(data)).toBeUndefined();
  });
});

describe('isServerOf', () => {
  it('goes by the program and its data directory', async () => {
    const other = path.join(path.dirname(data), 'other');
    await mkdir(other);
    for (const [arguments_, expected] of [
      [['postgres', '-D', data], true],
      [['postgres', '-D', `${data}/../pgdata`], true],
      [['postgres', '-D', other], false],
      [['vi', '-D', data], false],
    ] as const) {
      const child = spawn('/bin/sh', ['-c', 'read line', ...arguments_.slice(1)], { argv0: arguments_[0] });
      await once(child, 'spawn');
      expect(await isServerOf(child.pid!, data)).toBe(expected);
      child.stdin.end();
      await once(child, 'close');
    }
  });
});

describe('isServerCommand', () => {
  it('reads one text, as systems without /proc give it, also where names have spaces', async () => {
    const server = '/opt/a b/native/bin/postgres -D /home/me and you/pgdata -c listen_addresses=';
    expect(await isServerCommand(server, '/home/me and you/pgdata')).toBe(true);
    expect(await isServerCommand(server, '/home/me')).toBe(false);
    expect(await isServerCommand('vi -D /home/me and you/pgdata -c x', '/home/me and you/pgdata')).toBe(
      false,
    );
    expect(await isServerCommand('', '/home/me')).toBe(false);
  });
});

describe('removeStaleLock', () => {
  it.each([
    ['a number that another process has', () => Promise.resolve(content(process.pid))],
    ['a free number', async () => content(await endedProcess())],
  ])('removes %s', async (_, text) => {
    await writeFile(pidFile(data), await text());
    await removeStaleLock(pidFile(data), data);
    expect(await readdir(data)).toEqual([]);
  });

  it('keeps a file that is just being written, and removes an old empty one', async () => {
    await writeFile(pidFile(data), '');
    await removeStaleLock(pidFile(data), data);
    expect(await readFile(pidFile(data), 'utf8')).toBe('');
    await utimes(pidFile(data), 1, 1);
    await removeStaleLock(pidFile(data), data);
    expect(await readdir(data)).toEqual([]);
  });

  it('keeps the lock of a living server', async () => {
    const child = spawn('/bin/sh', ['-c', 'read line', '-D', data], { argv0: 'postgres' });
    await once(child, 'spawn');
    await writeFile(pidFile(data), content(child.pid!));
    await removeStaleLock(pidFile(data), data);
    child.stdin.end();
    await once(child, 'close');
    expect(await readFile(pidFile(data), 'utf8')).toBe(content(child.pid!));
  });

  it('has nothing to do where there is none', async () => {
    await expect(removeStaleLock(pidFile(data), data)).resolves.toBeUndefined();
  });
});
