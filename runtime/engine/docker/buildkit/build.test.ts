import { randomUUID } from 'node:crypto';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDocker } from '../../../../test/support/engine.ts';
import { writeFiles } from '../../../../test/support/cli-files.ts';
import { workbench, type Workbench } from '../../../../test/support/engine-workbench.ts';
import type { BuildRequest } from '../../engine.ts';

describe('images that need BuildKit', () => {
  let bench: Workbench;
  let contexts = 0;
  beforeAll(async () => (bench = await workbench({ ...process.env, DOCKER_CONFIG: '/nonexistent' })));
  afterAll(async () => {
    await bench.close();
    const { docker, close } = await testDocker();
    for (const { Id } of await docker.listImages({ filters: { label: ['seedbed-test-buildkit'] } }))
      await docker.getImage(Id).remove({ force: true });
    close();
  });

  const context = (files: Record<string, string>) =>
    writeFiles(path.join(bench.directory, `context ${++contexts}`), files);

  const tag = () => `seedbed-test-buildkit:${contexts}`;
  const build = (directory: string, parts: Partial<BuildRequest> = {}, lines: string[] = []) =>
    bench.engine.buildImage(
      {
        directory,
        tag: tag(),
        labels: { 'seedbed-test-buildkit': '1', json: '{"a": "$b \\" \'"}' },
        ...parts,
      },
      (line) => lines.push(line),
    );
  const cacheMount = (command: string) => `RUN --mount=type=cache,target=/cache ${command}`;
  const output = async (script: string, image = tag()) =>
    (await bench.run(await bench.job(['sh', '-c', script], { image }))).stdout;

  it('are built from what .dockerignore leaves, with modes and links', async () => {
    const mark = randomUUID();
    const directory = await context({
      Dockerfile: `FROM ${bench.image}\nCOPY . /context\n${cacheMount(`chmod 700 /context/run; echo ${mark}`)}\n`,
      '.dockerignore': 'Dockerfile\n.dockerignore\nsecret*\nnode_modules\ndeep\n!deep/kept\n',
      secret1: 'x',
      'node_modules/a/b': 'x',
      'deep/lost': 'x',
      'deep/kept': 'kept',
      'a/b': '1',
      'a-b': '2',
      'a.b/c': '3',
      'Grüße "1"': 'odd',
      empty: '',
      big: 'x'.repeat(300_000),
      run: '#!/bin/sh\necho ran\n',
    });
    await chmod(path.join(directory, 'run'), 0o755);
    await symlink('deep/kept', path.join(directory, 'link'));
    const lines: string[] = [];
    const image = await build(directory, {}, lines);
    expect(image.labels).toMatchObject({ json: '{"a": "$b \\" \'"}' });
    expect(image.tags).toContain(tag());
    expect(lines).toContainEqual(expect.stringMatching(/2\/3\] COPY/));
    expect(lines).toContain(mark);
    const script =
      'cd /context; find . | sort; cat link; stat -c "%a %u:%g" run deep/kept; ./run; wc -c < big; cat a/b a-b a.b/c';
    expect(await output(script)).toBe(
      './Grüße "1";./a;./a-b;./a.b;./a.b/c;./a/b;./big;./deep;./deep/kept;./empty;./link;./run;'
        .split(';')
        .reduce((text, name) => `${text}${name}\n`, '.\n')
        .replace(/\n$/, '') + 'kept700 0:0\n644 0:0\nran\n300000\n123',
    );
  });

  it('are the same where nothing changed', async () => {
    const directory = await context({
      Dockerfile: `FROM ${bench.image}\nCOPY file /file\n${cacheMount('date > /built')}\n`,
      file: 'one',
    });
    const first = await build(directory);
    await writeFile(path.join(directory, 'file'), 'one');
    const lines: string[] = [];
    expect((await build(directory, {}, lines)).id).toBe(first.id);
    expect(lines).toContainEqual(expect.stringMatching(/3\/3\] RUN .* \(cached\)$/));
    await writeFile(path.join(directory, 'file'), 'two');
    expect((await build(directory)).id).not.toBe(first.id);
    expect(await output('cat /file')).toBe('two');
  });

  it.each([
    [
      'a step that fails',
      `FROM seedbed-test-busybox:1\n${cacheMount('echo the reason; echo more; exit 3')}\n`,
      /could not build .*: .*2\/2\] RUN .*exit code: 3.*the reason; more/,
    ],
    [
      'a file that is not there',
      `FROM seedbed-test-busybox:1\n${cacheMount('true')}\nCOPY missing /\n`,
      /missing/,
    ],
    [
      'an instruction that does not exist',
      `FROM seedbed-test-busybox:1\n${cacheMount('true')}\nFROB\n`,
      /unknown instruction: FROB/,
    ],
  ])('fail to build with a sentence for %s', async (_, Dockerfile, reason) => {
    const failure = await build(await context({ Dockerfile })).catch((thrown: Error) => thrown);
    expect(failure).toMatchObject({ error: 'build-failed', message: expect.stringMatching(reason) });
    expect((failure as Error).message).not.toContain('\n');
  });

  it('fail to build with what a pull would say where no registry of a base image answers', async () => {
    const Dockerfile = `FROM localhost:9/none:1\n${cacheMount('true')}\n`;
    const failure = await build(await context({ Dockerfile })).catch((thrown: Error) => thrown);
    expect(failure).toMatchObject({
      error: 'pull-unreachable',
      message: expect.stringContaining('localhost:9'),
    });
  });

  it('need no registry for the ordinary frontend, in whatever place it is named', async () => {
    const directory = await context({
      Dockerfile: `# syntax=docker/dockerfile:1\n# escape=\`\nFROM ${bench.image}\n${cacheMount('echo `\n  one > /built')}\n`,
    });
    await build(directory);
    expect(await output('cat /built')).toBe('one\n');
  });

  it.each([
    ['', 3],
    ['# syntax=docker/dockerfile:1\n', 4],
  ])(
    'are built, or their lines named, where the BuildKit of the engine may be too old: %j',
    async (first, line) => {
      const directory = await context({
        Dockerfile: `${first}FROM ${bench.image}\n\nRUN <<EOF\necho one > /built\nEOF\n`,
      });
      const outcome = await build(directory).then(
        () => output('cat /built'),
        (thrown: Error) => thrown.message,
      );
      const named = `Dockerfile needs BuildKit for its line ${line} \\(RUN <<EOF\\), and .* too old.*docker/dockerfile`;
      expect(outcome).toMatch(new RegExp(`^(one\n|${named}.*)$`));
    },
  );

  it('fail with what a pull would say where the registry of their own frontend does not answer', async () => {
    const directory = await context({
      Dockerfile: `# syntax=localhost:9/seedbed-test/frontend:1\nFROM ${bench.image}\n`,
    });
    await expect(build(directory)).rejects.toMatchObject({
      error: 'pull-unreachable',
      message: expect.stringContaining('localhost:9'),
    });
  });
});
