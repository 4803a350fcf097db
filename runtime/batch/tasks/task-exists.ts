import { SeedbedError } from '../../errors/index.ts';
import type { TaskRow } from './task.ts';

/** A task was posted whose unique id another one has. */
export class TaskExists extends SeedbedError<'task-exists'> {
  readonly existing: TaskRow;
  readonly samePayload: boolean;

  constructor(existing: TaskRow, samePayload: boolean) {
    const { id, unique_id } = existing;
    const how = samePayload ? 'its payload is the same' : 'its payload is another';
    super('task-exists', { id, uniqueId: unique_id!, how });
    this.existing = existing;
    this.samePayload = samePayload;
  }
}
