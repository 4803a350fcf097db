import { execFileSync } from 'node:child_process';
import { mkdtemp, mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { completeManifest } from './complete-manifest.fixture.ts';
import { findManifest, readManifest } from './directory.ts';

const text = JSON.stringify(completeManifest);
let directory: string;
const put = (name: string, content: string | Uint8Array): Promise<void> =>
  writeFile(path.join(directory, name), content);

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe("a job directory's manifest", () => {
  it.each(['seed.manifest.json', 'seed.json'])('is read from %s', async (name) => {
    await put(name, text);
    const { manifest, file, warnings } = await readManifest(directory);
    expect(manifest.job.title).toBe('Cell counter');
    expect(file).toBe(path.join(directory, name));
    expect(warnings).toEqual([]);
  });

  it('is seed.manifest.json where both are, with a warning', async () => {
    await put('seed.json', '{');
    await put('seed.manifest.json', text);
    const { file, warnings } = await readManifest(directory);
    expect(file).toBe(path.join(directory, 'seed.manifest.json'));
    expect(warnings).toEqual([expect.objectContaining({ name: 'TWO_MANIFESTS' })]);
  });

  it('is found without being judged', async () => {
    await put('seed.json', '{"half');
    expect(await findManifest(directory)).toMatchObject({ text: '{"half', warnings: [] });
  });

  it('may begin with a byte order mark', async () => {
    await put('seed.json', `\uFEFF${text}`);
    expect((await readManifest(directory)).text).toBe(text);
  });

  it.each([
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'UTF-16; save it as UTF-8'],
    ['Latin 1', Buffer.from('{"a": "é"}', 'latin1'), 'not UTF-8; save it as UTF-8'],
    ['no JSON', Buffer.from('{'), 'it is not JSON: line 1, column 2'],
  ])('is refused as invalid when it is %s', async (_, bytes, words) => {
    await put('seed.json', bytes);
    const read = readManifest(directory);
    await expect(read).rejects.toMatchObject({ error: 'invalid-manifest' });
    await expect(read).rejects.toThrow(words);
  });

  it('is refused over 1 MiB, without being read', async () => {
    await put('seed.json', '');
    await truncate(path.join(directory, 'seed.json'), 2 ** 33);
    await expect(readManifest(directory)).rejects.toThrow('it has 8589934592 bytes');
  });

  it.each([
    ['missing', () => Promise.resolve(), 'it has neither seed.manifest.json nor seed.json'],
    ['a directory', () => mkdir(path.join(directory, 'seed.json')), 'it is no regular file'],
    [
      'a link to nowhere',
      () => symlink('nowhere', path.join(directory, 'seed.json')),
      'cannot be read: no such file or directory',
    ],
    [
      'a link to itself',
      () => symlink('seed.json', path.join(directory, 'seed.json')),
      'cannot be read: too many symbolic links',
    ],
    [
      'a pipe',
      () => Promise.resolve(execFileSync('mkfifo', [path.join(directory, 'seed.json')])),
      'no regular file',
    ],
  ])('is not found when it is %s', async (_, prepare, words) => {
    await prepare();
    const read = readManifest(directory);
    await expect(read).rejects.toMatchObject({ error: 'manifest-not-found' });
    await expect(read).rejects.toThrow(words);
  });

  it('is not found in a directory that does not exist', async () => {
    await expect(readManifest(path.join(directory, 'none'))).rejects.toMatchObject({
      error: 'manifest-not-found',
    });
  });
});
