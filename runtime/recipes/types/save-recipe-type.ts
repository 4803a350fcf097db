import type { Finding } from '../../../seed-schema/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { recordEvent } from '../../jobs/index.ts';
import { judgeRecipeType, type NewRevision } from './judge-recipe-type.ts';
import { keepMembers } from './members.ts';
import { nameOfTitle, problemOfName } from './name-of-title.ts';

/** What is to be known of a recipe type. */
export interface RecipeTypeRequest {
  /** Without one it is a new one, and its name comes from the title. */
  readonly name?: string | undefined;
  /** Undefined: as it is; of a new one its name, as far as nothing is said. */
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** As its author wrote it. */
  readonly definition: unknown;
}

/** What became of it: nothing where there are errors. */
export interface RecipeTypeSaving {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly saved?: SavedRecipeType;
}

export interface SavedRecipeType {
  /** `recipe_type.id`. */
  readonly id: number;
  readonly name: string;
  /** `recipe_type_revision.id`. */
  readonly revisionId: number;
  readonly revisionNum: number;
  /** `unchanged`: the definition is that of the revision before. */
  readonly outcome: 'created' | 'revised' | 'unchanged';
}

/**
 * Makes a recipe type, or changes the one of that name: a definition that differs from the last one is a new revision. Whoever
 * saves one waits for those who do so at the same time.
 */
export function saveRecipeType(
  db: Database,
  request: RecipeTypeRequest,
  actor: string,
): Promise<RecipeTypeSaving> {
  return db.transaction((tx) => saveWithin(tx, request, actor));
}

/** As `saveRecipeType`, in a transaction. */
export async function saveWithin(
  tx: Queries,
  request: RecipeTypeRequest,
  actor: string,
): Promise<RecipeTypeSaving> {
  const name = request.name ?? nameOfTitle(request.title ?? '');
  const problem = problemOfName(name);
  if (problem !== undefined) return refused('INVALID_NAME', problem, 'name');
  await lockRecipeTypes(tx);
  const current = await currentRevision(tx, name);
  if (current && request.name === undefined) {
    const words = `There is a recipe type ${name} already; change it, or choose another title`;
    return refused('DUPLICATE_NAME', words, 'title');
  }
  const { errors, warnings, revision } = await judgeRecipeType(tx, request.definition, name);
  if (!revision) return { errors, warnings };
  if (current) await describe(tx, current.id, request);
  const { id } = current ?? (await insertType(tx, name, request, revision, actor));
  if (current && (await isCurrent(tx, current.revisionId, revision)))
    return { errors: [], warnings, saved: { ...current, name, outcome: 'unchanged' } };
  const made = await addRevision(tx, id, revision, actor);
  return { errors: [], warnings, saved: { id, name, ...made, outcome: current ? 'revised' : 'created' } };
}

/**
 * Until the transaction ends, nobody else makes or changes a recipe type: two that name each other would both be judged by what
 * was there before, and contain themselves.
 */
export async function lockRecipeTypes(tx: Queries): Promise<void> {
  await tx.query('lock table recipe_type in share row exclusive mode');
}

/** Makes the next revision the newest one. The caller has `lockRecipeTypes`. */
export async function addRevision(
  tx: Queries,
  id: number,
  { definition, interface: own, contains }: NewRevision,
  actor: string,
): Promise<Pick<SavedRecipeType, 'revisionId' | 'revisionNum'>> {
  const [row] = await tx.query<{ revisionId: number; revisionNum: number }>(
    `with type as (
       update recipe_type set revision_num = revision_num + 1, definition = $2::jsonb, last_modified = now()
       where id = $1::bigint returning revision_num
     )
     insert into recipe_type_revision (recipe_type_id, revision_num, definition, interface, contains, created_by)
     select $1::bigint, revision_num, $2::jsonb, $3::jsonb, $4::text[], $5 from type
     returning id as "revisionId", revision_num as "revisionNum"`,
    [id, JSON.stringify(definition), JSON.stringify(own), contains, actor],
  );
  await keepMembers(tx, id, definition);
  const data = { revision_num: row!.revisionNum };
  await recordEvent(tx, { entity: 'recipe_type', id, kind: 'revised', actor, data });
  return row!;
}

/** Whether a revision would be equal to this one. @param revisionId `recipe_type_revision.id` */
export async function isCurrent(
  tx: Queries,
  revisionId: number,
  { definition }: NewRevision,
): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from recipe_type_revision where id = $1::bigint and definition = $2::jsonb',
    [revisionId, JSON.stringify(definition)],
  );
  return rows.length > 0;
}

/** The newest revision of a recipe type. */
export async function currentRevision(
  db: Queries,
  name: string,
): Promise<Pick<SavedRecipeType, 'id' | 'revisionId' | 'revisionNum'> | undefined> {
  const [row] = await db.query<{ id: number; revisionId: number; revisionNum: number }>(
    `select t.id, r.id as "revisionId", r.revision_num as "revisionNum"
     from recipe_type t join recipe_type_revision r on r.recipe_type_id = t.id and r.revision_num = t.revision_num
     where t.project_id = 1 and t.name = $1`,
    [name],
  );
  return row;
}

async function insertType(
  tx: Queries,
  name: string,
  { title = name, description = null }: RecipeTypeRequest,
  { definition }: NewRevision,
  actor: string,
): Promise<{ id: number }> {
  const [row] = await tx.query<{ id: number }>(
    `insert into recipe_type (name, title, description, definition, revision_num, created_by)
     values ($1, $2, $3, $4::jsonb, 0, $5) returning id`,
    [name, title, description, JSON.stringify(definition), actor],
  );
  return row!;
}

async function describe(tx: Queries, id: number, { title, description }: RecipeTypeRequest): Promise<void> {
  if (title === undefined && description === undefined) return;
  await tx.query(
    `update recipe_type set title = case when $2 then $3 else title end,
       description = case when $4 then $5 else description end, last_modified = now()
     where id = $1::bigint`,
    [id, title !== undefined, title ?? null, description !== undefined, description ?? null],
  );
}

function refused(name: string, description: string, path: string): RecipeTypeSaving {
  return { errors: [{ name, description, path }], warnings: [] };
}
