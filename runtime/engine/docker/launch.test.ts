import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { busyboxImage, testDocker } from '../../../test/support/engine.ts';
import { readAll, workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import { createEngine } from '../index.ts';
import { createOptions } from './create.ts';

const awkward = [
  'two words',
  'a:b',
  'a,b=c',
  `quotes ' and "`,
  'new\nline',
  'Grüße-日本',
  '$HOME `id`',
  'back\\slash',
  ' ',
];

describe('launching', () => {
  let bench: Workbench;
  beforeAll(async () => (bench = await workbench()));
  afterAll(() => bench.close());

  it('delivers arguments and environment to the byte', async () => {
    const environment = Object.fromEntries(awkward.map((value, index) => [`VALUE_${index}`, value]));
    const names = awkward.map((_, index) => `"$VALUE_${index}"`).join(' ');
    const script = `printf '%s\\0' "$@" ${names}`;
    const spec = await bench.job(['sh', '-c', script, 'sh', ...awkward], { environment });
    const { stdout } = await bench.run(spec);
    expect(stdout.split('\0').slice(0, -1)).toEqual([...awkward, ...awkward]);
  });

  it('mounts files of any name, read-only where asked', async () => {
    const directory = path.join(bench.directory, 'inputs');
    await mkdir(directory);
    const staged = [];
    for (const [index, name] of awkward.entries()) {
      const source = path.join(directory, name);
      await writeFile(source, `content ${index}`);
      staged.push({
        source,
        target: `/scale/input_data/I${index}/${name}`,
        mode: 'ro' as const,
        name: `I${index}`,
      });
    }
    const script =
      'for f in "$@"; do cat "$f" && echo; echo x 2>/dev/null > "$f" && echo WRITTEN; done; true';
    const spec = await bench.job(['sh', '-c', script, 'sh', ...staged.map(({ target }) => target)], {
      staged,
    });
    const { stdout } = await bench.run(spec);
    expect(stdout).toBe(awkward.map((_, index) => `content ${index}\n`).join(''));
  });

  it('lets a job write to a mount that is rw', async () => {
    const source = path.join(bench.directory, 'rw');
    await mkdir(source);
    const staged = [{ source, target: '/state', mode: 'rw' as const, name: 'STATE' }];
    await bench.run(await bench.job(['sh', '-c', 'echo kept > /state/file'], { staged }));
    expect(await readFile(path.join(source, 'file'), 'utf8')).toBe('kept\n');
  });

  it('gives an image with a USER an output directory that it can write to', async () => {
    const image = await busyboxImage(['USER 1234']);
    const spec = await bench.job(['sh', '-c', 'id -u; umask 077; echo mine > /scale/output_data/file'], {
      image,
    });
    expect((await bench.run(spec)).stdout).toBe('1234\n');
    const file = path.join(spec.output.directory, 'file');
    expect(await readFile(file, 'utf8')).toBe('mine\n');
    expect((await stat(file)).uid).toBe(1234);
  });

  it('reports the exit code, and uses the command of the image where none is given', async () => {
    const image = await busyboxImage(['CMD ["sh", "-c", "exit 7"]']);
    const { command: _, ...spec } = await bench.job([], { image });
    expect(await bench.run(spec)).toMatchObject({ exitCode: 7, oomKilled: false, interrupted: false });
  });

  it('adopts the container of a key that was launched before, and reads its output from the beginning', async () => {
    const key = bench.key();
    const spec = await bench.job(['sh', '-c', 'echo first; echo second >&2; sleep 600']);
    const launched = await bench.engine.launch(spec, key, 'one');
    const other = await createEngine(bench.config);
    const again = await other.launch(spec, key, 'two');
    expect(again).toEqual({ ...launched, adopted: true });
    const seen: string[] = [];
    for await (const { stream, data } of other.logs(key)) {
      seen.push(`${stream} ${data.toString()}`);
      if (seen.length === 2) break;
    }
    expect(seen.sort()).toEqual(['stderr second\n', 'stdout first\n']);
    other.close();
    await bench.engine.remove(key);
  });

  it('launches once when one key is launched twice at the same time', async () => {
    const key = bench.key();
    const spec = await bench.job(['true']);
    const launched = await Promise.all([
      bench.engine.launch(spec, key, 'r'),
      bench.engine.launch(spec, key, 'r'),
    ]);
    expect(new Set(launched.map(({ containerId }) => containerId)).size).toBe(1);
    expect(launched.map(({ adopted }) => adopted).sort()).toEqual([false, true]);
  });

  it.each([
    ['a command that is not there', ['no-such-program'], 'command-not-found', /no-such-program.*not found/],
    ['a command that is no program', ['/etc'], 'command-not-found', /permission denied|is a directory/],
  ] as const)('names %s and leaves no container', async (_, command, error, reason) => {
    const key = bench.key();
    const launching = bench.engine.launch(await bench.job(command), key, 'test');
    await expect(launching).rejects.toMatchObject({ error, message: expect.stringMatching(reason) });
    expect((await bench.engine.list(bench.installation)).some((o) => o.key.execution === key.execution)).toBe(
      false,
    );
  });

  it('names an image and a network that the engine does not have', async () => {
    const noImage = await bench.job(['true'], { image: 'seedbed-test-no-such-image:1' });
    await expect(bench.engine.launch(noImage, bench.key(), 'test')).rejects.toMatchObject({
      error: 'target-not-found',
    });
    const noNetwork = await bench.job(['true'], { network: 'seedbed-test-no-such-network' });
    await expect(bench.engine.launch(noNetwork, bench.key(), 'test')).rejects.toMatchObject({
      error: 'network-not-found',
    });
  });

  it('lists the executions of one installation with their runtime, and removes without complaint', async () => {
    const [running, ended] = [bench.key(), bench.key()];
    const other = { ...bench.key(), installation: 'seedbed-test-other' };
    for (const key of [running, other])
      await bench.engine.launch(await bench.job(['sleep', '600']), key, 'runtime-1');
    await bench.run(await bench.job(['sh', '-c', 'exit 4']), ended);
    const found = (await bench.engine.list(bench.installation)).filter(({ key }) =>
      [running.execution, ended.execution].includes(key.execution),
    );
    expect(found).toHaveLength(2);
    expect(found).toContainEqual({ key: running, state: 'running', runtime: 'runtime-1', kept: false });
    expect(found).toContainEqual(expect.objectContaining({ key: ended, state: 'exited', exitCode: 4 }));
    for (const key of [running, running, ended, other]) await bench.engine.remove(key);
    expect(await bench.engine.list('seedbed-test-other')).toEqual([]);
  });

  it('replaces a container that was created and never started', async () => {
    const key = bench.key();
    const spec = await bench.job(['echo', 'ran']);
    const { docker, close } = await testDocker();
    await docker.createContainer(createOptions(spec, key, 'dead', { mode: 'archive' }, 1));
    close();
    expect(await bench.engine.launch(spec, key, 'test')).toMatchObject({ adopted: false });
    expect((await readAll(bench.engine, key)).stdout).toBe('ran\n');
  });

  it('stages what links lead to', async () => {
    const target = path.join(bench.directory, 'real');
    await writeFile(target, 'behind the link');
    const source = path.join(bench.directory, 'link');
    await symlink(target, source);
    const staged = [{ source, target: '/in', mode: 'ro' as const, name: 'IN' }];
    expect((await bench.run(await bench.job(['cat', '/in'], { staged }))).stdout).toBe('behind the link');
  });
});
