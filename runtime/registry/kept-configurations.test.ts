import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from './digest.ts';
import { KeptConfigurations } from './kept-configurations.ts';

let home: string;
let cache: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
  cache = path.join(home, 'cache');
});
afterEach(() => rm(home, { recursive: true, force: true }));

const content = (text: string) => ({
  bytes: Buffer.from(text),
  digest: digestOf('sha256', Buffer.from(text)),
});
const first = content('{"config": "ä\\n\n"}');
const second = content('{"config": 2}');

async function keep(...those: { bytes: Buffer; digest: string }[]): Promise<KeptConfigurations> {
  const kept = new KeptConfigurations(cache);
  for (const { bytes, digest } of those) kept.add(digest, bytes);
  await kept.save();
  return kept;
}

const file = () => path.join(cache, 'image-configurations');

describe('KeptConfigurations', () => {
  it('gives back what was added before, byte by byte, and nothing else', async () => {
    await keep(first, second);
    const kept = new KeptConfigurations(cache);
    expect(await kept.get(first.digest)).toEqual(first.bytes);
    expect(await kept.get(second.digest)).toEqual(second.bytes);
    expect(await kept.get(content('other').digest)).toBeUndefined();
  });

  it('are nobody else’s to read, and leave no other file', async () => {
    await keep(first);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readdir(cache)).toEqual(['image-configurations']);
  });

  it('believes nothing that its digest does not confirm', async () => {
    await keep(first, second);
    const text = await readFile(file(), 'utf8');
    await writeFile(file(), `nonsense\n\n${second.digest} "torn${text.replace('config', 'forged')}`);
    const kept = new KeptConfigurations(cache);
    expect(await kept.get(first.digest)).toBeUndefined();
    expect(await kept.get('sha256:')).toBeUndefined();
    expect(await kept.get(second.digest)).toEqual(second.bytes);
  });

  it('adds to what others have saved meanwhile', async () => {
    const mine = new KeptConfigurations(cache);
    expect(await mine.get(first.digest)).toBeUndefined();
    await keep(first);
    mine.add(second.digest, second.bytes);
    await mine.save();
    expect(await new KeptConfigurations(cache).get(first.digest)).toEqual(first.bytes);
  });

  it('keeps those used last, up to 16 MiB in all and 256 KiB each', async () => {
    const large = Array.from({ length: 70 }, (_, n) => content(`${n}`.padEnd(250_000)));
    await keep(first, ...large.slice(0, 40));
    const kept = new KeptConfigurations(cache);
    await kept.get(first.digest);
    for (const { bytes, digest } of large.slice(40)) kept.add(digest, bytes);
    const larger = content(' '.repeat(256 * 1024 + 1));
    kept.add(larger.digest, larger.bytes);
    await kept.save();
    expect((await stat(file())).size).toBeLessThan(17 * 1024 * 1024);
    const after = new KeptConfigurations(cache);
    expect(await after.get(larger.digest)).toBeUndefined();
    const there = await Promise.all(large.map(async ({ digest }) => (await after.get(digest)) !== undefined));
    expect(there.slice(40)).not.toContain(false);
    expect(there.slice(0, 40).lastIndexOf(true)).toBeLessThan(39);
    expect(await after.get(first.digest)).toBeDefined();
  });

  it('does without a place to keep them', async () => {
    await writeFile(cache, 'a file where the directory would be');
    const kept = await keep(first);
    expect(await kept.get(first.digest)).toBeUndefined();
    expect(await readdir(home)).toEqual(['cache']);
  });
});
