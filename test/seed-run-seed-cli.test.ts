import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { resultValidator } from '../seed-schema/index.ts';
import { tree, writeFiles } from './support/cli-files.ts';
import { jobDirectory, jobImage, manifestOf } from './support/cli-jobs.ts';
import { commandLine, startCommand, testInstallation } from './support/cli.ts';
import { busyboxImage, testDocker } from './support/engine.ts';

const opened = testInstallation();

/** Writes down everything that it was given. */
const draft = {
  name: 'old-habits',
  files: [{ name: 'one-file' }, { name: 'MANY', multiple: true, required: false }],
  json: [
    { name: 'NUMBERS', type: 'array', required: false },
    { name: 'TEXT', type: 'string', required: false },
    { name: 'LEVEL', type: 'integer', required: false },
  ],
  settings: [{ name: 'MODE' }, { name: 'HOST' }],
  mounts: [{ name: 'CONFIG', path: '/config' }],
  outputs: [{ name: 'A', pattern: 'all' }],
  script:
    'cat "$ONE_FILE" /config/x; [ -z "$MANY" ] || cat "$MANY"/*; echo "numbers=$NUMBERS text=$TEXT level=$LEVEL mode=$MODE host=$HOST"',
};
const withOutput = { ...draft, script: `(${draft.script}) > $OUTPUT_DIR/all` };

async function place(): Promise<string> {
  return writeFiles(await (await opened).directory(), {
    'one.txt': 'one ',
    'two.txt': 'two ',
    'numbers.json': '[1,\n 2]\n',
    'text.json': '"from a file"',
    'config/x': 'config ',
  });
}

describe('seed run with the words of seed-cli', () => {
  it.concurrent('takes every flag, and ours mixed with them', async () => {
    const image = await jobImage(withOutput);
    const cwd = await place();
    const { exit, stderr } = await (
      await opened
    ).run(
      [
        ...['run', '-rm', '-in', image, '-inputs', 'ONE_FILE=one.txt', '--input=MANY=two.txt'],
        ...['-json', 'NUMBERS=numbers.json', '-j=TEXT=text.json', '-setting', 'MODE=fast', '-e', 'HOST=a=b'],
        ...['-mount', 'CONFIG=config', '-outDir', 'out', '-q'],
      ],
      { cwd },
    );
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(await readFile(path.join(cwd, 'out/all'), 'utf8')).toBe(
      'one config two numbers=[1,\n 2] text=from a file level= mode=fast host=a=b\n',
    );
  });

  it.concurrent('reads several assignments in one option', async () => {
    const image = await jobImage(withOutput);
    const cwd = await place();
    const { exit } = await (
      await opened
    ).run(
      [
        'run',
        '-in',
        image,
        '-i',
        'one-file=one.txt',
        '-e',
        'MODE=a,b,HOST=c',
        '-m',
        'CONFIG=config',
        '-o',
        'out',
        '-q',
      ],
      { cwd },
    );
    expect(exit).toBe(0);
    expect(await readFile(path.join(cwd, 'out/all'), 'utf8')).toContain('mode=a,b host=c\n');
  });

  it.concurrent('takes values that are empty for none', async () => {
    const image = await jobImage({ name: 'nothing', script: 'true' });
    const cwd = await place();
    const empty = ['-o', '', '-e', '', '-i', '', '-j', '', '-m', '', '-s', '', '-M', '.'];
    expect(await (await opened).run(['run', '-in', image, ...empty, '-q'], { cwd })).toMatchObject({
      exit: 0,
      stderr: '',
    });
  });

  it.concurrent('runs the image of -in where there is a -M too', async () => {
    const image = await jobImage({ name: 'both', script: 'true' });
    const args = ['run', '-M', 'nowhere.json', '-in', image, '-q'];
    expect(await (await opened).run(args, { cwd: await place() })).toMatchObject({ exit: 0, stderr: '' });
  });

  it.concurrent('says which setting has no value, with -q too', async () => {
    const image = await jobImage({ name: 'unset', script: 'true', settings: [{ name: 'HOST' }] });
    const { exit, stdout, stderr } = await (
      await opened
    ).run(['run', '-in', image, '-q'], { cwd: await place() });
    expect({ exit, stdout, stderr }).toEqual({
      exit: 0,
      stdout: '',
      stderr:
        'warning MISSING_SETTING: The setting HOST has no value and stays unset; give it with -e HOST=VALUE.\n',
    });
  });

  it.concurrent('runs as often as -rep says, each time into a directory of its own', async () => {
    const image = await jobImage({
      name: 'again',
      script: 'echo x > $OUTPUT_DIR/a',
      outputs: [{ name: 'A', pattern: 'a' }],
    });
    const cwd = await place();
    const three = await (await opened).run(['run', '-in', image, '-rep', '3', '-o', 'out', '-q'], { cwd });
    expect(three.exit).toBe(0);
    for (const at of [0, 1, 2]) expect(await tree(path.join(cwd, `out-${at}`))).toEqual(['a']);
    expect(existsSync(path.join(cwd, 'out'))).toBe(false);
    const json = await (await opened).run(['run', image, '-repetitions=2', '--format', 'json'], { cwd });
    const documents = json.stdout.split(/(?<=^}\n)/m).map((text) => JSON.parse(text) as unknown);
    expect(documents.flatMap((document) => resultValidator.problems(document))).toEqual([]);
    expect(documents).toMatchObject([{ status: 'completed' }, { status: 'completed' }]);
  });

  it.concurrent('stops at the first repetition that fails', async () => {
    const image = await jobImage({ name: 'fails', script: 'exit 3' });
    const cwd = await place();
    expect(
      await (await opened).run(['run', '-in', image, '-rep', '3', '-o', 'out', '-q'], { cwd }),
    ).toMatchObject({ exit: 1 });
    expect(existsSync(path.join(cwd, 'out-1'))).toBe(false);
  });

  it.concurrent.each([
    [['x', '-in', 'y'], 'One target can be run, and 2 were given'],
    [['x', '-M', 'y'], 'One target can be run, and 2 were given'],
    [['-in', 'x', '--keep', '-rm'], '--keep and --rm contradict'],
    [['-in', 'x', '-rep', 'often'], 'whole number from 1 on'],
    [['-in', 'x', '-imputs', 'a=b'], 'did you mean -inputs?'],
    [['-in', 'x', '--pull', 'never'], 'the pull policy is never'],
  ])('refuses %j', async (args, message) => {
    const { exit, stderr } = await (await opened).run(['run', ...args], { cwd: await place() });
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining(message) });
  });

  it.concurrent('an unknown command is refused with the nearest, and none prints what there is', async () => {
    const seedbed = await opened;
    expect(await seedbed.run(['biuld'])).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining("Unknown command 'biuld' (Did you mean build?)"),
    });
    const [program, seed] = commandLine(['list']);
    const bare = await startCommand([program!, seed!], { env: seedbed.env }).ended;
    expect(bare).toMatchObject({ exit: 0, stdout: expect.stringContaining('unpublish'), stderr: '' });
  });
});

