import type { BatchConfiguration, BatchDefinition, ForcedNodes } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';

export const batchStates = ['STAGING', 'CREATING', 'CREATED', 'CANCELED'] as const;
export type BatchState = (typeof batchStates)[number];

/** A batch, as the making of its runs needs it. */
export interface BatchRow {
  readonly id: number;
  readonly state: BatchState;
  /** `recipe_type_revision.id`; null: it is one of single jobs. */
  readonly recipeTypeRevisionId: number | null;
  /** `recipe_type_revision.revision_num`. */
  readonly revisionNum: number | null;
  readonly jobTypeId: number | null;
  readonly jobTypeRevisionId: number | null;
  readonly definition: BatchDefinition;
  readonly configuration: BatchConfiguration;
  readonly datasetId: number | null;
  readonly rootBatchId: number;
  readonly supersededBatchId: number | null;
  readonly position: number;
  readonly lastPosition: number | null;
  readonly actor: string;
}

/** @returns undefined when there is none */
export async function readBatch(db: Queries, id: number): Promise<BatchRow | undefined> {
  const [row] = await db.query<BatchRow>(rowOfBatch, [id]);
  return row;
}

/** Locks a batch: nobody else makes its runs, nor changes it, until the transaction ends. @returns undefined when there is none */
export async function lockBatch(tx: Queries, id: number): Promise<BatchRow | undefined> {
  const [row] = await tx.query<BatchRow>(`${rowOfBatch} for no key update`, [id]);
  return row;
}

/** $1 id */
const rowOfBatch = `select b.id, b.state, b.recipe_type_revision_id as "recipeTypeRevisionId", (
    select revision_num from recipe_type_revision where id = b.recipe_type_revision_id) as "revisionNum",
  b.job_type_id as "jobTypeId", b.job_type_revision_id as "jobTypeRevisionId", b.definition, b.configuration,
  b.dataset_id as "datasetId", coalesce(b.root_batch_id, b.id) as "rootBatchId",
  b.superseded_batch_id as "supersededBatchId", b.position, b.last_position as "lastPosition",
  coalesce(b.created_by, 'seedbed') as actor
from batch b where b.id = $1::bigint`;

/** What runs again of the recipes of the previous batch although nothing has changed. Pure. */
export function forcedNodes({ previous_batch: previous, forced_nodes: own }: BatchDefinition): ForcedNodes {
  return previous?.forced_nodes ?? own ?? { all: false };
}

/** Whether what is re-processed is superseded. Pure. */
export function supersedes({ supersedes: wanted = true }: BatchDefinition): boolean {
  return wanted;
}
