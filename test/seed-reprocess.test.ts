import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../runtime/config/index.ts';
import { recipeContext, submitRecipe } from '../runtime/recipes/index.ts';
import { until } from './support/cli-files.ts';
import { jobImage, manifestOf } from './support/cli-jobs.ts';
import { testInstallation, type Ended } from './support/cli.ts';
import { startService, type TestService } from './support/service.ts';

const opened = testInstallation();
let service: TestService;
beforeAll(async () => {
  service = await startService(await opened);
  await jobType({ name: 'makes', script: 'echo $$ > $OUTPUT_DIR/o.txt' });
  await jobType({ name: 'stays', script: 'sleep 1000' });
});
afterAll(() => service.stop());

async function jobType(draft: { name: string; script: string }): Promise<void> {
  const whole = {
    ...draft,
    outputs: [{ name: 'OUT', pattern: '*.txt', required: false }],
    resources: { cpus: 0.1 },
  };
  await send('job-types/', { docker_image: await jobImage(whole), manifest: manifestOf(whole) });
}

async function send(route: string, body: object): Promise<void> {
  const token = (await readFile(path.join((await opened).home, 'token'), 'utf8')).trim();
  const answer = await fetch(`${service.url}/v6/${route}`, {
    method: 'POST',
    headers: { Authorization: `Token ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

async function seed(...args: string[]): Promise<Ended> {
  return (await opened).run(args, { env: service.env });
}

/** A recipe of a type of that name: `NODE: [job type, node before it]`. */
async function submit(name: string, nodes: Record<string, [type: string, after?: string]>): Promise<number> {
  const members = Object.entries(nodes).map(([node, [type, after]]) => [
    node,
    {
      dependencies: after === undefined ? [] : [{ name: after }],
      input: {},
      node_type: { node_type: 'job', job_type_name: type, job_type_version: '1.0.0', job_type_revision: 1 },
    },
  ]);
  const definition = { version: '7', input: {}, nodes: Object.fromEntries(members) };
  await send('recipe-types/', { name, definition });
  const db = await (await opened).database();
  const [type] = await db.query<{ revision: number }>(
    `select r.id as revision from recipe_type t join recipe_type_revision r on r.recipe_type_id = t.id where t.name = $1`,
    [name],
  );
  const context = recipeContext(db, readConfig({ SEED_HOME: '/nowhere' }));
  const input = { version: '7', files: {}, json: {} } as const;
  const recipe = { revisionId: type!.revision, input, configuration: {}, actor: 'jane' };
  const id = await db.transaction((tx) => submitRecipe(tx, context, recipe));
  db.notify('queue');
  return id;
}

const completed = (id: number) =>
  until(`recipe ${id} to be completed`, async () => {
    const rows = await (await opened).query('select 1 from recipe where id = $1 and is_completed', [id]);
    return rows.length > 0 || undefined;
  });

/** Nodes whose products are published. */
async function published(id: number): Promise<string[]> {
  const rows = await (
    await opened
  ).query<{ node: string }>(
    `select j.recipe_node as node from job j join scale_file f on f.job_id = j.id
     where j.recipe_id = $1 and f.is_published order by 1`,
    [id],
  );
  return rows.map(({ node }) => node);
}

describe('seed reprocess', () => {
  it('says what would run and why, runs it, and replaces the products', async () => {
    const id = await submit('three', { first: ['makes'], second: ['makes', 'first'], third: ['makes'] });
    await completed(id);
    expect(await seed('reprocess', `${id}`, '--node', 'first', '--dry-run')).toMatchObject({
      exit: 0,
      stderr: '',
      stdout: `recipe ${id} as revision 1 of three: 2 of 3 nodes run
NODE    ACTION  REASON
first   run     It is forced
third   kept    It has not changed
second  run     It depends on first, which runs again
`,
    });
    const { exit, stdout, stderr } = await seed('reprocess', `${id}`, '--node', 'first', '--wait');
    expect([exit, stderr]).toEqual([0, '']);
    const next = Number(/^recipe (\d+) supersedes recipe (\d+)\n/.exec(stdout)?.[1]);
    expect(stdout).toMatch(/third.*COMPLETED/);
    expect(next).toBeGreaterThan(id);
    expect(await published(id)).toEqual(['third']);
    expect(await published(next)).toEqual(['first', 'second']);
    const again = await seed('reprocess', `${id}`, '--all');
    expect(again).toMatchObject({ exit: 2, stdout: '' });
    expect(again.stderr).toContain(`recipe ${id} was superseded by the recipe ${next}`);
    const nowhere = await seed('reprocess', `${next}`, '--node', 'nowhere', '--dry-run');
    expect(nowhere).toMatchObject({ exit: 2, stdout: '' });
    expect(nowhere.stderr).toContain('the node nowhere is to run again, and the recipe type has none');
    const refused = await seed('reprocess', `${next}`);
    expect(refused).toMatchObject({ exit: 2, stderr: expect.stringContaining('All nodes of the recipe') });
    const all = await seed('reprocess', `${next}`, '--all', '--revision', '1', '--wait', '--format', 'json');
    expect(all).toMatchObject({ exit: 0, stderr: '' });
    expect(JSON.parse(all.stdout)).toMatchObject({ is_completed: true, nodes: expect.any(Array) });
  });

  it('stops what still runs', async () => {
    const id = await submit('endless', { long: ['stays'] });
    const jobOf = async (recipe: number) => {
      const [job] = await (
        await opened
      ).query<{ id: number; status: string }>('select id, status from job where recipe_id = $1', [recipe]);
      return job!;
    };
    const stands = (recipe: number, status: string) =>
      until(`the job to be ${status}`, async () => (await jobOf(recipe)).status === status || undefined);
    await stands(id, 'RUNNING');
    const { exit, stdout } = await seed('reprocess', `${id}`, '--format', 'json');
    expect([exit, JSON.parse(stdout)]).toMatchObject([
      0,
      { recipe: { id }, nodes: [{ name: 'long', action: 'RUN', reason: 'It has not completed' }] },
    ]);
    await stands(id, 'CANCELED');
    const { id: next } = JSON.parse(stdout) as { id: number };
    expect((await seed('cancel', `${(await jobOf(next)).id}`)).exit).toBe(0);
    await stands(next, 'CANCELED');
  });

  it.each([
    [['x'], 'A recipe is named by its number'],
    [['987654321'], 'There is no recipe 987654321'],
    [['1', '--revision', '0'], '--revision takes a whole number'],
  ])('refuses %j', async (args, message) => {
    expect(await seed('reprocess', ...args, '--dry-run')).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});
