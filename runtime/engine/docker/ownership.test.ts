import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { busyboxImage, countContainers } from '../../../test/support/engine.ts';
import { drain, workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
// Loaded before the user changes: jest writes what it compiles.
import './index.ts';
import { label } from './names.ts';

const user = 12345;
const isRoot = process.getuid?.() === 0;
const describeWithRoot = isRoot ? describe : describe.skip;

/** As an ordinary user, who may use the engine because its socket is of their group. */
function becomeUser(): void {
  process.setegid!(statSync('/var/run/docker.sock').gid);
  process.seteuid!(user);
}

function becomeRoot(): void {
  process.seteuid!(0);
  process.setegid!(0);
}

describeWithRoot('outputs for a caller who is not root', () => {
  let bench: Workbench;
  beforeAll(async () => {
    await busyboxImage(['USER 1234']);
    await busyboxImage();
    becomeUser();
    bench = await workbench();
  });
  afterAll(async () => {
    try {
      await bench.close();
    } finally {
      becomeRoot();
    }
  });

  const script = `cd /scale/output_data; umask 077; mkdir -p dir/deep; echo secret > dir/deep/file; echo none > none
    chmod 0 none; chmod 0 dir/deep; echo odd > 'a b"c'; ln -s /etc/passwd link; chown 77:88 'a b"c' 2>/dev/null; exit 0`;

  async function expectOwn(directory: string): Promise<void> {
    expect(await readFile(path.join(directory, 'dir/deep/file'), 'utf8')).toBe('secret\n');
    expect(await readFile(path.join(directory, 'none'), 'utf8')).toBe('none\n');
    expect((await lstat(path.join(directory, 'link'))).isSymbolicLink()).toBe(true);
    await rename(path.join(directory, 'dir/deep/file'), path.join(directory, 'moved'));
    await rm(directory, { recursive: true });
  }

  it('are theirs to read, move and delete when the job ran as root', async () => {
    const spec = await bench.job(['sh', '-c', script]);
    expect(await bench.run(spec)).toMatchObject({ exitCode: 0 });
    for (const name of await readdir(spec.output.directory))
      expect((await lstat(path.join(spec.output.directory, name))).uid).toBe(user);
    await expectOwn(spec.output.directory);
  });

  it('are theirs when the job ran as another user', async () => {
    const spec = await bench.job(['sh', '-c', script], { image: await busyboxImage(['USER 1234']) });
    await bench.run(spec);
    await expectOwn(spec.output.directory);
  });

  it('are theirs when the image has no tools', async () => {
    const directory = path.join(bench.directory, 'bare');
    await mkdir(directory);
    await writeFile(
      path.join(directory, 'Dockerfile'),
      `FROM ${bench.image} AS tools\nFROM scratch\nCOPY --from=tools /bin/busybox /tools/busybox\nENTRYPOINT ["/tools/busybox"]\n`,
    );
    await bench.engine.buildImage({ directory, tag: 'seedbed-test-bare:1', labels: {} });
    const bare = script.replaceAll(/\b(mkdir|chmod|ln|chown) /g, '/tools/busybox $1 ');
    const spec = await bench.job(['sh', '-c', bare], { image: 'seedbed-test-bare:1' });
    expect(await bench.run(spec)).toMatchObject({ exitCode: 0, stderr: '' });
    await expectOwn(spec.output.directory);
  });

  it('are copied when nobody can change their owner', async () => {
    const spec = await bench.job(['sh', '-c', script]);
    const key = bench.key();
    await bench.engine.launch(spec, key, 'test');
    await drain(bench.engine.observe(key));
    const file = path.join(spec.output.directory, 'a b"c');
    becomeRoot();
    execFileSync('chattr', ['+i', file]);
    becomeUser();
    await bench.engine.collect(spec, key);
    await expectOwn(spec.output.directory);
    becomeRoot();
    execFileSync('chattr', ['-i', `${spec.output.directory}.foreign/a b"c`]);
    await rm(`${spec.output.directory}.foreign`, { recursive: true });
    becomeUser();
  });

  it('cost no helper where everything is theirs, and no helper stays', async () => {
    const spec = await bench.job(['true']);
    await writeFile(path.join(spec.output.directory, 'own'), 'own');
    await bench.run(spec);
    expect(await countContainers(`${label.installation}=${bench.installation}`, label.role)).toBe(0);
    expect(await readFile(path.join(spec.output.directory, 'own'), 'utf8')).toBe('own');
  });

  it('are counted', async () => {
    const limited = await workbench({ ...process.env, SEED_MAX_OUTPUT_FILES: '10' });
    const spec = await limited.job([
      'sh',
      '-c',
      'cd /scale/output_data; seq 1 20 | xargs touch; chown 12345 *',
    ]);
    await expect(limited.run(spec)).rejects.toMatchObject({ error: 'too-many-outputs' });
    await limited.close();
  });
});
