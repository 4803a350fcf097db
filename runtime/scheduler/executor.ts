import type { Observation } from '../engine/index.ts';
import type { SeedbedError } from '../errors/index.ts';
import type { Ending, Retry, Scheduled } from '../jobs/index.ts';
import type { DrivenNode } from './nodes/driven-node.ts';

/** An execution that a runtime has to carry out, from its beginning or from where another one left it. */
export interface Task {
  readonly execution: Scheduled;
  readonly node: DrivenNode;
  /** Undefined for a new execution. */
  readonly adopted: AdoptedFrom | undefined;
  /** Aborted to cancel the job; the reason is said to the user. */
  readonly cancel: AbortSignal;
  /** Aborted to go away while the job goes on. */
  readonly detach: AbortSignal;
}

/** What is there of an execution that somebody else began. */
export interface AdoptedFrom {
  /** Seconds since it was claimed. */
  readonly age: number;
  /** Its container, as the engine tells now; undefined: there is none. @throws engine-unreachable, engine-error */
  readonly container: () => Promise<Observation | undefined>;
}

/** An execution that is over, but for the database. */
export interface Ended {
  readonly execution: Scheduled;
  /** How it ends; many such ends share a transaction. Undefined: `record` writes it. */
  readonly ending?: Ending;
  /**
   * Writes products and the end in one transaction of its own; called again, from the beginning, when that was lost.
   * @returns false when the execution was no longer ours
   */
  readonly record?: () => Promise<boolean>;
  /** What follows when `record` has failed for good: whether and how the job is tried again. */
  readonly unrecorded?: (error: SeedbedError) => Retry | undefined;
  /** Called once the end is fact, or is somebody else's to write (`held` is false). Never fails. */
  readonly after: (held: boolean) => Promise<void>;
}

/** Carries executions out: with containers, or without any in benchmarks. */
export interface Executor {
  /**
   * Resolves when the execution is over; never rejects.
   * @returns undefined when it was detached and goes on without us
   */
  run(task: Task): Promise<Ended | undefined>;
}
