import { execFileSync } from 'node:child_process';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { busyboxImage, testDocker } from '../../../test/support/engine.ts';
import { writeFiles } from '../../../test/support/cli-files.ts';
import { workbench, type Workbench } from '../../../test/support/engine-workbench.ts';

describe('images', () => {
  let bench: Workbench;
  let contexts = 0;
  beforeAll(async () => (bench = await workbench()));
  afterAll(async () => {
    await bench.close();
    const { docker, close } = await testDocker();
    for (const { Id } of await docker.listImages({ filters: { label: ['seedbed-test-build'] } }))
      await docker.getImage(Id).remove({ force: true });
    close();
  });

  const context = (files: Record<string, string>) =>
    writeFiles(path.join(bench.directory, `context ${++contexts}`), files);

  const build = (directory: string, tag = `seedbed-test-built:${contexts}`) =>
    bench.engine.buildImage({
      directory,
      tag,
      labels: { 'seedbed-test-build': tag, json: '{"a": "$b \\\\ \\" \'"}' },
    });

  it('are described as the engine has them', async () => {
    const image = await busyboxImage(['USER 1234', 'ENTRYPOINT ["a", "b"]', 'CMD ["c"]', 'ENV X=y=z']);
    expect(await bench.engine.inspectImage(image)).toMatchObject({
      id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      environment: { PATH: '/bin', X: 'y=z' },
      entrypoint: ['a', 'b'],
      command: ['c'],
      user: '1234',
      labels: {},
      tags: [image],
      size: expect.any(Number),
      repoDigests: [],
      created: expect.stringMatching(/^20\d\d-\d\d-\d\dT[\d:.]+Z$/),
      architecture: expect.stringMatching(/^[a-z]/),
      os: 'linux',
    });
  });

  it('are listed with their labels, and have a name more and a name less', async () => {
    const directory = await context({ Dockerfile: `FROM ${bench.image}\n` });
    const [first, second] = ['seedbed-test-named:1', 'localhost:5000/seedbed-test/named:two'];
    const { id, size, created } = await build(directory, first);
    const listed = async () => (await bench.engine.listImages()).find((image) => image.id === id);
    const labels = expect.objectContaining({ 'seedbed-test-build': first });
    expect(await listed()).toEqual({ id, tags: [first], labels, size, created: expect.any(String) });
    expect(Math.abs(Date.parse((await listed())!.created) - Date.parse(created))).toBeLessThan(1000);

    await bench.engine.tagImage(first, second);
    expect([...(await listed())!.tags].sort()).toEqual([second, first]);
    await bench.engine.untagImage(first);
    expect((await listed())!.tags).toEqual([second]);
    expect(await bench.engine.inspectImage(first)).toBeUndefined();
    await expect(bench.engine.untagImage(id)).rejects.toMatchObject({ error: 'invalid-image-name' });
    await bench.engine.untagImage(second);
    expect(await listed()).toBeUndefined();
  });

  it('have an identity of what they are made of, whatever their ids', async () => {
    const found = async (...instructions: string[]) =>
      (await bench.engine.inspectImage(await busyboxImage(instructions)))!;
    const one = await found('USER 77', 'ENV A=1');
    const same = await found('ENV A=1', 'USER 77');
    const other = await found('ENV A=2', 'USER 77');
    expect(same.id).not.toBe(one.id);
    expect(same.identity).toBe(one.identity);
    expect(other.identity).not.toBe(one.identity);
  });

  it('that are not there, and names that none can have, are told apart', async () => {
    const { engine, image } = bench;
    for (const absent of ['seedbed-test-absent:1', 'No Image']) {
      await expect(engine.tagImage(absent, 'x:1')).rejects.toMatchObject({ error: 'image-not-found' });
      await expect(engine.untagImage(absent)).rejects.toMatchObject({ error: 'image-not-found' });
    }
    for (const name of ['Upper/Case:1', 'a b', '', 'x:', 'a//b', `x@sha256:${'0'.repeat(64)}`])
      await expect(engine.tagImage(image, name)).rejects.toMatchObject({ error: 'invalid-image-name' });
  });

  it.each(['seedbed-test-absent:1', 'No/Such', 'a b', '../x', 'x?y', '', 'a/../../containers'])(
    'are not found as %j',
    async (reference) => {
      expect(await bench.engine.inspectImage(reference)).toBeUndefined();
    },
  );

  it('are not built from a pipe in the place of a Dockerfile', async () => {
    const directory = await context({ file: 'x' });
    execFileSync('mkfifo', [path.join(directory, 'Dockerfile')]);
    await expect(build(directory)).rejects.toMatchObject({
      error: 'build-failed',
      message: expect.stringContaining('it is no regular file'),
    });
  });

  it('that no registry has are named', async () => {
    // A registry on a port where nothing listens.
    for (const [reference, error] of [
      ['localhost:9/seedbed-test/none:1', 'pull-unreachable'],
      ['No Image', 'pull-refused'],
    ] as const)
      await expect(bench.engine.pullImage(reference)).rejects.toMatchObject({
        error,
        message: expect.stringContaining(reference),
      });
  });

  it('are built from what .dockerignore leaves, with modes and links', async () => {
    const directory = await context({
      Dockerfile: `FROM ${bench.image}\nCOPY . /context\nRUN chmod 700 /context/run\n`,
      '.dockerignore': 'Dockerfile\n.dockerignore\nsecret*\nnode_modules\ndeep/**\n!deep/kept\n',
      secret1: 'x',
      'node_modules/a/b': 'x',
      'deep/lost': 'x',
      'deep/kept': 'kept',
      'Grüße "1"': 'odd',
      run: '#!/bin/sh\necho ran\n',
    });
    await chmod(path.join(directory, 'run'), 0o755);
    await symlink('deep/kept', path.join(directory, 'link'));
    const lines: string[] = [];
    const tag = 'seedbed-test-built:ignore';
    const image = await bench.engine.buildImage(
      { directory, tag, labels: { 'seedbed-test-build': '1' } },
      (line) => lines.push(line),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^Step 2\/\d+ : COPY/));
    expect(image.tags).toContain(tag);
    const script = 'cd /context; find . | sort; cat link; stat -c "%a %u:%g" run deep/kept; ./run';
    const { stdout } = await bench.run(await bench.job(['sh', '-c', script], { image: tag }));
    expect(stdout).toBe(`.\n./Grüße "1"\n./deep\n./deep/kept\n./link\n./run\nkept700 0:0\n644 0:0\nran\n`);
  });

  it('carry their labels, and are the same where nothing changed', async () => {
    const directory = await context({
      Dockerfile: `FROM ${bench.image}\nCOPY file /file\nRUN date > /built\n`,
      file: 'one',
    });
    const first = await build(directory, 'seedbed-test-built:cache');
    expect(first.labels.json).toBe('{"a": "$b \\\\ \\" \'"}');
    await writeFile(path.join(directory, 'file'), 'one');
    expect((await build(directory, 'seedbed-test-built:cache')).id).toBe(first.id);
    await writeFile(path.join(directory, 'file'), 'two');
    expect((await build(directory, 'seedbed-test-built:cache')).id).not.toBe(first.id);
  });

  it.each([
    ['no Dockerfile', { file: 'x' }, /has no Dockerfile/],
    [
      'an instruction that does not exist',
      { Dockerfile: 'FROM scratch\nFROB x\n' },
      /unknown instruction: FROB/i,
    ],
    [
      'a step that fails',
      { Dockerfile: 'FROM seedbed-test-busybox:1\nRUN echo the reason; echo more >&2; exit 3\n' },
      /returned a non-zero code: 3.*the reason/,
    ],
    ['a file that is not there', { Dockerfile: 'FROM seedbed-test-busybox:1\nCOPY missing /\n' }, /missing/],
  ])('fail to build with a sentence for %s', async (_, files, reason) => {
    const failure = await build(await context(files as Record<string, string>)).catch(
      (thrown: Error) => thrown,
    );
    expect(failure).toMatchObject({ error: 'build-failed', message: expect.stringMatching(reason) });
    expect((failure as Error).message).not.toContain('\n');
  });

  it('fail to build from a file that cannot be read, by its name', async () => {
    const directory = await context({ Dockerfile: 'FROM scratch\nCOPY . /\n', 'sub/closed': 'x' });
    await chmod(path.join(directory, 'sub/closed'), 0);
    process.seteuid!(12345);
    try {
      await chmod(directory, 0o755).catch(() => {});
      await expect(build(directory)).rejects.toMatchObject({ error: expect.stringMatching(/build-failed/) });
    } finally {
      process.seteuid!(0);
    }
  });

  it('leave no container behind when they fail', async () => {
    const marker = `marker-${process.pid}-${contexts}`;
    const directory = await context({ Dockerfile: `FROM ${bench.image}\nRUN echo ${marker}; exit 1\n` });
    await expect(build(directory)).rejects.toMatchObject({ error: 'build-failed' });
    const { docker, close } = await testDocker();
    const containers = await docker.listContainers({ all: true });
    expect(containers.filter(({ Command }) => Command.includes(marker))).toEqual([]);
    close();
  });
});
