import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type TarEntry, tarball } from './tarball.ts';
import { encodeTarHeader } from './tar-header.ts';

describe('the archives that we write', () => {
  let root: string;
  beforeEach(async () => (root = await mkdtemp(path.join(tmpdir(), 'seedbed-test-tar-'))));
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function bytes(entries: TarEntry[]): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of tarball(entries)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  it.each([
    'plain',
    'a b',
    'new\nline',
    'Grüße-日本',
    'x'.repeat(99),
    'x'.repeat(100),
    'x'.repeat(101),
    'ü'.repeat(60),
  ])('are understood by tar: %j', async (name) => {
    const source = path.join(root, 'source');
    await writeFile(source, 'from disk');
    const archive = await bytes([
      { type: 'directory', name: 'd', mode: 0o750 },
      { type: 'file', name: `d/${name}`, source, mode: () => 0o640 },
      { type: 'symlink', name: 'link', linkname: `d/${name}` },
      { type: 'file', name: 'given', content: Buffer.from('given'), mode: 0o600 },
    ]);
    execFileSync('tar', ['-x', '-p', '-C', root], { input: archive });
    expect(await readFile(path.join(root, 'd', name), 'utf8')).toBe('from disk');
    expect(await readlink(path.join(root, 'link'))).toBe(`d/${name}`);
    expect((await stat(path.join(root, 'd'))).mode & 0o777).toBe(0o750);
    expect((await stat(path.join(root, 'd', name))).mode & 0o777).toBe(0o640);
  });

  it('are the same for the same files, whatever their times and owners', async () => {
    const source = path.join(root, 'source');
    await writeFile(source, 'content');
    const entry: TarEntry = { type: 'file', name: 'f', source, mode: (own) => own };
    const before = await bytes([entry]);
    execFileSync('touch', ['-d', '2001-02-03', source]);
    expect(await bytes([entry])).toEqual(before);
  });

  it('can hold a file of more than 8 GiB', () => {
    const header = encodeTarHeader({ type: 'file', name: 'huge', mode: 0o644, size: 20 * 1024 ** 3 });
    const { stdout } = spawnSync('tar', ['-t', '-v', '-f', '-'], {
      input: header,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    expect(stdout.toString()).toContain(` ${20 * 1024 ** 3} `);
  });

  it('fail for a file that is shorter than it was', async () => {
    const source = path.join(root, 'source');
    await writeFile(source, Buffer.alloc(600_000));
    const reading = tarball([{ type: 'file', name: 'f', source, mode: (own) => own }]);
    await reading.next();
    await reading.next();
    await writeFile(source, '');
    await expect(reading.next()).rejects.toThrow('shorter');
  });
});
