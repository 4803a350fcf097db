import type { BatchRowDocument } from '../../../seed-schema/index.ts';
import type { SeedbedError } from '../../errors/index.ts';
import { errorDocument } from '../run/document.ts';
import type { WrittenRow } from './rows/row.ts';
import type { RowOutcome } from './runner.ts';

type Facts = Pick<WrittenRow, 'number' | 'line' | 'given'>;

/** A row that ran, in the words of its document. Pure. @param directory absolute; null where the row left none */
export function endedRow(row: Facts, outcome: RowOutcome, directory: string | null): BatchRowDocument {
  return { ...facts(row), directory, column: null, ...outcome };
}

/** A row that could not be run. Pure. @param column the input that is to blame */
export function refusedRow(row: Facts, error: SeedbedError, column: string | null): BatchRowDocument {
  return {
    ...facts(row),
    directory: null,
    column,
    status: 'rejected',
    exit_code: null,
    error: errorDocument(error),
    inputs: { files: {}, json: {} },
    outputs: { files: {}, json: {} },
    logs: { stdout: null, stderr: null },
    warnings: [],
    job: null,
    started: null,
    ended: null,
  };
}

function facts({ number, line, given }: Facts) {
  return { row: number, line, given: Object.fromEntries([...given].map(([name, of]) => [name, [...of]])) };
}
