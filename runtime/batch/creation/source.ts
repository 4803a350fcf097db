import type { Finding } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import type { BatchRow } from './batch-row.ts';

/** A recipe or job that is to be made. */
export interface PlannedRun {
  /** Where it stands among all of its source: an id, which only goes up. */
  readonly position: number;
  /** Scale's shape `{version, files, json}`, not judged yet. */
  readonly input: unknown;
  /** Over that of its types, not judged yet; default: none. */
  readonly configuration?: Readonly<Record<string, unknown>> | undefined;
  /** Over that of the batch. */
  readonly priority?: number | undefined;
  /** `recipe.id` of the one that is re-processed; then there is no input. */
  readonly reprocesses?: number | undefined;
  /** `job.id` or `recipe.id` of the one that is run again. */
  readonly repeats?: number | undefined;
}

/** What became of one. */
export interface RunOutcome {
  readonly position: number;
  /** At most one of both is a number; both are null: it was refused. */
  readonly recipeId: number | null;
  readonly jobId: number | null;
  /** Why it was refused; empty: it was not. */
  readonly errors: readonly Pick<Finding, 'name' | 'description'>[];
}

/** Where the runs of a batch come from. All is asked in the transaction that makes what it gives. */
export interface RunSource {
  /** Of one transaction at most; default: what who asks likes. */
  readonly most?: number;
  /** The next ones after a position, in order; none: all have been given. */
  readonly next: (tx: Queries, after: number, limit: number) => Promise<PlannedRun[]>;
  /** Is told what became of those that `next` gave, before the transaction ends. */
  readonly made?: (tx: Queries, outcomes: readonly RunOutcome[]) => Promise<void>;
}

/** Makes the source of a batch. */
export type OpenSource = (tx: Queries, batch: BatchRow) => Promise<RunSource>;
