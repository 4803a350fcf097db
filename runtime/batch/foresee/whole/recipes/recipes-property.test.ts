import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DefinedNode, ForcedNodes, RecipeData } from '../../../../../seed-schema/index.ts';
import { condition, from, given, node, RecipeWorld } from '../../../../../test/support/recipe-world.ts';
import { ReuseWorld } from '../../../../../test/support/reuse-world.ts';
import { eventually } from '../../../../../test/support/scheduler.ts';
import { localWorkspace, Workspaces } from '../../../../catalog/index.ts';
import { readConfig } from '../../../../config/index.ts';
import type { Queries } from '../../../../database/index.ts';
import type { SeedbedError } from '../../../../errors/index.ts';
import { type RecipeContext, reprocessRecipe, submitRecipe } from '../../../../recipes/index.ts';
import { foreseeRecipe } from '../../../../scheduler/index.ts';
import { loadSecretKey } from '../../../../secrets/index.ts';
import type { BatchRow } from '../../../creation/batch-row.ts';
import type { ForeseeBatchContext } from '../../foreseen.ts';
import type { MemberFate } from '../tally.ts';
import { recipesOfBatch, reprocessingsOfBatch } from './recipes.ts';

let world: ReuseWorld;
let recipes: RecipeWorld;
let context: ForeseeBatchContext;
const files: number[] = [];
let chain: DefinedNode['node_type'];
const mixes: DefinedNode['node_type'] = {
  ...{ node_type: 'job', job_type_name: 'mixes', job_type_version: '1.0.0', job_type_revision: 1 },
};
beforeAll(async () => {
  world = await ReuseWorld.begin();
  await world.start();
  recipes = new RecipeWorld(world.db, await localWorkspace(world.db));
  const config = readConfig({ SEED_HOME: world.home });
  const secretKey = await loadSecretKey(config);
  const workspaces = new Workspaces(world.db, config);
  const hostPaths = { roots: [], home: world.home, engineSockets: [] };
  context = {
    submission: { db: world.db, config, workspaces } as unknown as ForeseeBatchContext['submission'],
    foresee: { config, secretKey, workspaces, hostPaths },
  };
  await world.db.query('update job_type set configuration = $1', [
    JSON.stringify({ settings: { SALT: '', PEPPER: null } }),
  ]);
  for (const content of ['a', 'b', 'c']) files.push(await world.file(content));
  chain = (
    await recipes.recipeType({
      input: { files: [{ name: 'A', media_types: [], required: false, multiple: false }], json: [] },
      output: { OUT: { node: 'last', output: 'OUT' } },
      nodes: {
        last: node(mixes, { B: from('one', 'OUT') }),
        one: node(mixes, { A: given('A') }),
      },
    })
  ).node;
});
afterAll(() => world.close());

/** A node of a random recipe: what it takes comes from the recipe, or from a node before it. */
const drawnNode = fc.record({
  kind: fc.constantFrom('job', 'job', 'job', 'condition', 'recipe'),
  sources: fc.array(fc.integer({ min: -2, max: 4 }), { minLength: 1, maxLength: 2 }),
  takesN: fc.boolean(),
  salt: fc.constantFrom(undefined, 'x'),
  acceptance: fc.boolean(),
});
/** A recipe that is run before, or that is asked for. `file` and `other` are positions in `files`. */
const drawnMember = fc.record({
  file: fc.nat(2),
  other: fc.constantFrom(undefined, 0, 1),
  n: fc.nat(1),
  reuse: fc.constantFrom(true, true, true, false),
  salt: fc.constantFrom(undefined, undefined, 'y'),
  forced: fc.constantFrom(undefined, undefined, 'n0', 'n1'),
});
type Drawn<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

