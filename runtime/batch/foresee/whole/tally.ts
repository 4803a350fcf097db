/**
 * What would become of a job: RUN: it runs; REUSE: it takes what an earlier one made; DEPEND: it runs, since what it is given is
 * made anew; SKIP: a condition decides against it; UNKNOWN: that cannot be told yet.
 */
export const fateActions = ['RUN', 'REUSE', 'DEPEND', 'SKIP', 'UNKNOWN'] as const;
export type FateAction = (typeof fateActions)[number];

/** What would become of one job of one member. */
export interface NodeFate {
  /** Name of the node, after that of the sub-recipe that it is in: `part/blur`; of single jobs: of their type. */
  readonly node: string;
  readonly action: FateAction;
  /** The same for all of which the same is true. */
  readonly reason: string;
}

/** What would become of one recipe or job. */
export interface MemberFate {
  /** Why it would be refused: names of errors; empty: it would not. */
  readonly errors: readonly string[];
  readonly nodes: readonly NodeFate[];
}

/** How many there are of what would become of jobs. */
export interface FateCounts {
  readonly run: number;
  readonly reuse: number;
  readonly depend: number;
  readonly skip: number;
  readonly unknown: number;
}

/** Why a batch cannot be told of without making it. */
export interface Untold {
  readonly untold: string;
}

/** How often a reason is given, the most frequent first. */
export interface ReasonCount {
  readonly reason: string;
  readonly count: number;
}

export interface NodeCounts extends FateCounts {
  readonly name: string;
  readonly reasons: readonly (ReasonCount & { readonly action: FateAction })[];
}

/** What would become of a whole batch. */
export interface ForeseenWhole extends FateCounts {
  /** Recipes or jobs that were decided on. */
  readonly members: number;
  readonly refused: number;
  /** Names of the errors. */
  readonly refusals: readonly ReasonCount[];
  /** In the order in which they came up. */
  readonly nodes: readonly NodeCounts[];
}

/** Different reasons that are told apart, for each action of each node; what comes after those is summed up. */
const mostReasons = 50;
const others = 'Other reasons';

/** Adds up what would become of members. What it holds does not grow with their number. */
export class Tally {
  #members = 0;
  #refused = 0;
  readonly #refusals = new Map<string, number>();
  readonly #nodes = new Map<string, Map<FateAction, Map<string, number>>>();

  add({ errors, nodes }: MemberFate): void {
    this.#members++;
    if (errors.length > 0) {
      this.#refused++;
      count(this.#refusals, [...new Set(errors)].join(', '));
    }
    for (const { node, action, reason } of nodes) {
      let actions = this.#nodes.get(node);
      if (!actions) this.#nodes.set(node, (actions = new Map()));
      let reasons = actions.get(action);
      if (!reasons) actions.set(action, (reasons = new Map()));
      count(reasons, reason);
    }
  }

  sum(): ForeseenWhole {
    const nodes = [...this.#nodes].map(([name, actions]): NodeCounts => {
      const of = (action: FateAction) =>
        [...(actions.get(action)?.values() ?? [])].reduce((sum, one) => sum + one, 0);
      const reasons = [...actions].flatMap(([action, found]) =>
        inOrder(found).map((reason) => ({ action, ...reason })),
      );
      return {
        ...{ name, run: of('RUN'), reuse: of('REUSE'), depend: of('DEPEND') },
        ...{ skip: of('SKIP'), unknown: of('UNKNOWN'), reasons },
      };
    });
    const sum = (fate: keyof FateCounts) => nodes.reduce((total, node) => total + node[fate], 0);
    return {
      ...{ members: this.#members, refused: this.#refused, refusals: inOrder(this.#refusals) },
      ...{ run: sum('run'), reuse: sum('reuse'), depend: sum('depend') },
      ...{ skip: sum('skip'), unknown: sum('unknown'), nodes },
    };
  }
}

function count(counts: Map<string, number>, reason: string): void {
  const key = counts.has(reason) || counts.size < mostReasons ? reason : others;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function inOrder(counts: ReadonlyMap<string, number>): ReasonCount[] {
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
