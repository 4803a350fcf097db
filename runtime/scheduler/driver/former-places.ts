import { readdir, rm } from 'node:fs/promises';
import type { ScaleFile } from '../../catalog/index.ts';
import { workspaceStates } from '../../catalog/index.ts';
import { destinationOf, type Places } from '../../completion/index.ts';
import type { AttemptDirectory } from '../../execution/index.ts';
import { type ExecutionFacts, judgeHostPath, type Scheduled } from '../../jobs/index.ts';
import { isLocal } from '../../workspace/index.ts';
import { takenOverAttempt } from './attempt.ts';
import { outputPath } from './destination.ts';
import type { PlacesContext } from './places.ts';

/**
 * Takes over the output of a container that another runtime launched. Since that one may have given it its final place,
 * the job type may have been told of other workspaces: it is looked for in all of them, where its path is the same, and
 * nothing of it stays in those that are not meant any more. What was put into workspaces that are no directory of this
 * machine is no output to go on with; what stays there unnamed is found as a leftover.
 * @throws ENOENT when there is no output
 */
export async function takeOver(
  context: PlacesContext,
  execution: Scheduled,
  facts: ExecutionFacts,
  inputs: ReadonlyMap<string, readonly ScaleFile[]>,
  { main, elsewhere }: Places,
): Promise<AttemptDirectory> {
  const current = [main, ...elsewhere.values()].map(destinationOf);
  const everywhere =
    facts.destination === null
      ? await everyPlace(context, outputPath(context.db.installation, facts, execution.id, inputs))
      : [];
  const whole = destinationOf(main);
  const places = whole === undefined ? everywhere : [whole, ...everywhere];
  const attempt = await takenOverAttempt(execution, (await fullest(places)) ?? whole);
  for (const former of everywhere)
    if (!current.includes(former)) await rm(former, { recursive: true, force: true });
  return attempt;
}

/** A directory inside every workspace of this machine that may be written to. */
async function everyPlace(context: PlacesContext, within: string): Promise<string[]> {
  const { db, workspace: managed, workspaces, hostPaths } = context;
  const places = [managed.hostPath(within)];
  for (const [name, { kind, host_path: root }] of await workspaceStates(db)) {
    // That of all files is no place for products.
    if (name === managed.name || root === '/') continue;
    if (kind === 'host' && 'problem' in (await judgeHostPath(root ?? '', hostPaths))) continue;
    if (kind !== 'host' && kind !== 'nfs') continue;
    const workspace = await workspaces.byName(name).catch(() => undefined);
    if (workspace && isLocal(workspace)) places.push(workspace.hostPath(within));
  }
  return places;
}

/** The one that holds most: what went elsewhere beside the whole is a part of it. */
async function fullest(directories: readonly string[]): Promise<string | undefined> {
  let best: { directory: string; count: number } | undefined;
  for (const directory of new Set(directories)) {
    const count = (await readdir(directory, { recursive: true }).catch(() => undefined))?.length;
    if (count !== undefined && count > (best?.count ?? -1)) best = { directory, count };
  }
  return best?.directory;
}
