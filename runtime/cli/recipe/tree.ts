import colors from 'picocolors';
import type {
  GraphState,
  RecipeCounters,
  RecipeGraphDocument,
  RecipeGraphNode,
} from '../../../seed-schema/index.ts';
import { duration } from '../format.ts';
import { oneLine } from '../table.ts';

const marks: Readonly<Record<GraphState, string>> = {
  PENDING: '·',
  BLOCKED: '∅',
  QUEUED: '◌',
  RUNNING: '▶',
  FAILED: '✖',
  CANCELED: '■',
  COMPLETED: '✔',
  SKIPPED: '–',
};

const paints: Readonly<Record<GraphState, (text: string) => string>> = {
  PENDING: colors.dim,
  BLOCKED: colors.yellow,
  QUEUED: colors.blue,
  RUNNING: colors.cyan,
  FAILED: colors.red,
  CANCELED: colors.yellow,
  COMPLETED: colors.green,
  SKIPPED: colors.dim,
};

/** Characters from which on the tree goes no further to the right. */
const deepest = 60;

interface Row {
  readonly art: string;
  readonly node: RecipeGraphNode;
  /** The node above it in the tree. */
  readonly above: string | undefined;
}

/**
 * A recipe as a tree, a line for each node. A node that depends on several stands once, below the last of them, and names the
 * others. What an expanded sub-recipe has stands below its node. Pure.
 */
export function recipeTree(graph: RecipeGraphDocument): string[] {
  const rows = rowsOf(graph, '');
  const width = Math.max(0, ...rows.map(({ art, node }) => [...art].length + [...oneLine(node.name)].length));
  return [headLine(graph), ...rows.map((row) => nodeLine(row, width))];
}

/** `recipe 12, mosaic revision 3: 2 of 5 jobs completed, 1 running` */
export function headLine({
  id,
  recipe_type: type,
  is_completed: isDone,
  counters,
}: RecipeGraphDocument): string {
  const words = isDone && counters.jobs_total === 0 ? 'completed' : countWords(counters);
  return `recipe ${id}, ${oneLine(type.name)} revision ${type.revision_num}: ${words}`;
}

/** `2 of 5 jobs completed, 1 running` */
export function countWords(counters: RecipeCounters): string {
  const { jobs_total: total, jobs_completed: done } = counters;
  const others = (['running', 'queued', 'pending', 'blocked', 'failed', 'canceled'] as const)
    .filter((state) => counters[`jobs_${state}`] > 0)
    .map((state) => `${counters[`jobs_${state}`]} ${state}`);
  return [`${done} of ${total} job${total === 1 ? '' : 's'} completed`, ...others].join(', ');
}

function rowsOf({ nodes }: RecipeGraphDocument, indent: string): Row[] {
  const place = new Map(nodes.map(({ name }, at) => [name, at]));
  const above = new Map(
    nodes.map(({ name, dependencies }) => {
      const parents = dependencies.map((one) => place.get(one.name) ?? -1).filter((at) => at >= 0);
      return [name, parents.length === 0 ? undefined : nodes[Math.max(...parents)]!.name];
    }),
  );
  const children = new Map<string | undefined, RecipeGraphNode[]>();
  for (const node of nodes) {
    const parent = above.get(node.name);
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const rows: Row[] = [];
  // A chain may be thousands of nodes long: no recursion. The last one is done first.
  const left: { node: RecipeGraphNode; indent: string; isLast: boolean }[] = [];
  const push = (parent: string | undefined, at: string) => {
    const found = children.get(parent) ?? [];
    for (const [index, node] of [...found.entries()].reverse())
      left.push({ node, indent: at, isLast: index === found.length - 1 });
  };
  push(undefined, indent);
  for (let next = left.pop(); next; next = left.pop()) {
    const { node, indent: at, isLast } = next;
    const below = at.length >= deepest ? at : `${at}${isLast ? '   ' : '│  '}`;
    rows.push({ art: `${at}${isLast ? '└─ ' : '├─ '}`, node, above: above.get(node.name) });
    const hasMore = children.has(node.name);
    if (node.graph) rows.push(...rowsOf(node.graph, `${below}${hasMore ? '│' : ' '} `));
    push(node.name, below);
  }
  return rows;
}

function nodeLine({ art, node, above }: Row, width: number): string {
  const { name, state, duration: seconds } = node;
  const shown = oneLine(name);
  const pad = ' '.repeat(width - [...art].length - [...shown].length);
  const took = seconds === null ? '' : duration(seconds * 1000);
  const words = [took, ...factsOf(node, above)].filter((word) => word !== '').join('  ');
  return `${colors.dim(art)}${paints[state](marks[state])} ${shown}${pad}  ${paints[state](state.padEnd(9))}  ${words}`.trimEnd();
}

/** All that a line tells of a node besides its name, state and duration. */
export function factsOf(node: RecipeGraphNode, above?: string): string[] {
  const { job_id: job, recipe_id: recipe, recipe_type: type, items, counters, accepted, reason } = node;
  const others = node.dependencies
    .filter(({ name, acceptance }) => name !== above || !acceptance)
    .map(({ name, acceptance }) => `${acceptance ? 'after' : 'where not'} ${oneLine(name)}`);
  return [
    job === null ? '' : `job ${job}`,
    recipe === null ? '' : `recipe ${recipe}`,
    type && recipe === null ? oneLine(type.name) : '',
    items ? runWords(items) : '',
    counters && counters.jobs_total > 0 ? countWords(counters) : '',
    accepted === null ? '' : accepted ? 'accepted' : 'rejected',
    node.is_original ? '' : 'taken over',
    reusedWords(node),
    others.length > 0 ? others.join(', ') : '',
    reason === null ? '' : oneLine(reason),
  ].filter((word) => word !== '');
}

/** `reused`, or `3 reused` of several jobs; '' where all of them ran. */
export function reusedWords({ jobs_reused: reused, job_id: job }: RecipeGraphNode): string {
  if (reused === 0) return '';
  return job === null ? `${reused} reused` : 'reused';
}

/** `3 of 10 runs completed, 2 running` */
function runWords({ total, states }: NonNullable<RecipeGraphNode['items']>): string {
  const others = (Object.entries(states) as [GraphState, number][])
    .filter(([state]) => state !== 'COMPLETED')
    .map(([state, count]) => `${count} ${state.toLowerCase()}`);
  return [`${states.COMPLETED ?? 0} of ${total ?? '?'} runs completed`, ...others].join(', ');
}
