import { SeedbedError } from '../../errors/index.ts';
import { errorDocument } from '../run/document.ts';
import type { EndedRow, RowOutcome, RowTask } from './runner.ts';

/** A row that was withdrawn before it had a job. Pure. */
export function withdrawnRow(task: RowTask, signal: string): EndedRow {
  return {
    task,
    outcome: unrun(errorDocument(new SeedbedError('canceled', { signal })), 'failed'),
  };
}

/** A row of which no job could be made. Pure. */
export function unsubmittedRow(task: RowTask, error: SeedbedError): EndedRow {
  return { task, outcome: unrun(errorDocument(error), 'rejected') };
}

function unrun(error: RowOutcome['error'], status: RowOutcome['status']): RowOutcome {
  return {
    status,
    exit_code: null,
    error,
    inputs: { files: {}, json: {} },
    outputs: { files: {}, json: {} },
    logs: { stdout: null, stderr: null },
    warnings: [],
    job: null,
    started: null,
    ended: null,
  };
}
