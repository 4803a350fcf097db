import path from 'node:path';
import {
  clearLeftovers,
  isCurrentPath,
  isInputOfOthers,
  moveFileRow,
  noteLeftovers,
  removeLeftoverAt,
  type ScaleFile,
  takePlace,
} from '../catalog/index.ts';
import type { Database, Queries } from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { Result, Warning } from '../execution/index.ts';
import type { Execution } from '../jobs/index.ts';
import { isLocal, type Workspace } from '../workspace/index.ts';

/** An input whose job wants it elsewhere in its workspace, and which is there already under both names. */
export interface InputMove {
  readonly file: ScaleFile;
  readonly workspace: Workspace;
  /** Inside the workspace. */
  readonly from: string;
  readonly to: string;
  readonly oldVersion: string;
  readonly version: string;
}

export interface PreparedMoves {
  readonly moves: readonly InputMove[];
  /** What is not done, and why. */
  readonly warnings: readonly Warning[];
}

interface Moving {
  readonly execution: Execution;
  readonly inputs: ReadonlyMap<string, readonly ScaleFile[]>;
  readonly workspaceOf?: ((file: ScaleFile) => Promise<Workspace | undefined>) | undefined;
}

/**
 * Gives inputs the second name that their sidecars ask for (`newWorkspacePath`; on Scale a parse job's way to move its source
 * file). Runs before the transaction that tells the catalogue; whoever takes over after a crash finds it done.
 */
export async function prepareMoves(
  db: Database,
  { execution, inputs, workspaceOf }: Moving,
  { parsedInputs }: Result,
): Promise<PreparedMoves> {
  const moves: InputMove[] = [];
  const warnings: Warning[] = [];
  for (const [input, { newWorkspacePath: wanted }] of parsedInputs)
    for (const file of wanted === undefined ? [] : (inputs.get(input) ?? [])) {
      const workspace = await workspaceOf?.(file);
      const prepared = await prepare(db, execution, file, workspace, wanted!);
      if (typeof prepared === 'string')
        warnings.push({
          name: 'input-not-moved',
          description: `${input} stays where it is and does not go to ${JSON.stringify(wanted)}: ${prepared}.`,
        });
      else if (prepared) moves.push(prepared);
    }
  return { moves, warnings };
}

/** @returns why not; undefined: it is there */
async function prepare(
  db: Database,
  execution: Execution,
  file: ScaleFile,
  workspace: Workspace | undefined,
  to: string,
): Promise<InputMove | string | undefined> {
  const from = file.file_path;
  if (to === from) return undefined;
  if (!workspace || (isLocal(workspace) && workspace.hostPath('') === '/'))
    return 'files that are named by their path on a machine are not moved';
  if (file.file_type !== 'SOURCE') return 'only source files are moved';
  if (!isInnerPath(to)) return 'that is no path inside its workspace';
  const found = await workspace.stat(from);
  if (!found) return 'it is not there any more';
  const there = await workspace.stat(to);
  const isDone = there?.version === found.version;
  if ((there && !isDone) || (await isCurrentPath(db, workspace.id, to))) return 'another file is there';
  await noteLeftovers(db, execution.id, workspace.id, to, found.version);
  const moved = isDone ? there : await secondName(db, workspace, from, to);
  if (!moved) return 'another file is there';
  return { file, workspace, from, to, oldVersion: found.version, version: moved.version };
}

/** @returns undefined where another file came there in the meantime */
async function secondName(db: Database, workspace: Workspace, from: string, to: string) {
  try {
    return await takePlace(db, { workspace, path: to, standing: undefined }, (onlyNew) =>
      isLocal(workspace)
        ? workspace.putFile(to, workspace.hostPath(from), { onlyNew })
        : workspace.copy(from, to, { onlyNew }),
    );
  } catch (thrown) {
    if (thrown instanceof SeedbedError && thrown.error === 'place-taken') return undefined;
    throw thrown;
  }
}

/** In the transaction: the catalogue names the new place, and the old one is to go. */
export async function recordMoves(
  tx: Queries,
  { id }: Execution,
  moves: readonly InputMove[],
): Promise<void> {
  for (const { file, workspace, from, to, oldVersion, version } of moves) {
    if (!(await moveFileRow(tx, file.id, from, to, version))) continue;
    await clearLeftovers(tx, id, workspace.id, to);
    await noteLeftovers(tx, id, workspace.id, from, oldVersion);
  }
}

/** Takes the old names away, but for those that another job is about to read by: these go later, as leftovers do. */
export async function removeMoved(
  db: Database,
  { id }: Execution,
  moves: readonly InputMove[],
): Promise<void> {
  for (const { file, workspace, from } of moves)
    if (!(await isInputOfOthers(db, file.id, id))) await removeLeftoverAt(db, id, workspace, from);
}

/** As a workspace would have it: relative, and whole. */
function isInnerPath(to: string): boolean {
  return (
    to !== '' &&
    to.length <= 1000 &&
    !to.includes('\0') &&
    path.posix.normalize(to) === to &&
    !/^(\/|\.\.?(\/|$))|\/$/.test(to)
  );
}
