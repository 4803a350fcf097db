import type { SeedbedError } from '../../../errors/index.ts';
import type { FileReference } from './reference.ts';

/** Where a task is written: `tasks.csv:17`, `tasks[3]` of a file, a file of a directory. */
export interface Place {
  /** From 1, in the order of all sources. */
  readonly number: number;
  readonly where: string;
}

/** A task as it is written, before anything in it has been looked at. */
export interface WrittenTask extends Place {
  readonly uniqueId?: string | undefined;
  readonly priority?: unknown;
  /** Name of its batch, where it names one. */
  readonly batch?: string | undefined;
  /** By the names of the inputs: texts of cells, or values of JSON. */
  readonly inputs: ReadonlyMap<string, unknown>;
  readonly settings: ReadonlyMap<string, unknown>;
  /** Whether values are texts, which are read by the type of their input. */
  readonly isText: boolean;
  /** What is wrong with its form, and in which column. */
  readonly fault?: Fault;
}

export interface Fault {
  readonly error: SeedbedError;
  /** null where it is none alone. */
  readonly column: string | null;
}

/** A task that can be sent. */
export interface ReadyTask extends Place {
  readonly uniqueId: string | undefined;
  readonly batch: string | undefined;
  readonly priority: number | undefined;
  readonly files: ReadonlyMap<string, readonly FileReference[]>;
  readonly json: ReadonlyMap<string, unknown>;
  readonly settings: ReadonlyMap<string, unknown>;
}

/** A task that cannot be sent, and why. */
export interface RefusedTask extends Place, Fault {
  readonly uniqueId: string | undefined;
}

export function isRefused(task: ReadyTask | RefusedTask): task is RefusedTask {
  return 'error' in task;
}
