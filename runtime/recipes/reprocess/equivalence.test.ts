import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withDatabase } from '../../../test/support/connected.ts';
import { condition, given, node, RecipeWorld } from '../../../test/support/recipe-world.ts';
import type { DefinedNode } from '../../../seed-schema/index.ts';
import { reprocessRecipe } from './reprocess.ts';

let world: RecipeWorld;
withDatabase((db, workspace) => (world = new RecipeWorld(db, workspace)));

const input = { files: [], json: [{ name: 'N', type: 'integer', required: true }] } as const;
const names = ['a', 'b', 'c', 'd', 'e', 'f'];

/** A node, without what it runs: on which of those before it depends, and whether as they accept. */
interface Sketch {
  readonly name: string;
  readonly decides: boolean;
  readonly after: Readonly<Record<string, boolean>>;
}

const sketches: fc.Arbitrary<readonly Sketch[]> = fc.tuple(
  ...names.map((name, at) =>
    fc.record({
      name: fc.constant(name),
      decides: fc.boolean(),
      after: fc
        .uniqueArray(fc.constantFrom(...names.slice(0, at), 'none'), { maxLength: 2 })
        .chain((parents) =>
          fc.record(
            Object.fromEntries(
              parents.filter((parent) => parent !== 'none').map((parent) => [parent, fc.boolean()]),
            ),
          ),
        ),
    }),
  ),
);

/** What is another in the next revision: conditions that decide otherwise, jobs that are configured otherwise. */
async function definition(
  sketch: readonly Sketch[],
  left: readonly string[],
  changed: readonly string[],
): Promise<Record<string, DefinedNode>> {
  const job = await world.job({ outputs: { files: [{ name: 'OUT', pattern: '*' }] } });
  return Object.fromEntries(
    sketch
      .filter(({ name }) => !left.includes(name))
      .map(({ name, decides, after }) => {
        const parents = Object.fromEntries(
          Object.entries(after).filter(([parent]) => !left.includes(parent)),
        );
        const isChanged = changed.includes(name);
        if (decides)
          return [
            name,
            node(condition({ values: [isChanged ? 2 : 1] }, input), { N: given('N') }, { after: parents }),
          ];
        return [
          name,
          node(job, {}, { after: parents, ...(isChanged && { configuration: { priority: 7 } }) }),
        ];
      }),
  );
}

async function submit(nodes: Record<string, DefinedNode>, n: number) {
  const { revisionId } = await world.recipeType({ input, nodes });
  return { revisionId, recipe: await world.submit(revisionId, { json: { N: n } }) };
}

/** Ends jobs, each with a product, until none can run or so many have ended. */
async function run(recipe: number, most = Infinity, failing = -1): Promise<void> {
  for (let ended = 0; ended < most; ended += 1) {
    const [job] = await world.queued(recipe);
    if (!job) return;
    const [file] = await world.files(1);
    const query = `update scale_file set file_type = 'PRODUCT', job_id = $2, is_published = true where id = $1`;
    if (ended !== failing) await world.db.query(query, [file, job.id]);
    await world.end(job.id, ended === failing ? 'FAILED' : 'COMPLETED', { files: { OUT: [file!] } });
  }
}

/** Jobs of a line of recipes whose products are published. */
async function published(recipes: readonly number[]): Promise<number[]> {
  const rows = await world.db.query<{ job: number }>(
    `select j.id as job from job j join scale_file f on f.job_id = j.id
     where j.recipe_id = any($1) and f.is_published and not f.is_superseded order by 1`,
    [recipes],
  );
  return rows.map(({ job }) => job);
}

async function jobsOf(recipe: number): Promise<number[]> {
  const rows = await world.db.query<{ job: number }>(
    `select job_id as job from recipe_node where recipe_id = $1 and state = 'COMPLETED' and job_id is not null order by 1`,
    [recipe],
  );
  return rows.map(({ job }) => job);
}

describe('a recipe that is re-processed, however far it was', () => {
  it('comes to what a new one of the same revision comes to, and only its products are published', async () => {
    await fc.assert(
      fc.asyncProperty(
        sketches,
        fc.subarray(names, { maxLength: 2 }),
        fc.subarray(names, { maxLength: 2 }),
        fc.subarray(names, { maxLength: 2 }),
        fc.record({
          n: fc.constantFrom(1, 2),
          most: fc.integer({ min: 0, max: 6 }),
          failing: fc.integer({ min: -1, max: 3 }),
        }),
        async (sketch, left, changed, forcing, { n, most, failing }) => {
          const { revisionId, recipe } = await submit(await definition(sketch, [], []), n);
          await run(recipe, most, failing);
          const nodes = await definition(sketch, left, changed);
          await world.db.query(
            `with raised as (
               update recipe_type t set revision_num = 2 from recipe_type_revision r
               where r.id = $1 and t.id = r.recipe_type_id returning t.id, r.definition
             )
             insert into recipe_type_revision (recipe_type_id, revision_num, definition)
             select id, 2, definition || $2::jsonb from raised`,
            [revisionId, JSON.stringify({ nodes })],
          );
          const forced = { all: false, nodes: forcing.filter((name) => Object.hasOwn(nodes, name)) };
          const request = { recipeId: recipe, forced, actor: 'joe' };
          const made = await world.db
            .transaction((tx) => reprocessRecipe(tx, world.context, request))
            .catch((thrown: { error?: string }) => {
              if (thrown.error === 'nothing-to-reprocess') return undefined;
              throw thrown;
            });
          if (!made) return;
          await run(made.id);
          const fresh = await submit(nodes, n);
          await run(fresh.recipe);
          expect(await world.states(made.id)).toEqual(await world.states(fresh.recipe));
          expect(await world.recipe(made.id)).toMatchObject({
            is_completed: true,
            nodes_left: 0,
            nodes_stuck: 0,
          });
          expect(await published([recipe, made.id])).toEqual(await jobsOf(made.id));
        },
      ),
      { numRuns: 25 },
    );
  });
});
