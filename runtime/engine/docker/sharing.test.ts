import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mountOf, parseMountTable } from './mount-table.ts';
import { containerIdFrom, translate } from './own-container.ts';
import { SharingCache } from './sharing-cache.ts';

const table = [
  '23 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
  '30 23 0:30 / /mnt/with\\040blank rw - tmpfs tmpfs rw',
  '31 23 254:1 /sub /data rw - ext4 /dev/vdb rw',
  '32 31 254:2 / /data rw - ext4 /dev/vdc rw',
  '33 32 254:3 / /data/deep rw - ext4 /dev/vdd rw',
].join('\n');

describe('mounts', () => {
  it.each([
    ['/etc/passwd', '254:0 / /'],
    ['/mnt/with blank/x', '0:30 / /mnt/with\\040blank'],
    ['/data', '254:2 / /data'],
    ['/data/deep/x', '254:3 / /data/deep'],
    ['/data/deeper', '254:2 / /data'],
    ['/database', '254:0 / /'],
  ])('are found for %s: the innermost, and the last of those on one place', (file, id) => {
    expect(mountOf(parseMountTable(table), file)?.id).toBe(id);
  });

  it("of one's own container are found by its id, and translated to the engine's paths", () => {
    const id = 'ab'.repeat(32);
    const docker = `1 2 8:1 /var/lib/docker/containers/${id}/hostname /etc/hostname rw - ext4 x rw`;
    const podman = `1 2 0:5 /overlay-containers/${id}/userdata/hosts /etc/hosts rw - tmpfs x rw`;
    const ofAnother = `1 2 0:9 / /var/lib/docker/containers/${id}/mounts/shm rw - tmpfs shm rw`;
    expect([docker, podman, ofAnother, table].map(containerIdFrom)).toEqual([id, id, undefined, undefined]);
    const mounts = [
      { source: '/srv/files', target: '/job' },
      { source: '/srv/volumes/x/_data/', target: '/job/data' },
    ];
    expect(translate(mounts, '/job/a/b')).toBe('/srv/files/a/b');
    expect(translate(mounts, '/job')).toBe('/srv/files');
    expect(translate(mounts, '/job/data/c')).toBe('/srv/volumes/x/_data/c');
    expect(translate(mounts, '/jobshop')).toBeUndefined();
  });
});

describe('the memory of shared mounts', () => {
  let home: string;
  beforeEach(async () => (home = await mkdtemp(path.join(tmpdir(), 'seedbed-test-sharing-'))));
  afterEach(() => rm(home, { recursive: true, force: true }));
  const file = () => path.join(home, 'cache/engine-sharing.json');

  it('lasts from one process to the next, for each engine', async () => {
    await new SharingCache(home).add('engine-1', ['a', 'b']);
    await new SharingCache(home).add('engine-2', ['c']);
    const later = new SharingCache(home);
    expect([await later.has('engine-1', 'a'), await later.has('engine-1', 'b')]).toEqual([true, true]);
    expect([await later.has('engine-1', 'c'), await later.has('engine-2', 'c')]).toEqual([false, true]);
  });

  it.each(['', '{', 'null', '[]', '{"engines": 7}', '{"engines": {"engine-1": "a", "x": [1]}}'])(
    'is empty when its file holds %j, and is written anew',
    async (text) => {
      await mkdir(path.join(home, 'cache'));
      await writeFile(file(), text);
      const cache = new SharingCache(home);
      expect(await cache.has('engine-1', 'a')).toBe(false);
      await cache.add('engine-1', ['a']);
      expect(await new SharingCache(home).has('engine-1', 'a')).toBe(true);
    },
  );

  it('is bounded', async () => {
    const cache = new SharingCache(home);
    for (let engine = 0; engine < 30; engine += 1)
      await cache.add(
        `engine-${engine}`,
        Array.from({ length: 300 }, (_, index) => `mount-${index}`),
      );
    const { engines } = JSON.parse(await readFile(file(), 'utf8')) as { engines: Record<string, string[]> };
    expect(Object.keys(engines)).toHaveLength(20);
    expect(Object.values(engines).every((mounts) => mounts.length === 200)).toBe(true);
  });

  it('is kept within the process where its file cannot be written', async () => {
    await writeFile(path.join(home, 'cache'), 'in its place');
    const cache = new SharingCache(home);
    await cache.add('engine-1', ['a']);
    expect(await cache.has('engine-1', 'a')).toBe(true);
  });
});
