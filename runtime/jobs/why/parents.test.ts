import { expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import { conditionNode, jobNode, recipeNode, TestRecipes } from '../../../test/support/recipes.ts';
import type { Database } from '../../database/index.ts';
import { reasonsToWait, storedFacts } from '../index.ts';

let db: Database;
withDatabase((connected) => (db = connected));

async function reasons(jobId: number): Promise<string[]> {
  const stored = await storedFacts(db, jobId);
  return reasonsToWait({ ...stored!.facts, missing: [] }).map(({ description }) => description);
}

it('finds in the recipe of a job which nodes it waits for, and which ones block it', async () => {
  const recipes = new TestRecipes(db);
  const work = await recipes.jobType('work');
  const part = await recipes.recipeType('part', {});
  const type = await recipes.recipeType('whole', {
    done: jobNode(work),
    connected: jobNode(work),
    check: conditionNode(),
    waits: jobNode(work, ['done', 'check'], {
      input: { I: { type: 'dependency', node: 'connected', output: 'O' }, J: { type: 'recipe', input: 'R' } },
    }),
    sub: recipeNode(part),
    between: jobNode(work, ['sub']),
    blocked: jobNode(work, ['between', 'done']),
  });
  const id = await recipes.recipe(type);
  const add = async (
    name: string,
    status: string,
    state: string,
    more: Readonly<Record<string, unknown>> = {},
  ) => {
    const job_id = await recipes.job(work, id, name, status, more);
    await recipes.node(id, name, 'job', state, { job_id });
    return job_id;
  };
  await add('done', 'COMPLETED', 'COMPLETED');
  const connected = await add('connected', 'RUNNING', 'STARTED');
  await recipes.node(id, 'check', 'condition', 'WAITING');
  const waits = await add('waits', 'PENDING', 'WAITING', { awaits_input: true });
  const inside = await recipes.recipe(part, { recipe_id: id, root_recipe_id: id });
  await recipes.node(id, 'sub', 'recipe', 'STUCK', { sub_recipe_id: inside });
  await add('between', 'BLOCKED', 'WAITING', { awaits_input: true });
  const blocked = await add('blocked', 'BLOCKED', 'WAITING', { awaits_input: true });

  expect(await reasons(waits)).toEqual([
    `It waits for node connected (job ${connected}, RUNNING).`,
    'It waits for node check (condition, PENDING).',
  ]);
  expect(await reasons(blocked)).toEqual([
    `The node sub (recipe ${inside}, FAILED) cannot go on; requeue the jobs of it that failed.`,
  ]);
  await db.query(`update recipe_node set state = 'COMPLETED' where recipe_id = $1`, [id]);
  expect(await reasons(waits)).toEqual(['A job before it in its recipe has not completed yet.']);
});
