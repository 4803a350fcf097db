import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { commandsIn, startCommand, testInstallation } from './support/cli.ts';
import { removeImages } from './support/engine.ts';
import { startTestRegistry, type TestRegistry } from './support/registry.ts';

const opened = testInstallation();
const root = path.join(import.meta.dirname, '..');

/** In the order in which a user would try their examples: each finds what those before it made. */
const commands = [
  ...['init', 'validate', 'build', 'run', 'list', 'inspect', 'publish', 'search', 'pull', 'unpublish'],
  ...['convert', 'spec', 'doctor', 'files', 'completion', 'version'],
];

let registry: TestRegistry;
let desk: { cwd: string; env: NodeJS.ProcessEnv };
beforeAll(async () => {
  registry = await startTestRegistry({ deletion: true });
  const seedbed = await opened;
  const cwd = await seedbed.directory();
  const bin = await commandsIn(cwd);
  await cp(path.join(root, 'sample-jobs'), path.join(cwd, 'sample-jobs'), { recursive: true });
  const picture = 'image-watermark/inputs/INPUT_IMAGE/sunset.png';
  await cp(path.join(root, 'sample-jobs', picture), path.join(cwd, 'photo.png'));
  desk = { cwd, env: { ...seedbed.env, PATH: `${bin}:${process.env.PATH}` } };
});
afterAll(async () => {
  await removeImages('help-job-', registry.host);
  await registry.stop();
});

const shell = (line: string) => startCommand(['sh', '-c', line], desk).ended;

describe('the help', () => {
  it('is there for every command that the program has', async () => {
    const { stdout } = await shell('seed --help');
    const listed = [...stdout.matchAll(/^ {2}([a-z]+)(?: \[| {2,}| <)/gm)].map(([, name]) => name);
    expect(listed.filter((name) => name !== 'help').toSorted()).toEqual(commands.toSorted());
  });

  // Under a name of their own: the pages' examples make images called my-job at the same time.
  it('of each command has an example that works', async () => {
    for (const command of commands) {
      const { stdout: help, exit } = await shell(`seed help ${command}`);
      expect([command, exit]).toEqual([command, 0]);
      const [, example] = /\nExample:\n {2}(seed.*)\n/.exec(help) ?? [];
      expect([command, example]).toEqual([command, expect.any(String)]);
      const ran = await shell(
        example!.replaceAll('my-job', 'help-job').replace('localhost:5000', registry.host),
      );
      expect([example, ran.exit, ran.exit === 0 ? '' : ran.stderr]).toEqual([example, 0, '']);
      expect(`${ran.stdout}${ran.stderr}`).not.toBe('');
    }
  });
});
