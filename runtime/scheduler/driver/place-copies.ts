import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Database } from '../../database/index.ts';
import { syncFileSystem } from '../../execution/index.ts';
import { executionState } from '../../jobs/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import { copyOutputs, type Done, type OpenWorkspace } from '../../provenance/index.ts';
import type { Task } from '../executor.ts';
import { moveOutput, setAside } from './destination.ts';

export interface CopiesPlace {
  readonly db: Database;
  readonly open: OpenWorkspace;
  readonly execution: Task['execution'];
  readonly manifest: Manifest;
  /** Absolute. */
  readonly destination: string;
}

/**
 * Fills the directory that an execution's outputs have of the user's with copies of what another one made, before it is
 * taken: files first, as ever, then the transaction. Where that comes to nothing the execution works, and replaces them.
 */
export async function placeCopies(
  { db, open, execution, manifest, destination }: CopiesPlace,
  done: Done,
): Promise<void> {
  // Another runtime adopted it, and may have filled the directory already.
  if ((await executionState(db, execution)) !== 'ours') return;
  const { attemptDirectory } = execution;
  const copies = path.join(attemptDirectory, `reused-${randomUUID()}`);
  await copyOutputs(open, done, manifest, copies);
  await syncFileSystem(copies);
  await setAside(destination, attemptDirectory);
  await moveOutput(copies, destination);
}
