import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from './support/cli-files.ts';
import { jobImage, manifestOf } from './support/cli-jobs.ts';
import { testInstallation, type Ended } from './support/cli.ts';
import { jobNode, TestRecipes } from './support/recipes.ts';
import { startService, type TestService } from './support/service.ts';

const opened = testInstallation();
let service: TestService;
/** A recipe whose second job fails, after the first one has made a file. */
let id: number;
beforeAll(async () => {
  service = await startService(await opened);
  const recipes = new TestRecipes(await (await opened).database());
  const type = async (draft: Parameters<typeof jobImage>[0] & { name: string }) => {
    const image = await jobImage(draft);
    await send('POST', 'job-types/', { docker_image: image, manifest: manifestOf(draft) });
    return { id: 0, revision: 0, name: draft.name };
  };
  const makes = await type({
    name: 'makes',
    outputs: [{ name: 'OUT', pattern: '*.txt' }],
    script:
      'echo x > $OUTPUT_DIR/o.txt; echo \'{"type": "Feature", "geometry": {"type": "Point", "coordinates": [10, 20]}, "properties": {}}\' > $OUTPUT_DIR/o.txt.metadata.json',
    resources: { cpus: 0.1 },
  });
  const breaks = await type({
    name: 'breaks',
    script: 'echo "<b>it is & broken</b>"; exit 3',
    resources: { cpus: 0.1 },
  });
  const { name } = await recipes.recipeType('two-steps', {
    first: jobNode(makes),
    second: jobNode(breaks, ['first']),
    third: jobNode(makes, ['second']),
  });
  id = (await send('POST', 'recipes/', { recipe_type_name: name, input: {} })).id;
});
afterAll(() => service.stop());

async function send(method: string, route: string, body?: object): Promise<{ id: number }> {
  const token = (await readFile(path.join((await opened).home, 'token'), 'utf8')).trim();
  const answer = await fetch(`${service.url}/v6/${route}`, {
    method,
    headers: { Authorization: `Token ${token}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as { id: number };
}

async function seed(...args: string[]): Promise<Ended> {
  return (await opened).run(args, { env: service.env });
}

describe('seed recipe', () => {
  it('follows a recipe until nothing of it goes on, and ends with 1 where it failed', async () => {
    const { exit, stdout, stderr } = await seed('recipe', `${id}`, '--follow');
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: '' });
    expect(stdout).toMatch(/^second: FAILED/m);
    expect(stdout.split('\n').slice(-5)).toEqual([
      `recipe ${id}, two-steps revision 1: 1 of 3 jobs completed, 1 blocked, 1 failed`,
      expect.stringMatching(/^└─ ✔ first +COMPLETED {2}\S+ m?s {2}job \d+$/),
      expect.stringMatching(/^ {3}└─ ✖ second +FAILED {5}\S+ m?s {2}job \d+ {2}.*exit code 3/),
      expect.stringMatching(/^ {6}└─ ∅ third {2}BLOCKED +job \d+$/),
      '',
    ]);
  });

  it('prints the graph for other programs, and what the service answers', async () => {
    expect((await seed('recipe', `${id}`, '--graph', 'mermaid')).stdout).toMatch(
      /^flowchart TD\n[^]*n1 --> n2/,
    );
    expect((await seed('recipe', `${id}`, '--graph', 'dot')).stdout).toMatch(
      /^digraph "recipe \d+" \{[^]*n0 -> n1;/,
    );
    for (const option of [
      ['--graph', 'json'],
      ['--format', 'json'],
    ])
      expect(JSON.parse((await seed('recipe', `${id}`, ...option)).stdout)).toMatchObject({
        id,
        nodes: [{ name: 'first', state: 'COMPLETED' }, { state: 'FAILED' }, { state: 'BLOCKED' }],
      });
  });

  it.each(['recipe', 'report'])('%s refuses what is no recipe', async (command) => {
    expect(await seed(command, '987654321')).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining('no recipe 987654321'),
    });
    expect(await seed(command, 'x')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('A recipe is named by its number'),
    });
  });
});

describe('seed recipes', () => {
  it('lists recipes, newest first, and those that match', async () => {
    const { stdout } = await seed('recipes', '--unfinished', '--type', 'two-steps');
    const [heading, row, count] = stdout.split('\n');
    expect(heading!.split(/ {2,}/)).toEqual(['ID', 'TYPE', 'REVISION', 'STATE', 'JOBS', 'CREATED', 'TOOK']);
    expect(row).toMatch(new RegExp(`^${id} +two-steps +1 +FAILED +1 of 3 +2`));
    expect(count).toBe('1 of 1 recipe');
    expect((await seed('recipes', '--completed')).stdout).toBe('No recipe matches.\n');
    expect(JSON.parse((await seed('recipes', '--format', 'json')).stdout)).toMatchObject({
      results: [{ id }],
    });
    expect(await seed('recipes', '--completed', '--unfinished')).toMatchObject({ exit: 2 });
  });
});

describe('seed report', () => {
  it('writes one file with the failures, the end of their logs, and the products', async () => {
    const file = path.join(await (await opened).directory(), 'report.html');
    await until('the recipe to have failed', async () => {
      const { stdout } = await seed('recipe', `${id}`, '--format', 'json');
      return (
        (JSON.parse(stdout) as { counters: { jobs_failed: number } }).counters.jobs_failed === 1 || undefined
      );
    });
    expect(await seed('report', `${id}`, '-o', file)).toMatchObject({
      exit: 0,
      stdout: `${file}\n`,
      stderr: '',
    });
    const page = await readFile(file, 'utf8');
    expect(page).toContain(`<h1>Recipe ${id}: two-steps</h1>`);
    expect(page).toMatch(
      /<h3>second, job \d+<\/h3>\s*<p>[^]*<pre>&lt;b&gt;it is &amp; broken&lt;\/b&gt;<\/pre>/,
    );
    expect(page).toContain('class="timeline"');
    expect(page).toContain('class="map"');
    expect(page).toMatch(/<td>o\.txt <span class="none">file \d+<\/span><\/td>\s*<td>first<\/td>/);
    expect((await seed('report', `${id}`, '-o', '-')).stdout).toMatch(/^<!DOCTYPE html>/);
    expect(await seed('report', `${id}`, '-o', '/nowhere/x.html')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('/nowhere/x.html'),
    });
  });
});