function definitionOf(drawn: readonly Drawn<typeof drawnNode>[]): Record<string, DefinedNode> {
  const outputs = { job: 'OUT', recipe: 'OUT', condition: 'A' };
  const entries = drawn.map(({ kind, sources, takesN, salt, acceptance }, at): [string, DefinedNode] => {
    const conditions: Record<string, boolean> = {};
    const inputs = sources.map((source, nth) => {
      const name = nth === 0 ? 'A' : 'B';
      if (source < 0 || at === 0) return [name, given(source === -1 ? 'FILE' : 'OTHER')] as const;
      const parent = source % at;
      if (drawn[parent]!.kind === 'condition') conditions[`n${parent}`] = acceptance;
      return [name, from(`n${parent}`, outputs[drawn[parent]!.kind as 'job'])] as const;
    });
    if (kind === 'condition') {
      const filter = { name: 'N', type: 'integer', condition: '==', values: [1] } as const;
      const parameters = {
        files: [{ name: 'A', media_types: [], required: true, multiple: false }],
        json: [{ name: 'N', type: 'integer', required: true }],
      } as const;
      const taken = Object.fromEntries([inputs[0]!, ['N', given('N')]]);
      return [`n${at}`, node(condition(filter, parameters), taken, { after: conditions })];
    }
    const taken = Object.fromEntries([
      ...(kind === 'recipe' ? [inputs[0]!] : inputs),
      ...(takesN && kind === 'job' ? [['N', given('N')] as const] : []),
    ]);
    const more = { after: conditions, ...(salt && { configuration: { settings: { SALT: salt } } }) };
    return [`n${at}`, node(kind === 'recipe' ? chain : mixes, taken, more)];
  });
  return Object.fromEntries(entries);
}

function askedFor(member: Drawn<typeof drawnMember>) {
  const { file, other, n, reuse, salt, forced } = member;
  const input: RecipeData = {
    version: '7',
    files: { FILE: [files[file]!], ...(other !== undefined && { OTHER: [files[other]!] }) },
    json: { N: n },
  };
  const configuration = {
    ...{ reuse, ...(salt && { settings: { SALT: salt } }) },
    ...(forced && { forced_nodes: { all: false, nodes: [forced] } }),
  };
  return { input, configuration };
}

/** What is told of the jobs of a recipe by beginning it; those that wait for others are `open`, what is carried over is left out. */
async function begun(begin: (tx: Queries, all: RecipeContext) => Promise<{ readonly id: number }>) {
  const { foreseen } = await foreseeRecipe(world.db, context.foresee, begin);
  const kept = foreseen.nodes.filter(({ action }) => action === 'KEEP').map(({ name }) => `${name}/`);
  const jobs = foreseen.nodes.filter(
    ({ node_type, name, action }) =>
      node_type === 'job' && action !== 'KEEP' && !kept.some((part) => name.startsWith(part)),
  );
  return Object.fromEntries(
    jobs.map(({ name, action, reason }) => {
      const isOpen = action === 'UNKNOWN' || reason.startsWith('It depends on');
      return [name, isOpen ? 'open' : `${action}${whyNotReused(reason)}`];
    }),
  );
}

/** Of a job whose work was done, and that runs. */
const whyNotReused = (reason: string) => /, and it is .*/.exec(reason)?.[0] ?? '';

const seen = new Set<string>();
/** Holds what is told of a member without making it against what is told by beginning it. */
function compare({ nodes }: MemberFate, expected: Readonly<Record<string, string>>): void {
  const told = nodes.map(({ node: name, action, reason }): [string, string] => [
    name,
    action === 'DEPEND' || action === 'UNKNOWN' ? 'open' : `${action}${whyNotReused(reason)}`,
  ]);
  const known = told.filter(([name]) => name in expected);
  expect(Object.fromEntries(known)).toEqual(expected);
  // Of a sub-recipe that has not begun, only all at once can tell.
  const inside = told.filter(([name]) => !(name in expected));
  expect(inside.filter(([name]) => !name.includes('/'))).toEqual([]);
  expect(inside.filter(([, action]) => action !== 'open' && action !== 'SKIP')).toEqual([]);
  for (const [, action] of told) seen.add(action);
}

async function decider(of: typeof recipesOfBatch, row: Partial<BatchRow>) {
  const decide = await of(world.db, world.db, context, row as BatchRow);
  if ('untold' in decide) throw new Error(decide.untold);
  return decide;
}

/** By beginning it. @returns undefined: it would be refused */
async function begunAgain(recipeId: number, forced: ForcedNodes, reuse: boolean) {
  try {
    return await begun((tx, all) => reprocessRecipe(tx, all, { recipeId, forced, reuse, actor: 'jane' }));
  } catch (thrown) {
    if ((thrown as SeedbedError).error === 'nothing-to-reprocess') return undefined;
    throw thrown;
  }
}

