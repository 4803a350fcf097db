import type { Answer, Document } from './operations.ts';

/** What the service answers about bulk work. Times are ISO 8601 in UTC. */

export type BatchRow = Document<'Batch'>;
export type BatchDetails = Document<'BatchDetails'>;
export type TaskRow = Document<'Task'>;
/** What became of one of the tasks that were sent. */
export type TaskResult = Answer<'POST /tasks/bulk'>['results'][number];
export type DatasetRow = Document<'Dataset'>;
/** Members that were, or would be, added: one by one, or how many. */
export type AddedMembers = Answer<'POST /datasets/{id}'>;
/** What is begun at set times. */
export type ScheduleRow = Document<'Schedule'>;
/** What became of a due time. */
export type ScheduleRun = Document<'ScheduleRun'>;
/** A file that a job of a batch or recipe gave. */
export type OutputFileRow = Document<'OutputFile'>;

export interface OutputFilePage {
  readonly count: number;
  readonly results: readonly OutputFileRow[];
  readonly isFirst: boolean;
  readonly next: string | null;
}
