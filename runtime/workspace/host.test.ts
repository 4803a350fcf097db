import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HostWorkspace, linkOrCopy, move } from './index.ts';

let directory: string;
let otherDisk: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
  otherDisk = await mkdtemp('/dev/shm/seedbed-test-');
});
afterEach(async () => {
  for (const made of [directory, otherDisk]) await rm(made, { recursive: true });
});

describe('HostWorkspace', () => {
  it.each(['../x', '/etc/passwd', 'a/../../x', '..'])('lets nothing escape by %s', (odd) => {
    const workspace = new HostWorkspace({ id: 1, name: 'w', root: '/data/files' });
    expect(() => workspace.hostPath(odd)).toThrow(expect.objectContaining({ error: 'outside-workspace' }));
  });

  it('gives a path inside and takes it back', () => {
    const workspace = new HostWorkspace({ id: 1, name: 'w', root: '/data/files' });
    for (const inside of ['a b\n"c"', '..hidden/x', 'a/b']) {
      expect(workspace.hostPath(inside)).toBe(`/data/files/${inside}`);
      expect(workspace.filePath(`/data/files/${inside}`)).toBe(inside);
    }
    expect(() => workspace.filePath('/data/files2/x')).toThrow(
      expect.objectContaining({ error: 'outside-workspace' }),
    );
  });

  it('takes files and directories from anywhere', async () => {
    await mkdir(path.join(directory, 'target'));
    const sources = [path.join(directory, 'near'), path.join(otherDisk, 'far')];
    await writeFile(sources[0]!, 'near');
    await mkdir(sources[1]!);
    await writeFile(path.join(sources[1]!, 'inner'), 'far');
    await new HostWorkspace({ id: 1, name: 'w', root: '/' }).take(
      sources,
      path.join(directory, 'target').slice(1),
    );
    expect(await readFile(path.join(directory, 'target/near'), 'utf8')).toBe('near');
    expect(await readFile(path.join(directory, 'target/far/inner'), 'utf8')).toBe('far');
    expect(await readdir(otherDisk)).toEqual([]);
  });
});

describe('move', () => {
  it('keeps times and links across disks', async () => {
    const source = path.join(directory, 'tree');
    await mkdir(source);
    await writeFile(path.join(source, 'file'), 'x');
    await utimes(path.join(source, 'file'), 1000, 2000);
    await symlink('../nowhere', path.join(source, 'link'));
    await move(source, path.join(otherDisk, 'tree'));
    expect((await stat(path.join(otherDisk, 'tree/file'))).mtimeMs).toBe(2_000_000);
    expect(await readlink(path.join(otherDisk, 'tree/link'))).toBe('../nowhere');
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('linkOrCopy', () => {
  it('links on one disk and copies across two', async () => {
    const source = path.join(directory, 'source');
    await writeFile(source, 'x');
    expect(await linkOrCopy(source, path.join(directory, 'same'))).toBe('linked');
    expect((await stat(path.join(directory, 'same'))).ino).toBe((await stat(source)).ino);
    expect(await linkOrCopy(source, path.join(otherDisk, 'other'))).toBe('copied');
    expect(await readFile(path.join(otherDisk, 'other'), 'utf8')).toBe('x');
  });
});
