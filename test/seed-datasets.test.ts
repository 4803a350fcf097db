import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from './support/api.ts';
import { type Ended, testInstallation } from './support/cli.ts';

const opened = testInstallation();
let api: TestApi;
withApi((started) => (api = started));
let cwd: string;
beforeAll(async () => {
  cwd = await (await opened).directory();
});

async function seed(...args: string[]): Promise<Ended> {
  const env = { SEED_URL: `http://127.0.0.1:${api.port}`, SEED_TOKEN: api.token };
  return (await opened).run(args, { cwd, env });
}

const write = (name: string, text: string) => writeFile(path.join(cwd, name), text);

describe('seed datasets', () => {
  it('makes one of a file, and adds the files that filters find', async () => {
    expect((await seed('datasets')).stdout).toMatch(/^There are no datasets/);
    await write('scenes.yaml', 'parameters:\n  files: [{ name: SCENE }]\n');
    const made = await seed('datasets', '--create', 'scenes.yaml');
    expect(made).toMatchObject({ exit: 0, stdout: expect.stringMatching(/title +scenes\nmembers +0\n/) });
    for (const name of ['a.tif', 'b.tif', 'c.txt'])
      await api.send('POST', `files/?name=${name}`, name, { 'Content-Type': 'application/octet-stream' });
    const add = ['datasets', '--add', '1', '--input', 'SCENE', '--name', '*.tif'];
    expect((await seed(...add, '--dry-run')).stdout).toBe('2 members would be added to dataset 1.\n');
    expect((await seed(...add)).stdout).toBe('2 members were added to dataset 1.\n');
    expect((await seed('datasets')).stdout).toMatch(/\n1 +2 +2 +\S+.* scenes\n/);
    expect(await seed('datasets', '--add', '1')).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/--input/),
    });
  });

  it('tells every problem of a file', async () => {
    await write('bad.yaml', 'parameters:\n  files: [{ name: A }, { name: A }]\n');
    for (const option of ['--check', '--create'])
      expect(await seed('datasets', option, 'bad.yaml')).toMatchObject({
        exit: 2,
        stderr: expect.stringMatching(/NAME_COLLISION_ERROR/),
      });
  });
});

describe('seed schedules', () => {
  it('makes one of a file, lists, shows, pauses, resumes, runs and removes it', async () => {
    expect((await seed('schedules')).stdout).toMatch(/^There are no schedules/);
    const definition = { version: '7', input: {}, nodes: {} };
    await api.send('POST', 'recipe-types/', { title: 'Empty', name: 'empty', definition });
    const target = 'target: { recipe: { recipe_type_name: empty, input: {} } }';
    await write('nightly.yaml', `name: nightly\ncron: "@daily"\n${target}\n`);
    const made = await seed('schedules', '--create', 'nightly.yaml');
    expect(made).toMatchObject({ exit: 0, stdout: expect.stringMatching(/when +@daily \(UTC\)\n/) });
    expect((await seed('schedules', '--pause', 'nightly')).stdout).toMatch(/next +paused\n/);
    expect((await seed('schedules', '--resume', 'nightly')).stdout).not.toMatch(/paused/);
    expect((await seed('schedules', '--run', 'nightly')).stdout).toMatch(/ DUE/);
    expect((await seed('schedules')).stdout).toMatch(/nightly +@daily +UTC .* recipe\n/);
    expect((await seed('schedules', '--remove', 'nightly')).stdout).toMatch(/^There are no schedules/);
  });
});
