import type { DefinedNode, Finding, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { judgeRecipeType } from './judge-recipe-type.ts';
import { keyOf } from './named-types.ts';
import { type TypeId, userOf } from './users.ts';
import { addRevision, isSameRevision } from './add-revision.ts';

interface User {
  readonly id: number;
  readonly name: string;
  readonly revisionId: number;
  readonly definition: RecipeDefinition;
  /** `recipe_type.id`s that it names. */
  readonly subs: readonly number[];
}

/**
 * Raises the nodes of all recipe types that name a job type or recipe type to its newest revision, and those that contain these,
 * from the inside out, so that each gets one new revision. One whose definition would no longer be valid stays as it is. The
 * caller has `lockRecipeTypes`.
 * @returns a warning for each that could not follow
 */
export async function raiseUsers(tx: Queries, revised: TypeId, actor: string): Promise<Finding[]> {
  const newest = new Map<string, number>();
  const warnings: Finding[] = [];
  for (const type of await revisedTypes(tx, revised)) newest.set(type.key, type.revision);
  for (const user of await usersOf(tx, revised)) {
    const definition = raised(user.definition, newest);
    const { errors, revision } = await judgeRecipeType(tx, definition, user.name);
    if (!revision) warnings.push(leftBehind(user.name, errors));
    else if (!(await isSameRevision(tx, user.revisionId, revision))) {
      const { revisionNum } = await addRevision(tx, user.id, revision, actor);
      newest.set(keyOf(user.name), revisionNum);
    }
  }
  return warnings;
}

async function revisedTypes(tx: Queries, revised: TypeId): Promise<{ key: string; revision: number }[]> {
  if ('recipeTypeId' in revised) {
    const rows = await tx.query<{ name: string; revision: number }>(
      'select name, revision_num as revision from recipe_type where id = $1::bigint',
      [revised.recipeTypeId],
    );
    return rows.map(({ name, revision }) => ({ key: keyOf(name), revision }));
  }
  const rows = await tx.query<{ name: string; version: string; revision: number }>(
    'select name, version, revision_num as revision from job_type where id = $1::bigint',
    [revised.jobTypeId],
  );
  return rows.map(({ name, version, revision }) => ({ key: keyOf(name, version), revision }));
}

/** All recipe types that contain it, at any depth, each after those that it contains itself. */
async function usersOf(tx: Queries, revised: TypeId): Promise<User[]> {
  const [recursion, id] = userOf(revised);
  const users = await tx.query<User>(
    `with recursive ${recursion}
     select t.id, t.name, r.id as "revisionId", r.definition,
       array(select sub_recipe_type_id from recipe_type_member m
         where m.recipe_type_id = t.id and m.sub_recipe_type_id is not null) as subs
     from user_of u join recipe_type t on t.id = u.id
     join recipe_type_revision r on r.recipe_type_id = t.id and r.revision_num = t.revision_num
     order by t.id`,
    [id],
  );
  return insideOut(users);
}

/** Older revisions may contain each other in a circle: what is left of one comes as it is. Pure. */
function insideOut(users: readonly User[]): User[] {
  const order: User[] = [];
  let waiting = [...users];
  while (waiting.length > 0) {
    const ids = new Set(waiting.map(({ id }) => id));
    const free = waiting.filter(({ subs }) => !subs.some((sub) => ids.has(sub)));
    if (free.length === 0) return [...order, ...waiting];
    order.push(...free);
    waiting = waiting.filter((user) => !free.includes(user));
  }
  return order;
}

/** @param newest revisions of those that were raised, by `keyOf` their name and version */
function raised(definition: RecipeDefinition, newest: ReadonlyMap<string, number>): RecipeDefinition {
  const nodes = Object.entries(definition.nodes).map(([name, node]) => [name, raisedNode(node, newest)]);
  return { ...definition, nodes: Object.fromEntries(nodes) as RecipeDefinition['nodes'] };
}

function raisedNode(node: DefinedNode, newest: ReadonlyMap<string, number>): DefinedNode {
  const { node_type: type } = node;
  if (type.node_type === 'job') {
    const revision = newest.get(keyOf(type.job_type_name, type.job_type_version));
    return revision === undefined ? node : { ...node, node_type: { ...type, job_type_revision: revision } };
  }
  if (type.node_type !== 'recipe') return node;
  const revision = newest.get(keyOf(type.recipe_type_name));
  return revision === undefined ? node : { ...node, node_type: { ...type, recipe_type_revision: revision } };
}

function leftBehind(name: string, errors: readonly Finding[]): Finding {
  const reasons = errors.map((error) => `${error.name}: ${error.description}`).join('; ');
  const description = `The recipe type ${name} stays with the revision before, since it would not be valid: ${reasons}`;
  return { name: 'NOT_UPDATED', description, path: 'auto_update' };
}
