import type { FileMetadata } from '../catalog/index.ts';
import type { ErrorCategory } from '../errors/index.ts';
import type { Countable } from '../workspace/index.ts';
import type { KeptConfiguration } from './configuration.ts';

/** What went wrong, as the result document says it. */
export interface ResultError {
  /** From the manifest's `errors`, or of the registry. */
  readonly name: string;
  readonly title: string;
  readonly category: ErrorCategory;
  /** One sentence: what went wrong, and what to do. */
  readonly message: string;
  /** The registry's code, e.g. `SB2005`. */
  readonly code: string;
}

/** Something unwise or unexpected that did not stop the job. */
export interface Warning {
  readonly name: string;
  readonly description: string;
}

/** One output file, still in the attempt's directory. */
export interface Harvested {
  /** Names of the manifest's outputs whose pattern it matches. The last one owns it (as on Scale). */
  readonly outputs: readonly string[];
  /** Relative to OUTPUT_DIR. */
  readonly relativePath: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly mediaType: string;
  readonly metadata: FileMetadata | null;
}

export interface Step {
  readonly name: StepName;
  /** Milliseconds. */
  readonly ms: number;
}

export type StepName =
  | 'validate'
  | 'build'
  | 'pull'
  | 'register'
  | 'stage-in'
  | 'launch'
  | 'run'
  | 'harvest'
  | 'sidecars'
  | 'complete';

/** What an execution was seen to use; see `UsageMeter`. */
export interface Used {
  /** MiB, the most at once. */
  readonly mem: number;
  /** Seconds of one core, until the last look. */
  readonly cpu_seconds: number;
}

/** One execution, ended. Plain data: `completion` makes it fact. */
export interface Result {
  readonly status: 'completed' | 'failed' | 'canceled';
  /** Name of the container; null when none was launched. */
  readonly container: string | null;
  /** The container's own; null when it has none to be trusted. */
  readonly exitCode: number | null;
  readonly error: ResultError | null;
  /** Sorted by the outputs, then by path; there may be very many. */
  readonly files: Countable<Harvested>;
  readonly json: Readonly<Record<string, unknown>>;
  /** What the job says of its own inputs, by input. */
  readonly parsedInputs: ReadonlyMap<string, FileMetadata>;
  /** SHA-256 of the inputs that were hashed beside the job, by absolute path. */
  readonly inputChecksums: ReadonlyMap<string, string>;
  readonly warnings: readonly Warning[];
  /** UTC text. */
  readonly started: string;
  readonly ended: string;
  readonly steps: readonly Step[];
  /** Absent or null: it was not measured, or was over too soon for that. */
  readonly used?: Used | null;
  /** What it ran with; absent: it came to no container. */
  readonly configuration?: KeptConfiguration;
}
