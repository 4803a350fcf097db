import type { BatchConfiguration, BatchPost, Finding } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { forcedNodes } from '../creation/batch-row.ts';
import { type BatchTarget, type Report, targetOf } from './batch-target.ts';
import { judgeParameters, type DatasetDefinition } from './judge-parameters.ts';
import { type From, judgePrevious, type PreviousBatch } from './judge-previous.ts';

/** What a batch is made of, as it stands now. */
export interface JudgedBatch {
  readonly target: BatchTarget;
  readonly dataset?: { readonly id: number; readonly lastPosition: number } | undefined;
  readonly previous?: PreviousBatch | undefined;
  /** Recipes or jobs at the top that it will make. */
  readonly runs: number;
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
  const error: Report = (name, path, description) => void errors.push({ name, path, description });
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
  for (const [where, forced] of [
    ['definition.forced_nodes', definition.forced_nodes],
    ['definition.previous_batch.forced_nodes', previousOf?.forced_nodes],
  ] as const)
    if (post.job_type_id !== undefined && forced !== undefined)
      error('INVALID_DEFINITION', where, 'Jobs have no nodes: leave forced_nodes out');
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
