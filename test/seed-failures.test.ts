import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { tree, writeFiles } from './support/cli-files.ts';
import { manifestOf } from './support/cli-jobs.ts';
import { commandLine, startCommand, testInstallation } from './support/cli.ts';

const opened = testInstallation();

/** `seed` under a shell that has done `setting` first. */
async function seedAfter(setting: string, args: readonly string[]) {
  const words = ['sh', '-c', `${setting}; exec "$0" "$@"`, ...commandLine(args)];
  return startCommand(words, { env: { ...(await opened).env } }).ended;
}

/** No file may grow any more: what a full disk does, as an error of the operating system. */
const full = 'ulimit -f 0';

describe('a file that cannot be written', () => {
  it('is no half of a job directory', async () => {
    const directory = path.join(await (await opened).directory(), 'job');
    const { exit, stderr } = await seedAfter(full, ['init', directory]);
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('(SB1017)') });
    expect(await tree(directory)).toEqual([]);
    await writeFiles(directory, { inputs: 'in the way' });
    expect((await (await opened).run(['init', directory])).stderr).toContain(
      'not a directory; name another one, with -o DIR for a run and -d DIR for seed init. (SB1017)',
    );
    expect(await tree(directory)).toEqual(['inputs']);
  });

  it('neither stays empty after seed convert nor loses what it held', async () => {
    const directory = await writeFiles(await (await opened).directory(), {
      'seed.manifest.json': JSON.stringify(manifestOf({ script: 'true' })),
      old: 'as it was',
    });
    for (const more of [
      ['-o', path.join(directory, 'new')],
      ['-o', path.join(directory, 'old'), '--force'],
    ]) {
      const { exit, stderr } = await seedAfter(full, ['convert', directory, '--to', 'cwl', ...more]);
      expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('(SB1051)') });
    }
    expect(await tree(directory)).toEqual(['old', 'seed.manifest.json']);
    expect(await readFile(path.join(directory, 'old'), 'utf8')).toBe('as it was');
  });

  it.each([['version'], ['spec'], ['help'], ['list', '--help'], ['completion', 'bash']])(
    'as standard output is an error of seed %s, said in one line',
    async (...args) => {
      const { exit, stderr } = await seedAfter('exec >/dev/full', args);
      expect({ exit, stderr }).toEqual({
        exit: 3,
        stderr: expect.stringMatching(/^seed: There is no space left for standard output; .*\(SB3012\)\n$/),
      });
    },
  );
});

describe('a message', () => {
  it('is one line whatever it names, without what a terminal would obey', async () => {
    const { exit, stderr } = await (await opened).run(['build', '-d', 'a\n \u001b]0;title\u0007b']);
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringMatching(/^seed: a b has no .*\n$/) });
  });

  it('suggests the nearest command to explain', async () => {
    expect(await (await opened).run(['help', 'biuld'])).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining("Unknown command 'biuld' (Did you mean build?)"),
    });
    expect(await (await opened).run(['help', 'build'])).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('Usage: seed build'),
    });
  });
});