type Example = [
  Drawn<typeof drawnNode>[],
  Drawn<typeof drawnMember>[],
  Drawn<typeof drawnMember>[],
  number,
  string[],
];
const plain = { sources: [-1], takesN: false, salt: undefined, acceptance: true };
const last = { ...plain, kind: 'job' as const, sources: [0] };
const asked = { file: 0, other: undefined, n: 0, reuse: true, salt: undefined, forced: undefined };
/** Of a sub-recipe a part is carried over. */
const partIsForced: Example = [[{ ...plain, kind: 'recipe' }, last], [asked], [asked], 30, ['n0']];
const isRejected: Example = [[{ ...plain, kind: 'condition' }, last], [{ ...asked, n: 1 }], [asked], 30, []];

it('says of every job of a recipe the same as beginning it does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(drawnNode, { minLength: 2, maxLength: 4 }),
      fc.array(drawnMember, { minLength: 1, maxLength: 2 }),
      fc.array(drawnMember, { minLength: 3, maxLength: 3 }),
      fc.nat(30),
      fc.subarray(['n0', 'n1', 'n2']),
      async (drawn, before, asked, gone, forcedNames) => {
        const { revisionId } = await recipes.recipeType({
          input: {
            files: ['FILE', 'OTHER'].map((name) => ({
              ...{ name, media_types: [], required: name === 'FILE', multiple: false },
            })),
            json: [{ name: 'N', type: 'integer', required: true }],
          },
          nodes: definitionOf(drawn),
        });
        const done: number[] = [];
        for (const member of before) {
          const { input, configuration } = askedFor(member);
          const id = await recipes.submit(revisionId, input, configuration);
          world.wake();
          await eventually('the end of a recipe', async () => (await recipes.recipe(id)).is_completed);
          done.push(id);
        }
        await world.db.query(
          `update scale_file set is_deleted = true where id in (
             select id from scale_file where job_exe_id is not null and not is_deleted order by id desc limit 1 offset $1)`,
          [gone],
        );
        const members = [...before, ...asked];
        const decide = await decider(recipesOfBatch, { recipeTypeRevisionId: revisionId, configuration: {} });
        const told = await decide(members.map((member, position) => ({ position, ...askedFor(member) })));
        for (const [at, member] of members.entries())
          compare(
            told[at]!,
            await begun(async (tx, all) => ({
              id: await submitRecipe(tx, all, { revisionId, ...askedFor(member), actor: 'jane' }),
            })),
          );

        const nodes = forcedNames.filter((name) => name < `n${drawn.length}`);
        const parts = nodes.filter((name) => drawn[Number(name.slice(1))]!.kind === 'recipe');
        const within = parts.map((name) => [name, { all: false, nodes: ['last'] }] as const);
        const forced = { all: false, nodes, sub_recipes: Object.fromEntries(within) };
        const reuse = gone % 2 === 0;
        const row = { revisionNum: 1, definition: { forced_nodes: forced }, configuration: { reuse } };
        const again = await decider(reprocessingsOfBatch, { recipeTypeRevisionId: revisionId, ...row });
        const toldAgain = await again(
          done.map((reprocesses, position) => ({ position, input: undefined, reprocesses })),
        );
        for (const [at, id] of done.entries()) {
          const expected = await begunAgain(id, forced, reuse);
          expect(toldAgain[at]!.errors).toEqual(expected ? [] : ['NOTHING_TO_REPROCESS']);
          compare(toldAgain[at]!, expected ?? {});
        }
      },
    ),
    { numRuns: 12, examples: [partIsForced, isRejected] },
  );
  const always = ['REUSE', 'RUN', 'RUN, and it is forced', 'SKIP', 'open'];
  expect([...seen]).toEqual(expect.arrayContaining(always));
});

it('says why it cannot tell of recipes with nodes that run for each element', async () => {
  const { revisionId } = await recipes.recipeType({
    input: { files: [], json: [{ name: 'L', type: 'array', required: true }] },
    nodes: { many: node(mixes, { N: given('L') }, { forEach: { input: 'N', require: 'all' } }) },
  });
  const row = { recipeTypeRevisionId: revisionId, configuration: {} } as unknown as BatchRow;
  expect(await recipesOfBatch(world.db, world.db, context, row)).toEqual({
    untold: 'Of recipes with a forEach, as at many, only the first ones are decided on',
  });
});
