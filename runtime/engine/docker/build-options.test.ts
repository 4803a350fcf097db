import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDocker } from '../../../test/support/engine.ts';
import { writeFiles } from '../../../test/support/cli-files.ts';
import { workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import { freePort } from '../../../test/support/ports.ts';
import { startTestRegistry, type TestRegistry, testLogin } from '../../../test/support/registry.ts';
import type { PullPolicy } from '../../config/index.ts';
import type { BuildRequest } from '../engine.ts';

describe.each([
  ['the ordinary builder', 'COPY', 'RUN'],
  ['BuildKit', 'COPY --chmod=644', 'RUN --mount=type=cache,target=/cache'],
])('a build with %s', (builder, copy, run) => {
  let bench: Workbench;
  let open: TestRegistry;
  let closed: TestRegistry;
  let contexts = 0;
  const label = 'seedbed-test-build-options';

  beforeAll(async () => {
    [open, closed] = await Promise.all([startTestRegistry(), startTestRegistry({ login: true })]);
    bench = await workbench({ ...process.env, DOCKER_CONFIG: '/nonexistent' });
  });
  afterAll(async () => {
    const { docker, close } = await testDocker();
    for (const { Id } of await docker.listImages({ filters: { label: [label] } }))
      await docker.getImage(Id).remove({ force: true });
    close();
    await bench?.close();
    await Promise.all([open?.stop(), closed?.stop()]);
  });

  const context = (files: Record<string, string>) =>
    writeFiles(path.join(bench.directory, `context ${++contexts}`), files);

  const tag = () => `seedbed-test-options-${builder === 'BuildKit' ? 'buildkit' : 'classic'}:${contexts}`;
  const build = (directory: string, parts: Partial<BuildRequest> = {}, progress?: (line: string) => void) =>
    bench.engine.buildImage({ directory, tag: tag(), labels: { [label]: '1' }, ...parts }, progress);
  const output = async (script: string) =>
    (await bench.run(await bench.job(['sh', '-c', script], { image: tag() }))).stdout;

  it('asks registries for base images by the policy', async () => {
    const base = `${open.host}/seedbed-test/policy:1`;
    const put = (version: string) =>
      open.putImage('seedbed-test/policy', '1', { labels: { version, [label]: '1' } });
    const directory = await context({
      Dockerfile: `FROM scratch AS x\nFROM ${base}\n${copy} file /\n`,
      file: '',
    });
    await put('old');
    await expect(build(directory, { pull: 'never' })).rejects.toMatchObject({
      error: 'base-image-absent',
      message: expect.stringMatching(new RegExp(`${base}.*Dockerfile.*line 2`)),
    });
    const version = async (pull: PullPolicy) => (await build(directory, { pull })).labels.version;
    expect(await version('missing')).toBe('old');
    await bench.engine.pullImage(base);
    await put('new');
    expect(await version('never')).toBe('old');
    expect(await version('missing')).toBe('old');
    expect(await version('always')).toBe('new');
  });

  it('takes the login that is given to the registries of the base images', async () => {
    const base = `${closed.host}/seedbed-test/guarded:1`;
    await closed.putImage('seedbed-test/guarded', '1', { labels: { guarded: 'yes', [label]: '1' } });
    const directory = await context({ Dockerfile: `FROM ${base}\n${copy} file /\n`, file: '' });
    await expect(build(directory)).rejects.toMatchObject({
      error: 'image-login-needed',
      message: expect.stringContaining(base),
    });
    const wrong = { ...testLogin, password: 'wrong' };
    await expect(build(directory, { login: wrong, pull: 'always' })).rejects.toMatchObject({
      error: 'image-login-refused',
      message: expect.stringContaining(`login of ${wrong.username} for ${base}`),
    });
    expect((await build(directory, { login: testLogin })).labels.guarded).toBe('yes');
  });

  it.each([
    ['names it', (base: string) => `FROM ${base}\n`],
    ['names it by a variable', (base: string) => `ARG BASE=${base}\nFROM scratch AS x\nFROM $BASE\n`],
  ])('says that a registry does not answer where the Dockerfile %s', async (_, from) => {
    const port = await freePort();
    const base = `127.0.0.1:${port}/x:1`;
    const directory = await context({ Dockerfile: `${from(base)}${copy} file /\n`, file: '' });
    await expect(build(directory)).rejects.toMatchObject({
      error: 'pull-unreachable',
      message: expect.stringContaining(base),
    });
  });

  it('leaves an image that a registry does not have to the Dockerfile', async () => {
    const directory = await context({ Dockerfile: `FROM ${open.host}/none:1\n${copy} file /\n`, file: '' });
    await expect(build(directory)).rejects.toMatchObject({ error: 'build-failed' });
  });

  it('takes a Dockerfile from elsewhere, which is no part of the context', async () => {
    const directory = await context({ file: 'x', other: 'x', 'sub/Dockerfile': 'FROB' });
    const elsewhere = await context({
      Special: `FROM ${bench.image}\nCOPY . /all\n${run} cd /all && find . | sort > /found\n`,
      'Special.dockerignore': 'other\n',
    });
    await build(directory, { dockerfile: path.join(elsewhere, 'Special') });
    expect(await output('cat /found')).toBe('.\n./file\n./sub\n./sub/Dockerfile\n');
    await expect(build(directory, { dockerfile: path.join(elsewhere, 'None') })).rejects.toMatchObject({
      error: 'build-failed',
      message: expect.stringContaining(path.join(elsewhere, 'None')),
    });
  });

  it('takes another Dockerfile of the context, ignored or not', async () => {
    const directory = await context({
      Dockerfile: 'FROB\n',
      'deep/Other': `FROM ${bench.image}\nCOPY . /all\n${run} cd /all && find . -type f > /found\n`,
      '.dockerignore': 'deep\n.dockerignore\nDockerfile',
      file: '',
    });
    await build(directory, { dockerfile: path.join(directory, 'deep/Other') });
    expect(await output('cat /found')).toBe('./file\n');
  });

  it('takes other images as caches', async () => {
    const directory = await context({ Dockerfile: `FROM ${bench.image}\n${run} date > /built\n` });
    const absent = `${open.host}/seedbed-test/none:1`;
    const lines: string[] = [];
    const first = await build(directory, { cacheFrom: [absent] }, (line) => lines.push(line));
    expect(lines).toContainEqual(expect.stringMatching(`cache.* ${absent}`));
    expect((await build(directory, { cacheFrom: [absent], pull: 'never' })).id).toBe(first.id);

    const cache = `${open.host}/seedbed-test/cache:${builder.length}`;
    await bench.engine.tagImage(tag(), cache);
    await bench.engine.pushImage(cache);
    await bench.engine.untagImage(cache);
    await bench.engine.untagImage(tag());
    expect((await build(directory, { cacheFrom: [cache] })).id).toBe(first.id);
  });

  it('runs nothing any more when the program that asked for it is gone', async () => {
    const own = await workbench();
    const seconds = `${process.pid}${builder.length}`;
    const directory = await context({ Dockerfile: `FROM ${bench.image}\n${run} sleep ${seconds}\n` });
    const request = { directory, tag: tag(), labels: { [label]: '1' } };
    const building = own.engine.buildImage(request).catch((thrown: unknown) => thrown);
    await until(() => sleepers(seconds) > 0);
    own.engine.close();
    expect(await building).toMatchObject({
      error: expect.stringMatching(/^(build-failed|engine-unreachable)$/),
    });
    await until(() => sleepers(seconds) === 0);
    expect(sleepers(seconds)).toBe(0);
    await own.close();
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(20);
}

/** Processes of this machine that sleep for so long. */
function sleepers(seconds: string): number {
  return readdirSync('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === `sleep\0${seconds}\0`;
    } catch {
      return false;
    }
  }).length;
}
