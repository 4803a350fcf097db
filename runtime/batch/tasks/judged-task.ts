import type { Finding } from '../../../seed-schema/index.ts';
import type { BatchOfTasks } from './batches.ts';
import type { Target } from './targets.ts';
import type { TaskPayload } from './task.ts';

/** A task that was judged, and is to be stored. */
export interface JudgedTask {
  readonly batch: BatchOfTasks | undefined;
  readonly uniqueId: string | null;
  readonly target: Target;
  readonly payload: TaskPayload;
  readonly digest: Buffer;
  readonly warnings: readonly Finding[];
}

/** By task: its id, or why it is refused; none: its unique id is taken. */
export type StoredTasks<Task extends JudgedTask> = Map<Task, number | readonly Finding[]>;
