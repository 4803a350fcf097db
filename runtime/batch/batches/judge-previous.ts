import type { ForcedNodes, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { type Change, differences, type RecipeDiff } from '../../recipe/index.ts';
import { Plans, unknownNodes } from '../../recipes/index.ts';
import { countPrevious } from '../creation/previous.ts';
import type { BatchTarget, Report } from './batch-target.ts';

/** The last batch of a chain. */
export interface PreviousBatch {
  readonly id: number;
  readonly rootId: number;
  /** As what its recipes run; null: it is one of jobs. */
  readonly revision: {
    readonly id: number;
    readonly revision_num: number;
    /** `recipe_type.id` */
    readonly recipeTypeId: number;
    /** From it to the newest. */
    readonly diff: RecipeDiff | Readonly<Record<string, never>>;
  } | null;
}

/** What is judged, and where it is said what is wrong. */
export interface From {
  readonly db: Queries;
  readonly target: BatchTarget | undefined;
  readonly lock: boolean;
  readonly error: Report;
}

/** Judges a batch that re-processes the last one of a chain, or runs its jobs again. */
export async function judgePrevious(
  { db, target, lock, error }: From,
  rootId: number,
  forced: ForcedNodes,
): Promise<{ readonly previous?: PreviousBatch; readonly runs: number }> {
  const where = 'definition.previous_batch';
  if (lock) await db.query('select from batch where id = $1::bigint for no key update', [rootId]);
  const [row] = await db.query<PreviousRow>(
    `select b.id, b.state, coalesce(t.name, j.name) as "typeName", (
         select json_build_object('id', r.id, 'revision_num', r.revision_num, 'recipeTypeId', r.recipe_type_id,
           'definition', r.definition)
         from recipe_type_revision r where r.id = b.recipe_type_revision_id) as revision
     from batch b left join recipe_type t on t.id = b.recipe_type_id left join job_type j on j.id = b.job_type_id
     where b.root_batch_id = $1::bigint order by b.is_superseded, b.id desc limit 1`,
    [rootId],
  );
  if (!row) {
    error('PREV_BATCH_NOT_FOUND', where, `There is no batch that has ${rootId} as its first`);
    return { runs: 0 };
  }
  const { id, state, typeName, revision } = row;
  const kind = revision ? 'recipe' : 'job';
  if (state === 'STAGING' || state === 'CREATING')
    error('PREV_BATCH_STILL_CREATING', where, `The ${kind}s of the batch ${id} are not all made yet`);
  // Another version of a job type has the same name.
  if (target && (target.kind !== kind || target.name !== typeName)) {
    const name = target.kind === 'recipe' ? 'MISMATCHED_RECIPE_TYPE' : 'MISMATCHED_JOB_TYPE';
    const words = `The batch ${id} is one of the ${kind} type ${typeName}, not of the ${target.kind} type ${target.name}`;
    error(name, where, words);
    return { runs: 0 };
  }
  const runs = await countPrevious(db, kind, rootId, Number.MAX_SAFE_INTEGER);
  if (!revision) return { previous: { id, rootId, revision: null }, runs };
  const diff = target?.definition ? differences(revision.definition, target.definition) : undefined;
  if (diff && !diff.can_be_reprocessed) {
    const reasons = diff.reasons.map(({ description }) => description).join('; ');
    error('PREV_BATCH_NO_REPROCESS', where, `Recipes of the batch ${id} cannot be re-processed: ${reasons}`);
  }
  const unknown = target?.definition ? await unknownIn(db, target, forced) : [];
  for (const { name, description } of unknown) error(name, `${where}.forced_nodes`, description);
  const { definition: _definition, ...rev } = revision;
  return { previous: { id, rootId, revision: { ...rev, diff: diff ?? {} } }, runs };
}

interface PreviousRow {
  readonly id: number;
  readonly state: string;
  readonly typeName: string;
  /** Null: it is one of jobs. */
  readonly revision: {
    readonly id: number;
    readonly revision_num: number;
    readonly recipeTypeId: number;
    readonly definition: RecipeDefinition;
  } | null;
}

/** Nodes that are to run again and are none of the recipe type, or of its sub-recipes. */
async function unknownIn(db: Queries, { revisionId }: BatchTarget, forced: ForcedNodes): Promise<Change[]> {
  const isNamed = !forced.all && Object.keys({ ...forced.nodes, ...forced.sub_recipes }).length > 0;
  return isNamed ? unknownNodes(forced, await new Plans().of(db, revisionId)) : [];
}
