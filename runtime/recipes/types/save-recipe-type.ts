import type { Finding } from '../../../seed-schema/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { addRevision, isSameRevision } from './add-revision.ts';
import { compared, type Comparison } from './compare-recipe-type.ts';
import { currentRevision, lockRecipeTypes } from './current-revision.ts';
import { judgeRecipeType, type NewRevision } from './judge-recipe-type.ts';
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
  /** To the revision before. */
  readonly diff: Comparison;
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
  if (!revision) return { errors, warnings, diff: {} };
  const comparison = compared(current?.definition, revision.definition);
  const judged = { errors: [], warnings: [...warnings, ...comparison.warnings], diff: comparison.diff };
  if (!current) {
    const id = await insertType(tx, name, request, revision, actor);
    const made = await addRevision(tx, id, revision, actor);
    return { ...judged, saved: { id, name, ...made, outcome: 'created' } };
  }
  const { id, revisionId, revisionNum } = current;
  await describe(tx, id, request);
  if (await isSameRevision(tx, revisionId, revision))
    return { ...judged, saved: { id, name, revisionId, revisionNum, outcome: 'unchanged' } };
  const made = await addRevision(tx, id, revision, actor);
  return { ...judged, saved: { id, name, ...made, outcome: 'revised' } };
}

async function insertType(
  tx: Queries,
  name: string,
  { title = name, description = null }: RecipeTypeRequest,
  { definition }: NewRevision,
  actor: string,
): Promise<number> {
  const [row] = await tx.query<{ id: number }>(
    `insert into recipe_type (name, title, description, definition, revision_num, created_by)
     values ($1, $2, $3, $4::jsonb, 0, $5) returning id`,
    [name, title, description, JSON.stringify(definition), actor],
  );
  return row!.id;
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
  return { errors: [{ name, description, path }], warnings: [], diff: {} };
}
