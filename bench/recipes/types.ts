import type { DefinedNode, RecipeDefinition } from '../../seed-schema/index.ts';
import type { Queries } from '../../runtime/database/index.ts';
import { type JobTypeRevision, registerJobType } from '../../runtime/jobs/index.ts';
import { judgeManifest } from '../../runtime/manifest/index.ts';
import { benchManifest } from '../support/image.ts';

const image = 'bench-nothing:1';

/** The job type of all nodes: takes a number, gives nothing. */
export async function numberType(db: Queries): Promise<JobTypeRevision> {
  const document = benchManifest({ name: 'number', command: 'true', json: [{ name: 'N', type: 'integer' }] });
  return registerJobType(db, judgeManifest(document).manifest!, document, image, 'bench');
}

const jobNode: DefinedNode['node_type'] = {
  node_type: 'job',
  job_type_name: 'bench-number',
  job_type_version: '1.0.0',
  job_type_revision: 1,
};

function definition(
  nodes: RecipeDefinition['nodes'],
  json: RecipeDefinition['input']['json'],
): RecipeDefinition {
  return { version: '7', input: { files: [], json }, output: {}, nodes };
}

/** A recipe of `outer` sub-recipes of `inner` jobs each. @returns `recipe_type_revision.id` */
export async function fanOut(db: Queries, outer: number, inner: number): Promise<number> {
  const lists = [
    { name: 'A', type: 'array', required: true },
    { name: 'B', type: 'array', required: true },
  ] as const;
  const each = (input: string, node_type: DefinedNode['node_type'], more: DefinedNode['input'] = {}) => ({
    node_type,
    dependencies: [],
    input: { N: { type: 'recipe', input }, ...more } as const,
    forEach: { input: 'N', require: 'all' } as const,
  });
  const sub = `inner-${inner}`;
  await saveRecipe(
    db,
    sub,
    definition({ each: each('B', jobNode) }, [
      { name: 'N', type: 'integer', required: true },
      { name: 'B', type: 'array', required: true },
    ]),
  );
  const subNode: DefinedNode['node_type'] = {
    node_type: 'recipe',
    recipe_type_name: sub,
    recipe_type_revision: 1,
  };
  return saveRecipe(
    db,
    `outer-${outer}-${inner}`,
    definition({ each: each('A', subNode, { B: { type: 'recipe', input: 'B' } }) }, [...lists]),
  );
}

/** A recipe whose nodes follow one on the other. @returns `recipe_type_revision.id` */
export async function chain(db: Queries, length: number): Promise<number> {
  const nodes = Array.from({ length }, (_, at): [string, DefinedNode] => [
    `n${at}`,
    {
      node_type: jobNode,
      dependencies: at === 0 ? [] : [{ name: `n${at - 1}`, acceptance: true }],
      input: { N: { type: 'recipe', input: 'N' } },
    },
  ]);
  return saveRecipe(
    db,
    `chain-${length}`,
    definition(Object.fromEntries(nodes), [{ name: 'N', type: 'integer', required: true }]),
  );
}

/** @returns `recipe_type_revision.id` */
export async function saveRecipe(db: Queries, name: string, document: RecipeDefinition): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `with made as (insert into recipe_type (name, title, definition) values ($1, $1, $2) returning id)
     insert into recipe_type_revision (recipe_type_id, revision_num, definition, interface)
     select id, 1, $2, '{}' from made returning id`,
    [name, JSON.stringify(document)],
  );
  return row!.id;
}
