import type { ResultError } from '../execution/index.ts';
import type { EndStatus, ExecutionFacts, Scheduled } from '../jobs/index.ts';

/** One stretch of an execution, in milliseconds since 1970. */
export interface Stretch {
  /** A step of `execution`, or `record`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** An execution whose end this runtime has made fact, for those who measure and trace. */
export interface ObservedExecution {
  readonly execution: Scheduled;
  /** Name of its node. */
  readonly node: string;
  /** Undefined for one that failed before anything of it was read. */
  readonly facts: ExecutionFacts | undefined;
  readonly status: EndStatus;
  readonly error: ResultError | null;
  readonly exitCode: number | null;
  /** Its products. */
  readonly files: number;
  /** Whether the job goes back to the queue. */
  readonly retried: boolean;
  /** When this runtime began to work at it, and when its end was fact; ms since 1970. */
  readonly from: number;
  readonly to: number;
  readonly stretches: readonly Stretch[];
}

/** Is told of each; what it throws is nobody's. */
export type Observer = (execution: ObservedExecution) => void;
