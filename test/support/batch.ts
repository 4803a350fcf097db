import type { BatchRowDocument } from '../../seed-schema/index.ts';
import type { BatchIdentity } from '../../runtime/cli/batch/journal/entry.ts';

/** What a batch is run with, as its journal has it. */
export function batchIdentity(differing: Partial<BatchIdentity> = {}): BatchIdentity {
  return {
    image: 'test-job-1.0.0-seed:1.0.0',
    imageId: 'sha256:1',
    settings: {},
    mounts: {},
    resources: {},
    network: 'none',
    ...differing,
  };
}

/** How a row ended that completed. */
export function rowDocument(row: number, differing: Partial<BatchRowDocument> = {}): BatchRowDocument {
  return {
    row,
    line: row + 1,
    directory: `/out/${row}-a.txt`,
    status: 'completed',
    exit_code: 0,
    error: null,
    column: null,
    given: { IN: ['a.txt'] },
    inputs: { files: {}, json: {} },
    outputs: { files: {}, json: {} },
    logs: { stdout: null, stderr: null },
    warnings: [],
    job: row,
    started: '2026-11-22T05:10:56.448Z',
    ended: '2026-11-22T05:10:58.803Z',
    ...differing,
  };
}

/** Why a row failed. */
export function rowError(
  category: 'data' | 'job' | 'system',
  name = 'job-error',
): NonNullable<BatchRowDocument['error']> {
  return { name, title: 'It failed', category, message: 'It failed; mend it.', code: 'SB2002' };
}
