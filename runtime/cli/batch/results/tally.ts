import type { BatchRowDocument } from '../../../../seed-schema/index.ts';

/** How many rows of a batch went how. */
export interface Tally {
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  readonly rejected: number;
}

/** Rows that have ended. */
export function endedOf({ completed, failed, rejected }: Tally): number {
  return completed + failed + rejected;
}

/** One more has ended. Pure. */
export function counted(tally: Tally, status: BatchRowDocument['status']): Tally {
  return { ...tally, [status]: tally[status] + 1 };
}
