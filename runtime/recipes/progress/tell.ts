import { setBlocked } from '../../jobs/index.ts';
import { isSkipped } from '../../recipe/index.ts';
import { unpublishReplaced } from '../succession/unpublish.ts';
import { type Settled, Sums } from './changes.ts';
import { countParents, nodeKey, type NodeRow, type ParentDelta } from './rows.ts';
import { tellRuns } from './runs.ts';
import { reasonsOf, skipNodes } from './skip.ts';
import { type Steps, whereOf } from './steps.ts';

/** Tells what depends on them of nodes and runs that have ended or are stuck. */
export async function tell(steps: Steps): Promise<void> {
  const [settled, stuck] = [steps.settled, steps.stuck];
  [steps.settled, steps.stuck] = [[], []];
  await tellRuns(
    steps,
    settled.filter(({ item }) => item >= 0),
    stuck.filter(({ item }) => item >= 0),
  );
  const deltas = new Sums<ParentDelta>();
  const add = (recipeId: number, name: string, change: Partial<Record<keyof ParentDelta, number>>) =>
    deltas.add(
      nodeKey(recipeId, name),
      () => ({ recipeId, name, done: 0, used: 0, skips: 0, blockers: 0 }),
      change,
    );
  const replacing: Settled[] = [];
  for (const one of settled) {
    const { recipeId, name, item, used, verdict } = one;
    if (item >= 0) continue;
    steps.count(recipeId, { left: -1 });
    if ((await steps.recipeOf(recipeId)).supersedes !== null) replacing.push(one);
    for (const { child, acceptance, hard } of (await steps.nodeOf(recipeId, name)).graph.children) {
      const decidedOtherwise = used && acceptance !== undefined && acceptance !== verdict;
      const isUsed = used && !decidedOtherwise;
      const skips = decidedOtherwise || (!used && hard) ? 1 : 0;
      add(recipeId, child, { done: 1, used: isUsed ? 1 : 0, skips });
    }
  }
  for (const { recipeId, name, item, isStuck } of stuck) {
    if (item >= 0) continue;
    const change = isStuck ? 1 : -1;
    steps.count(recipeId, { stuck: change });
    for (const { child } of (await steps.nodeOf(recipeId, name)).graph.children)
      add(recipeId, child, { blockers: change });
  }
  await unpublishReplaced(steps.tx, replacing);
  const given = deltas.take();
  const changes = new Map(given.map((delta) => [nodeKey(delta.recipeId, delta.name), delta]));
  await follow(steps, await countParents(steps.tx, given), changes);
}

/** What follows for nodes from what the nodes before them have come to. */
export async function follow(
  steps: Steps,
  nodes: readonly NodeRow[],
  changes: ReadonlyMap<string, ParentDelta>,
): Promise<void> {
  const [blocked, unblocked, skipped]: NodeRow[][] = [[], [], []];
  for (const node of nodes) {
    if (node.state !== 'WAITING') continue;
    const before = node.blockers - changes.get(nodeKey(node.recipeId, node.name))!.blockers;
    if (before === 0 && node.blockers > 0) blocked!.push(node);
    if (before > 0 && node.blockers === 0) unblocked!.push(node);
    if (node.parentsLeft > 0) continue;
    const { parents } = (await steps.nodeOf(node.recipeId, node.name)).graph;
    const outcome = { parents: parents.length, used: node.parentsUsed, skips: node.skips };
    if (isSkipped(outcome)) skipped!.push(node);
    else steps.begin(node);
  }
  for (const node of blocked!) steps.stick({ ...whereOf(node), isStuck: true });
  for (const node of unblocked!) steps.stick({ ...whereOf(node), isStuck: false });
  await markBlocked(steps, blocked!, unblocked!);
  await skipNodes(steps, await reasonsOf(steps, skipped!));
}

/** Says so of their jobs. */
export async function markBlocked(
  steps: Steps,
  blocked: readonly NodeRow[],
  unblocked: readonly NodeRow[],
): Promise<void> {
  const [first] = [...blocked, ...unblocked];
  if (!first) return;
  const { actor } = await steps.recipeOf(first.recipeId);
  await setBlocked(steps.tx, { blocked: jobIds(blocked), unblocked: jobIds(unblocked) }, actor);
}

function jobIds(nodes: readonly NodeRow[]): number[] {
  return nodes.flatMap(({ jobId }) => jobId ?? []);
}
