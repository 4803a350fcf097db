import type { BatchPost, Finding } from '../../../seed-schema/index.ts';
import type { ForeseeContext, SubmissionContext } from '../../scheduler/index.ts';
import type { ForeseenWhole } from './whole/tally.ts';

/** Jobs of a batch by what would become of them. */
export interface Fates {
  /** That would run. */
  readonly run: number;
  /** That would take what an earlier job made. */
  readonly reuse: number;
  /** That hang on jobs that would run. */
  readonly depend: number;
}

/** What would become of one recipe or job of a batch. */
export interface ForeseenRun extends Fates {
  /** Id of the member, the task, the recipe or the job that it is made of. */
  readonly position: number;
  /** Of the first of its jobs that would run, or else be reused, or else waits for a setting; empty: no job of it is told of. */
  readonly reason: string;
  /** Why it would be refused; none: it would not. */
  readonly errors: readonly Pick<Finding, 'name' | 'description'>[];
}

/** What would become of a batch. */
export interface ForeseenBatch extends Fates {
  /** Recipes or jobs that it would have. */
  readonly runs_estimated: number;
  /** Of those, the first ones, which are told of. */
  readonly looked_at: number;
  readonly refused: number;
  readonly runs: readonly ForeseenRun[];
  /** All that it has still to make. */
  readonly whole: ForeseenWhole;
}

export interface ForeseeBatchContext {
  readonly submission: SubmissionContext;
  readonly foresee: ForeseeContext;
}

/** `batch.id`, or what is to be made. */
export type WantedBatch = number | { readonly post: BatchPost; readonly actor: string };
