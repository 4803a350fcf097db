import type { Warning } from '../../../execution/index.ts';
import type { SeedbedError } from '../../../errors/index.ts';
import { errorDocument } from '../../run/document.ts';
import type { BatchSummary } from './results-json.ts';
import { endedOf, type Tally } from './tally.ts';

/** How a batch went whose rows were come to. Pure. @param error what ended it before its last row */
export function batchSummary(
  tally: Tally,
  error: SeedbedError | undefined,
  known: Pick<BatchSummary, 'image' | 'output_directory' | 'started' | 'ended'> & {
    readonly warnings: readonly Warning[];
  },
): BatchSummary {
  const { total, completed, failed, rejected } = tally;
  return {
    status: error === undefined && completed === total ? 'completed' : 'failed',
    error: error ? errorDocument(error) : null,
    image: known.image,
    output_directory: known.output_directory,
    ...{ total, completed, failed, rejected },
    not_run: total - endedOf(tally),
    warnings: [...known.warnings],
    started: known.started,
    ended: known.ended,
  };
}

/** A batch of which no row was looked at. Pure. */
export function rejectedBatch(error: SeedbedError, started: Date): BatchSummary {
  const none = { total: 0, completed: 0, failed: 0, rejected: 0 };
  const known = { image: null, output_directory: null, warnings: [] };
  const times = { started: started.toISOString(), ended: new Date().toISOString() };
  const summary = batchSummary(none, error, { ...known, ...times });
  return { ...summary, status: error.exit === 2 ? 'rejected' : 'failed' };
}
