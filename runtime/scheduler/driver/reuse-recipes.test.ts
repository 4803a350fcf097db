import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DefinedNode } from '../../../seed-schema/index.ts';
import { eventually } from '../../../test/support/scheduler.ts';
import { from, node, RecipeWorld } from '../../../test/support/recipe-world.ts';
import { ReuseWorld } from '../../../test/support/reuse-world.ts';
import { localWorkspace } from '../../catalog/index.ts';
import { reprocessRecipe } from '../../recipes/index.ts';

let world: ReuseWorld;
let recipes: RecipeWorld;
beforeAll(async () => {
  world = await ReuseWorld.begin();
  await world.start();
  recipes = new RecipeWorld(world.db, await localWorkspace(world.db));
});
afterAll(() => world.close());

/** A node's number, its parents (at most three, all before it), and a setting of its own. */
interface Drawn {
  readonly parents: readonly number[];
  readonly salt: string;
}

/** The same seed is the same graph. */
function randomGraph(seed: number): Drawn[] {
  let state = seed * 2654435761;
  const draw = (below: number) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
  return Array.from({ length: 4 + draw(4) }, (_, at) => {
    const parents = Array.from({ length: Math.min(at, draw(3)) }, () => draw(at));
    return { parents: [...new Set(parents)], salt: `${seed} ${at}` };
  });
}

function definitionOf(graph: readonly Drawn[]): Record<string, DefinedNode> {
  const type = {
    node_type: 'job' as const,
    job_type_name: 'mixes',
    job_type_version: '1.0.0',
    job_type_revision: 1,
  };
  return Object.fromEntries(
    graph.map(({ parents, salt }, at) => {
      const input = Object.fromEntries(parents.map((one, nth) => ['ABC'[nth]!, from(`n${one}`, 'OUT')]));
      const configuration = { settings: { SALT: salt } };
      return [`n${at}`, node(type, input, { after: parents.map((one) => `n${one}`), configuration })];
    }),
  );
}

/** Runs a recipe to its end. @returns the nodes whose jobs ran */
async function run(graph: readonly Drawn[], configuration: Record<string, unknown>): Promise<string[]> {
  const id = await begin(graph, configuration);
  const [row] = await world.db.query<{ count: number }>(
    'select count(*)::integer as count from job where recipe_id = $1',
    [id],
  );
  expect(row!.count).toBe(graph.length);
  return ranIn(id);
}

/** @returns `recipe.id` of one that has come to its end */
async function begin(graph: readonly Drawn[], configuration: Record<string, unknown>): Promise<number> {
  const { revisionId } = await recipes.recipeType({ nodes: definitionOf(graph) });
  const id = await recipes.submit(revisionId, {}, { settings: { PEPPER: null }, ...configuration });
  await ranIn(id);
  return id;
}

/** Waits for the end of a recipe. @returns its nodes whose jobs ran */
async function ranIn(id: number): Promise<string[]> {
  world.wake();
  await eventually(`the end of recipe ${id}`, async () => (await recipes.recipe(id)).is_completed);
  expect(await recipes.disagreements()).toEqual([]);
  const jobs = await world.db.query<{ node: string; ran: boolean }>(
    'select recipe_node as node, reused_job_exe_id is null as ran from job where recipe_id = $1 order by id',
    [id],
  );
  return jobs.flatMap(({ node: name, ran }) => (ran ? [name] : []));
}

/** It, and what hangs on it. */
function dependents(graph: readonly Drawn[], changed: number): Set<string> {
  const found = new Set([changed]);
  graph.forEach(({ parents }, at) => {
    if (parents.some((one) => found.has(one))) found.add(at);
  });
  return new Set([...found].map((at) => `n${at}`));
}

it('a node that is forced by a re-processing runs, and what it made is published again where it comes out the same', async () => {
  const graph = [
    { parents: [], salt: 'forced 0' },
    { parents: [0], salt: 'forced 1' },
    { parents: [1], salt: 'forced 2' },
  ];
  const first = await begin(graph, { reuse: true });
  const forced = { all: false, nodes: ['n1'] };
  const again = await world.db.transaction((tx) =>
    reprocessRecipe(tx, recipes.context, { recipeId: first, forced, actor: 'jane' }),
  );
  // n0 is carried over; n1 is forced; n2 hangs on it, and is given the same.
  expect(await ranIn(again.id)).toEqual(['n1']);
  const published = await world.db.query<{ node: string }>(
    `select recipe_node as node from scale_file where is_published and recipe_id = any($1) order by id`,
    [[first, again.id]],
  );
  expect(published.map(({ node: name }) => name)).toEqual(['n0', 'n2', 'n1']);
});

describe('a recipe whose submission allows to reuse', () => {
  it.each([1, 4, 5])('reruns exactly the node that changes, and what hangs on it (%i)', async (seed) => {
    const graph = randomGraph(seed);
    expect(new Set(await run(graph, { reuse: true }))).toEqual(new Set(graph.map((_, at) => `n${at}`)));
    expect(await run(graph, { reuse: true })).toEqual([]);
    const changed = seed % graph.length;
    const other = graph.map((one, at) => (at === changed ? { ...one, salt: `changed ${seed}` } : one));
    expect(new Set(await run(other, { reuse: true }))).toEqual(dependents(graph, changed));
    expect(await run(graph, {})).toHaveLength(graph.length);
  });
});
