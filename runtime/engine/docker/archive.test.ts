import { execFileSync } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  canStartPrivateEngine,
  privateEngine,
  type PrivateEngine,
} from '../../../test/support/engine-private.ts';
import { workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import { busyboxImage } from '../../../test/support/engine.ts';

const describeWithRoot = canStartPrivateEngine ? describe : describe.skip;

/** Prints its inputs and leaves files of every kind. */
const script = `
cd /scale/input_data && find . | sort && find . -type f -exec cat {} ';' | sort
cd /scale/output_data && mkdir -p sub/deep empty && echo one > 'a "b" c' && echo two > sub/deep/ü
ln -s 'a "b" c' link && ln -s /etc/passwd leaves && ln -s sub folder && ln sub/deep/ü hard && mkfifo pipe
echo x > setuid && chmod 4755 setuid && echo y > secret && chmod 0 secret
dd if=/dev/zero of=big bs=1M count=9 2>/dev/null && ls -A | sort`;

interface Left {
  readonly name: string;
  readonly kind: string;
  readonly content: string;
  readonly mode: number;
}

async function listing(directory: string): Promise<Left[]> {
  const found: Left[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const kind = entry.isDirectory()
      ? 'directory'
      : entry.isSymbolicLink()
        ? 'link'
        : entry.isFile()
          ? 'file'
          : 'other';
    const content =
      kind === 'file' ? (await readFile(file)).toString() : kind === 'link' ? await readlink(file) : '';
    const mode = kind === 'file' ? (await lstat(file)).mode & 0o777 : 0;
    found.push({ name: path.relative(directory, file), kind, content, mode });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

describeWithRoot('an engine that does not see our disk', () => {
  let hidden: string;
  let own: PrivateEngine;
  let far: Workbench;
  let near: Workbench;

  beforeAll(async () => {
    near = await workbench();
    hidden = await mkdtemp('/tmp/seedbed-test-hidden-');
    await mkdir(path.join(hidden, 'both'));
    await writeFile(path.join(hidden, 'both/input'), 'ours');
    // The engine sees another disk in its place, with a file of the same name on it.
    const preparation = `mount -t tmpfs tmpfs ${hidden} && mkdir -p ${hidden}/both ${hidden}/outputs && echo theirs > ${hidden}/both/input`;
    own = await privateEngine(preparation, [await busyboxImage()]);
    far = await workbench({ ...process.env, DOCKER_HOST: own.host }, hidden);
  });

  afterAll(async () => {
    await Promise.allSettled([far?.close(), near?.close()]);
    await own?.close();
    await rm(hidden, { recursive: true, force: true });
  });

  it('gets inputs and gives outputs as one that does', async () => {
    const inputs = path.join(near.directory, 'inputs');
    await mkdir(path.join(inputs, 'folder/inside'), { recursive: true });
    await writeFile(path.join(inputs, 'folder/inside/a:b, "c"\nd'), 'awkward\n');
    await writeFile(path.join(inputs, `folder/${'long'.repeat(60)}`), 'long\n');
    await symlink('inside', path.join(inputs, 'folder/to-inside'));
    await writeFile(path.join(inputs, 'Grüße 日本.tif'), 'not ascii\n');
    execFileSync('cp', ['-a', inputs, path.join(hidden, 'inputs')]);

    const results = [];
    for (const bench of [near, far]) {
      const staged = [
        {
          source: path.join(bench.directory, 'inputs/folder'),
          target: '/scale/input_data/MANY',
          mode: 'ro' as const,
          name: 'MANY',
        },
        {
          source: path.join(bench.directory, 'inputs/Grüße 日本.tif'),
          target: '/scale/input_data/ONE/Grüße 日本.tif',
          mode: 'ro' as const,
          name: 'ONE',
        },
      ];
      const spec = await bench.job(['sh', '-c', script], { staged });
      const { stdout, stderr, exitCode } = await bench.run(spec);
      const left = await listing(spec.output.directory);
      // A bound directory keeps what an archive must not bring; both are no products.
      results.push({
        stdout,
        stderr,
        exitCode,
        left: left
          .filter(({ kind }) => kind !== 'other')
          .map((file) => (file.name === 'secret' ? { ...file, mode: 0 } : file)),
      });
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[1]).toMatchObject({ exitCode: 0, stderr: '' });
    expect(results[1]!.left.find(({ name }) => name === 'big')!.content).toHaveLength(9 * 1024 * 1024);
  });

  it('leaves out special files, and gives everything to us without special modes', async () => {
    const spec = await far.job(['sh', '-c', script]);
    await far.run(spec);
    const left = new Map((await listing(spec.output.directory)).map((file) => [file.name, file]));
    expect(left.has('pipe')).toBe(false);
    expect((await lstat(path.join(spec.output.directory, 'setuid'))).mode & 0o7000).toBe(0);
    expect((await lstat(path.join(spec.output.directory, 'secret'))).mode & 0o777).toBe(0o600);
    expect((await lstat(path.join(spec.output.directory, 'link'))).uid).toBe(process.getuid!());
  });

  it('is recognised by a file that is called the same and is another', async () => {
    // What the engine can bind is not refused, so only a comparison tells.
    const output = path.join(hidden, 'outputs');
    await mkdir(output);
    await chmod(output, 0o777);
    const staged = [
      { source: path.join(hidden, 'both/input'), target: '/in', mode: 'ro' as const, name: 'IN' },
    ];
    const fresh = await workbench({ ...process.env, DOCKER_HOST: own.host });
    const spec = await fresh.job(['sh', '-c', 'cat /in; cp /in /scale/output_data/copy'], {
      staged,
      output: { target: '/scale/output_data', directory: output },
    });
    expect((await fresh.run(spec)).stdout).toBe('ours');
    expect(await readFile(path.join(output, 'copy'), 'utf8')).toBe('ours');
    await fresh.close();
  });

  it('refuses a writable mount, whose changes could not come back', async () => {
    const source = path.join(hidden, 'inputs');
    await mkdir(source, { recursive: true });
    const staged = [{ source, target: '/state', mode: 'rw' as const, name: 'STATE' }];
    const launching = far.engine.launch(await far.job(['true'], { staged }), far.key(), 'test');
    await expect(launching).rejects.toMatchObject({
      error: 'mount-not-shared',
      message: expect.stringContaining('STATE'),
    });
    expect((await far.engine.list(far.installation)).filter(({ state }) => state === 'created')).toEqual([]);
  });

  it('gives an image with a USER an output directory that it can write to, and inputs that it can read', async () => {
    const source = path.join(hidden, 'private');
    await writeFile(source, 'readable\n');
    await chmod(source, 0o600);
    const staged = [{ source, target: '/in', mode: 'ro' as const, name: 'IN' }];
    const spec = await far.job(['sh', '-c', 'busybox cat /in > /scale/output_data/copy'], { staged });
    expect(await far.run(spec)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await readFile(path.join(spec.output.directory, 'copy'), 'utf8')).toBe('readable\n');
  });

  it('stops at the limit of files', async () => {
    const limited = await workbench(
      { ...process.env, DOCKER_HOST: own.host, SEED_MAX_OUTPUT_FILES: '10' },
      await mkdtemp(path.join(hidden, 'l')),
    );
    const spec = await limited.job(['sh', '-c', 'cd /scale/output_data; seq 1 11 | xargs touch']);
    await expect(limited.run(spec)).rejects.toMatchObject({ error: 'too-many-outputs' });
    await limited.close();
  });

  it('takes a large input and a large output in little memory', async () => {
    const size = 300 * 1024 * 1024;
    const source = path.join(near.directory, 'large');
    const handle = await open(source, 'w');
    await handle.truncate(size);
    await handle.close();
    const staged = [{ source, target: '/in', mode: 'ro' as const, name: 'IN' }];
    const before = process.memoryUsage().rss;
    let most = 0;
    const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage().rss - before)), 20);
    const spec = await far.job(['sh', '-c', 'cp /in /scale/output_data/out; wc -c < /in'], { staged });
    expect((await far.run(spec)).stdout).toBe(`${size}\n`);
    clearInterval(sampling);
    expect((await lstat(path.join(spec.output.directory, 'out'))).size).toBe(size);
    expect(most).toBeLessThan(100 * 1024 * 1024);
  });
});
