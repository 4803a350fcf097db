import type {
  BatchConfiguration,
  BatchPost,
  DataInterface,
  Finding,
  ForcedNodes,
  RecipeDefinition,
} from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { jobTypeDetails, type RecipeTypeBase, recipeTypeBase } from '../../jobs/index.ts';
import { loadManifest } from '../../manifest/index.ts';
import { type Change, differences, jobInterface, type RecipeDiff } from '../../recipe/index.ts';
import { Plans, unknownNodes } from '../../recipes/index.ts';
import { forcedNodes } from '../creation/batch-row.ts';
import { countPrevious } from '../creation/previous.ts';
import { judgeParameters, type DatasetDefinition } from './judge-parameters.ts';

/** What a batch is made of, as it stands now. */
export interface JudgedBatch {
  readonly target: BatchTarget;
  readonly dataset?: { readonly id: number; readonly lastPosition: number } | undefined;
  readonly previous?: PreviousBatch | undefined;
  /** Recipes or jobs at the top that it will make. */
  readonly runs: number;
}

/** What is run. */
export interface BatchTarget {
  readonly kind: 'recipe' | 'job';
  /** `recipe_type.id` or `job_type.id`. */
  readonly typeId: number;
  /** Of the newest revision. */
  readonly revisionId: number;
  readonly name: string;
  readonly input: DataInterface;
  readonly definition?: RecipeDefinition | undefined;
  readonly recipeType?: RecipeTypeBase | undefined;
}

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

export interface BatchJudgement {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Undefined where there are errors. */
  readonly batch?: JudgedBatch | undefined;
  readonly target?: BatchTarget | undefined;
  readonly previous?: PreviousBatch | undefined;
  readonly runs: number;
}

/**
 * Judges what a batch would be made of. Everything is found at once, with Scale's names.
 * @param lock the chain and the dataset, for who makes it then
 */
export async function judgeBatch(db: Queries, post: BatchPost, lock = false): Promise<BatchJudgement> {
  const errors: Finding[] = [];
  const error = (name: string, path: string, description: string) => errors.push({ name, path, description });
  const { definition, configuration = {} } = post;
  const { dataset: datasetId, previous_batch: previousOf, tasks } = definition;
  const given = [datasetId, previousOf, tasks === true ? tasks : undefined].filter(
    (one) => one !== undefined,
  );
  if (given.length !== 1)
    error(
      'INVALID_DEFINITION',
      'definition',
      `The definition has ${given.length === 0 ? 'none' : 'more than one'} of dataset, previous_batch and tasks; give one`,
    );
  if (definition.project !== undefined && tasks !== true)
    error('INVALID_DEFINITION', 'definition.project', 'Only a batch of tasks has a project');
  const forced = previousOf?.forced_nodes ?? definition.forced_nodes;
  if (post.job_type_id !== undefined && forced !== undefined)
    error('INVALID_DEFINITION', 'definition', 'Jobs have no nodes: leave forced_nodes out');
  const target = await targetOf(db, post, error);
  if (given.length !== 1) return { errors, warnings: [], target, runs: 0 };

  if (tasks === true)
    return {
      errors,
      warnings: [],
      target,
      runs: 0,
      ...(target && errors.length === 0 && { batch: { target, runs: 0 } }),
    };
  const from = { db, target, lock, error };
  const source =
    datasetId !== undefined
      ? await judgeDataset(from, datasetId, configuration)
      : await judgePrevious(from, previousOf!.root_batch_id, forcedNodes(definition));
  if (errors.length === 0 && source.runs === 0)
    error('NO_RECIPES', 'definition', 'Nothing would be made: the dataset or the previous batch is empty');
  return {
    errors,
    warnings: [],
    target,
    ...source,
    ...(target && errors.length === 0 && { batch: { target, ...source } }),
  };
}

type Report = (name: string, path: string, description: string) => void;

interface From {
  readonly db: Queries;
  readonly target: BatchTarget | undefined;
  readonly lock: boolean;
  readonly error: Report;
}

async function targetOf(
  db: Queries,
  { recipe_type_id: recipe, job_type_id: job }: BatchPost,
  error: Report,
): Promise<BatchTarget | undefined> {
  if ((recipe === undefined) === (job === undefined)) {
    error('INVALID_TYPE', 'recipe_type_id', 'Give either recipe_type_id or job_type_id');
    return undefined;
  }
  if (recipe !== undefined) return recipeTarget(db, recipe, error);
  const type = await jobTypeDetails(db, job!);
  if (!type) {
    error('JOB_TYPE_NOT_FOUND', 'job_type_id', `There is no job type ${job}`);
    return undefined;
  }
  if (!type.is_active)
    error('INACTIVE_TYPE', 'job_type_id', `The job type ${type.name} ${type.version} is not active`);
  const { manifest } = loadManifest(JSON.stringify(type.manifest), `${type.name} ${type.version}`);
  const { input } = jobInterface(manifest.job.interface);
  return { kind: 'job', typeId: type.id, revisionId: type.revision_id, name: type.name, input };
}

async function recipeTarget(db: Queries, id: number, error: Report): Promise<BatchTarget | undefined> {
  const [row] = await db.query<{
    base: RecipeTypeBase;
    active: boolean;
    revision: number;
    definition: RecipeDefinition;
  }>(
    `select ${recipeTypeBase('t')} as base, t.is_active as active, r.id as revision, r.definition from recipe_type t
     join recipe_type_revision r on r.recipe_type_id = t.id and r.revision_num = t.revision_num where t.id = $1::bigint`,
    [id],
  );
  if (!row) {
    error('RECIPE_TYPE_NOT_FOUND', 'recipe_type_id', `There is no recipe type ${id}`);
    return undefined;
  }
  if (!row.active) error('INACTIVE_TYPE', 'recipe_type_id', `The recipe type ${row.base.name} is not active`);
  const { revision: revisionId, definition, base: recipeType } = row;
  const { name } = recipeType;
  return { kind: 'recipe', typeId: id, revisionId, name, input: definition.input, definition, recipeType };
}

async function judgeDataset(
  { db, target, lock, error }: From,
  id: number,
  { inputMap = [] }: BatchConfiguration,
): Promise<Pick<JudgedBatch, 'dataset' | 'runs'>> {
  const [row] = await db.query<{ definition: DatasetDefinition }>(
    `select definition from dataset where id = $1::bigint ${lock ? 'for share' : ''}`,
    [id],
  );
  if (!row) {
    error('DATASET_NOT_FOUND', 'definition.dataset', `There is no dataset ${id}`);
    return { runs: 0 };
  }
  if (target)
    for (const problem of judgeParameters(target.input, row.definition, inputMap))
      error('MISMATCHED_PARAMS', 'definition.dataset', problem);
  const [members] = await db.query<{ count: number; last: number }>(
    'select count(*) as count, coalesce(max(id), 0) as last from dataset_member where dataset_id = $1::bigint',
    [id],
  );
  return { dataset: { id, lastPosition: members!.last }, runs: members!.count };
}

async function judgePrevious(
  { db, target, lock, error }: From,
  rootId: number,
  forced: ForcedNodes,
): Promise<Pick<JudgedBatch, 'previous' | 'runs'>> {
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
