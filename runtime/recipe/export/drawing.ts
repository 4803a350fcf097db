import type { RecipeDefinition, RecipeGraphNode } from '../../../seed-schema/index.ts';
import { parentNames } from '../graph.ts';

/** What is drawn of a graph: that of a recipe (RecipeGraphDocument), or of a definition, whose nodes stand nowhere. */
export interface DrawnGraph {
  readonly nodes: readonly DrawnNode[];
}

/** Sub-recipes are drawn as one node. */
export interface DrawnNode extends Pick<
  RecipeGraphNode,
  'name' | 'node_type' | 'job_type' | 'recipe_type' | 'dependencies' | 'items'
> {
  readonly state?: RecipeGraphNode['state'];
  readonly accepted?: RecipeGraphNode['accepted'];
  readonly duration?: RecipeGraphNode['duration'];
  readonly counters?: RecipeGraphNode['counters'];
}

/** From one node to another, by their places in the graph. */
export interface DrawnEdge {
  readonly from: number;
  readonly to: number;
  /** `accepted` or `rejected`: what a condition must decide; undefined of other nodes. */
  readonly label: string | undefined;
}

/** The graph of a definition alone. */
export function definitionGraph({ nodes }: RecipeDefinition): DrawnGraph {
  return {
    nodes: Object.entries(nodes).map(([name, node]) => {
      const { node_type: type, forEach, dependencies } = node;
      return {
        name,
        node_type: type.node_type,
        job_type:
          type.node_type === 'job'
            ? {
                name: type.job_type_name,
                version: type.job_type_version,
                revision_num: type.job_type_revision,
              }
            : null,
        recipe_type:
          type.node_type === 'recipe'
            ? { name: type.recipe_type_name, revision_num: type.recipe_type_revision }
            : null,
        dependencies: parentNames(node).map((parent) => ({
          name: parent,
          acceptance: dependencies.find((listed) => listed.name === parent)?.acceptance ?? true,
        })),
        items: forEach ? { total: null, states: {}, concurrency: forEach.concurrency ?? null } : null,
      };
    }),
  };
}

/** Dependencies on nodes that are there, in the order of their children. */
export function edgesOf({ nodes }: DrawnGraph): DrawnEdge[] {
  const places = new Map(nodes.map(({ name }, place) => [name, place]));
  return nodes.flatMap(({ dependencies }, to) =>
    dependencies.flatMap(({ name, acceptance }) => {
      const from = places.get(name);
      if (from === undefined) return [];
      const isCondition = nodes[from]!.node_type === 'condition';
      return [{ from, to, label: isCondition ? verdict(acceptance) : undefined }];
    }),
  );
}

/** What is written in a node: its name, what it runs, how far it is. */
export function linesOf(node: DrawnNode): string[] {
  const { name, job_type, recipe_type, items, counters, state, accepted, duration } = node;
  const lines = [name];
  if (job_type) lines.push(`${job_type.name} ${job_type.version}`);
  if (recipe_type) lines.push(`${recipe_type.name}, revision ${recipe_type.revision_num}`);
  if (items) lines.push(itemsLine(items));
  if (counters) lines.push(`${counters.jobs_completed} of ${counters.jobs_total} jobs completed`);
  const status = [
    state,
    accepted == null ? undefined : verdict(accepted),
    duration == null ? undefined : `${Number(duration.toFixed(1))} s`,
  ].filter((word) => word !== undefined);
  if (status.length > 0) lines.push(status.join(', '));
  return lines.map(visible);
}

function itemsLine({ total, states, concurrency }: NonNullable<DrawnNode['items']>): string {
  if (total === null) return concurrency === null ? 'for each' : `for each, ${concurrency} at once`;
  const others = (['RUNNING', 'FAILED', 'BLOCKED', 'CANCELED'] as const).flatMap((state) =>
    states[state] ? [`${states[state]} ${state.toLowerCase()}`] : [],
  );
  return [`for each: ${states.COMPLETED ?? 0} of ${total} completed`, ...others].join(', ');
}

function verdict(acceptance: boolean): string {
  return acceptance ? 'accepted' : 'rejected';
}

/** A text on one line, in which what cannot be seen or turns the direction of writing is written out: `\u{a}`. */
function visible(text: string): string {
  return text.replace(
    /(?![\u{200c}\u{200d}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

/** Colours of states: the fill behind dark letters. The state is written too. */
export const fills: Readonly<Record<NonNullable<DrawnNode['state']>, string>> = {
  PENDING: '#f3f4f6',
  BLOCKED: '#e5e7eb',
  QUEUED: '#dbeafe',
  RUNNING: '#93c5fd',
  FAILED: '#fca5a5',
  CANCELED: '#fde68a',
  COMPLETED: '#a7f3d0',
  SKIPPED: '#ffffff',
};
