import type { Finding } from './documents.ts';

/** What the service answers about batches and tasks, as far as the commands look at it. Times are ISO 8601 in UTC. */

export interface BatchRow {
  readonly id: number;
  /** null: it has only its number. */
  readonly name: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly state: 'STAGING' | 'CREATING' | 'CREATED' | 'CANCELED';
  readonly recipe_type: { readonly id: number; readonly name: string } | null;
  readonly recipe_type_rev: { readonly revision_num: number } | null;
  readonly job_type: { readonly id: number; readonly name: string; readonly version: string } | null;
  readonly created: string;

  readonly jobs_total: number;
  readonly jobs_pending: number;
  readonly jobs_blocked: number;
  readonly jobs_queued: number;
  readonly jobs_running: number;
  readonly jobs_failed: number;
  readonly jobs_completed: number;
  readonly jobs_canceled: number;
  readonly recipes_estimated: number;
  readonly recipes_total: number;
  readonly recipes_completed: number;
}

export interface BatchDetails extends BatchRow {
  /** Recipes or jobs at the top: so many will be made, were made, and could not be made. */
  readonly runs_estimated: number;
  readonly runs_created: number;
  readonly runs_refused: number;
  /** Why creation does not get on. */
  readonly problem: string | null;
  readonly finalized: string | null;
  readonly tasks: {
    readonly staged: number;
    readonly created: number;
    readonly refused: number;
    readonly canceled: number;
  };
}

export type TaskState = 'STAGED' | 'CREATED' | 'REFUSED' | 'CANCELED';

export interface TaskRow {
  readonly id: number;
  readonly unique_id: string | null;
  readonly batch: { readonly id: number; readonly name: string | null } | null;
  readonly state: TaskState;
  readonly job: { readonly id: number } | null;
  readonly recipe: { readonly id: number } | null;
  readonly error: unknown;
  readonly created: string;
}

/** What became of one of the tasks that were sent. */
export interface TaskResult {
  /** 201 it is there now, 409 it was there already, 400 it is refused. */
  readonly status: number;
  readonly task?: TaskRow;
  /** Of one that was there already. */
  readonly same_payload?: boolean;
  readonly errors?: readonly Finding[];
  readonly warnings?: readonly Finding[];
}
