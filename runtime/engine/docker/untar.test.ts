import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Header, pack } from 'tar-stream';
import { tarball } from './tarball.ts';
import { unpackDirectory } from './untar.ts';

describe('unpacking what a container left', () => {
  let root: string;
  let directory: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'seedbed-test-untar-'));
    directory = path.join(root, 'out');
    await mkdir(directory);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function unpack(entries: (Partial<Header> & { name: string; content?: string })[], limit = 100) {
    const archive = pack();
    for (const { content = '', ...header } of entries) {
      if ((header.type ?? 'file') === 'file') archive.entry({ type: 'file', ...header } as Header, content);
      else archive.entry(header as Header);
    }
    archive.finalize();
    await unpackDirectory(archive as unknown as AsyncIterable<Buffer>, directory, limit);
  }

  it('writes nothing outside, whatever the names', async () => {
    await unpack([
      { name: 'out/../../evil1', content: 'x' },
      { name: '../evil2', content: 'x' },
      { name: '/evil3', content: 'x' },
      { name: 'out/a/../../../evil4', content: 'x' },
      { name: 'out/good', content: 'good' },
    ]);
    expect(await readdir(root)).toEqual(['out']);
    expect(await readdir(directory)).toEqual(['good']);
  });

  it('does not write through links, in whatever order they come', async () => {
    const target = path.join(root, 'target');
    await mkdir(target);
    await unpack([
      { name: 'out/link', type: 'symlink', linkname: target },
      { name: 'out/link/file', content: 'x' },
      { name: 'out/later/file', content: 'y' },
      { name: 'out/later', type: 'symlink', linkname: target },
      { name: 'out/over', type: 'symlink', linkname: path.join(target, 'over') },
      { name: 'out/over', content: 'z' },
    ]);
    expect(await readdir(target)).toEqual([]);
    expect(await readFile(path.join(directory, 'link/file'), 'utf8')).toBe('x');
    expect(await readFile(path.join(directory, 'over'), 'utf8')).toBe('z');
  });

  it('makes links as links, and hard links of files that are inside only', async () => {
    await writeFile(path.join(root, 'outside'), 'secret');
    await unpack([
      { name: 'out/file', content: 'inside' },
      { name: 'out/symbolic', type: 'symlink', linkname: '../outside' },
      { name: 'out/hard', type: 'link', linkname: 'out/file' },
      { name: 'out/hard-to-outside', type: 'link', linkname: 'out/../outside' },
      { name: 'out/hard-to-link', type: 'link', linkname: 'out/symbolic' },
    ]);
    expect((await readdir(directory)).sort()).toEqual(['file', 'hard', 'symbolic']);
    expect(await readlink(path.join(directory, 'symbolic'))).toBe('../outside');
    expect(await readFile(path.join(directory, 'hard'), 'utf8')).toBe('inside');
  });

  it('drops special files and special modes, and keeps what it makes readable', async () => {
    await unpack([
      { name: 'out/device', type: 'character-device', devmajor: 1, devminor: 3 },
      { name: 'out/pipe', type: 'fifo' },
      { name: 'out/setuid', mode: 0o6755, content: 'x' },
      { name: 'out/closed', type: 'directory', mode: 0o1000 },
      { name: 'out/closed/file', mode: 0o7000, content: 'y' },
    ]);
    expect((await readdir(directory)).sort()).toEqual(['closed', 'setuid']);
    expect((await lstat(path.join(directory, 'setuid'))).mode & 0o7777).toBe(0o755);
    expect((await lstat(path.join(directory, 'closed'))).mode & 0o7700).toBe(0o700);
    expect((await lstat(path.join(directory, 'closed/file'))).mode & 0o7777).toBe(0o600);
  });

  it('takes nothing from an OUTPUT_DIR that became a link or a file', async () => {
    await unpack([{ name: 'out', type: 'symlink', linkname: '/etc' }]);
    await unpack([{ name: 'out', content: 'a file' }]);
    expect(await readdir(directory)).toEqual([]);
  });

  it('stops at the limit', async () => {
    const entries = Array.from({ length: 4 }, (_, index) => ({ name: `out/${index}` }));
    await expect(unpack(entries, 3)).rejects.toMatchObject({ error: 'too-many-outputs' });
  });

  it('fails on an archive that is cut off', async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of tarball([
      { type: 'file', name: 'out/f', content: Buffer.alloc(5000), mode: 0o644 },
    ]))
      chunks.push(chunk);
    const cut = Readable.from([Buffer.concat(chunks).subarray(0, 2000)], { objectMode: false });
    await expect(unpackDirectory(cut, directory, 10)).rejects.toThrow();
  });

  it('does not follow a link that is there already', async () => {
    const target = path.join(root, 'elsewhere');
    await mkdir(target);
    await symlink(target, path.join(directory, 'there'));
    await unpack([{ name: 'out/there/file', content: 'x' }]);
    expect(await readdir(target)).toEqual([]);
  });
});
