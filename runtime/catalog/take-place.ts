import { type Database, lockName } from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { type FileEntry, isLocal, type Workspace } from '../workspace/index.ts';

/** Where a file is to go, and what was there when that was decided; undefined: nothing. */
export interface WantedPlace {
  readonly workspace: Workspace;
  readonly path: string;
  readonly standing: FileEntry | undefined;
}

/**
 * Brings a file to its place unless another one came there since it was looked at: of several that want one place at the same
 * moment one has it, and nothing of the others is lost. A free place in a directory is given by the disk; any other one by a
 * lock that whoever comes to it holds meanwhile.
 * @param put is to refuse what stands there if `onlyNew`
 * @throws place-taken, and what `put` throws
 */
export async function takePlace<Value>(
  db: Pick<Database, 'presence'>,
  { workspace, path, standing }: WantedPlace,
  put: (onlyNew: boolean) => Promise<Value>,
): Promise<Value> {
  if (!standing && isLocal(workspace)) return put(true);
  const giveBack = await lockName(db, `place ${workspace.id} ${path}`);
  const taken = () => new SeedbedError('place-taken', { path, workspace: workspace.name });
  if (!giveBack) throw taken();
  try {
    if ((await workspace.stat(path))?.version !== standing?.version) throw taken();
    return await put(false);
  } finally {
    await giveBack();
  }
}