describe('a JSON input from a file', () => {
  it.concurrent.each([
    ['NUMBERS=nowhere.json', 'must be of type array'],
    ['NUMBERS=text.json', 'must be of type array'],
    ['LEVEL=numbers.json', 'must be of type integer'],
    ['NUMBERS=one.txt', 'the file one.txt is not JSON'],
  ])('%s is refused', async (option, message) => {
    const image = await jobImage(withOutput);
    const cwd = await place();
    const args = ['run', image, '-i', 'ONE_FILE=one.txt', '-j', option, '-m', 'CONFIG=config', '--dry-run'];
    const { exit, stderr } = await (await opened).run(args, { cwd });
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining(message) });
  });
});

describe('a run without a target', () => {
  const name = 'no-target-1.0.0-seed:1.0.0';
  afterAll(async () => {
    const { docker, close } = await testDocker();
    await docker
      .getImage(name)
      .remove({ force: true })
      .catch(() => undefined);
    close();
  });

  it('builds the image that the manifest names where it is not there, and else runs it as it is', async () => {
    const seedbed = await opened;
    const directory = await jobDirectory(
      await seedbed.directory(),
      { name: 'no-target', command: '/x', outputs: [{ name: 'A', pattern: 'a' }] },
      {
        dockerfile: `FROM ${await busyboxImage()}\nRUN printf '#!/bin/sh\\ntouch $OUTPUT_DIR/a\\n' > /x && chmod +x /x\n`,
      },
    );
    const run = async (...args: string[]) => {
      const { stdout } = await seedbed.run(['run', ...args, '--format', 'json'], { cwd: directory });
      return JSON.parse(stdout) as {
        status: string;
        steps: { name: string }[];
        warnings: { name: string }[];
      };
    };
    const steps = ({ steps: list }: { steps: { name: string }[] }) => list.map((step) => step.name);
    const first = await run();
    expect(first).toMatchObject({ status: 'completed', warnings: [] });
    expect(steps(first)).toContain('build');
    const second = await run('-M', 'seed.manifest.json');
    expect(second).toMatchObject({ status: 'completed', warnings: [] });
    expect(steps(second)).not.toContain('build');
    await writeFile(
      path.join(directory, 'seed.manifest.json'),
      JSON.stringify(manifestOf({ name: 'no-target', timeout: 7 })),
    );
    const third = await run();
    expect(third).toMatchObject({ status: 'completed', warnings: [{ name: 'other-manifest' }] });
    expect(steps(third)).not.toContain('build');
  });

  it('says what is missing where there is no manifest', async () => {
    const cwd = await (await opened).directory();
    expect(await (await opened).run(['run'], { cwd })).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('(SB1003 manifest-not-found)'),
    });
  });
});
