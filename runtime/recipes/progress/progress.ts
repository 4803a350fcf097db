import type { RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { recordEvents, setBlocked, withdrawJobs } from '../../jobs/index.ts';
import {
  decideRuns,
  elementsOf,
  type GraphNode,
  inputOf,
  inputOfRun,
  isSkipped,
  joinOutputs,
  lackingInput,
  reasonToSkip,
} from '../../recipe/index.ts';
import type { RecipeContext } from '../context.ts';
import type { Plan } from '../plan/plan.ts';
import type { NodeState } from '../state.ts';
import { unpublishReplaced } from '../succession/unpublish.ts';
import { type Settled, type Stuck, Sums } from './changes.ts';
import { completeRecipes } from './complete.ts';
import { decide, factsOfFiles } from './conditions.ts';
import type { MadeRecipe } from './create.ts';
import {
  changeNodes,
  countNodes,
  countParents,
  looksOf,
  nodeKey,
  type NodeChange,
  type NodeRow,
  nodesById,
  outputsOf,
  type ParentDelta,
  type RecipeDelta,
  type RecipeRow,
  recipeRows,
} from './rows.ts';
import {
  addRuns,
  countRuns,
  drawNodeIds,
  type FanDelta,
  type FanRow,
  nameWork,
  noteStarted,
  openFans,
  outputsOfRuns,
} from './run-rows.ts';
import { type Start, startAll } from './start.ts';

/** Runs that a transaction starts at most; the others are started by those that follow. */
const mostRuns = 500;
/** Nodes that are looked at in one go. */
const mostAtOnce = 1000;

interface Ready {
  readonly id: number;
  readonly recipeId: number;
  readonly name: string;
  readonly jobId: number | null;
}

/**
 * Carries recipes on from what has happened to some of their nodes, until nothing follows any more. All of it happens in
 * the transaction of what happened, with the rows at the top of the recipes locked. Only nodes that something follows for
 * are read or written: what it costs does not depend on how large a recipe is.
 */
export class Progress {
  readonly #tx: Queries;
  readonly #context: RecipeContext;
  readonly #recipes = new Map<number, RecipeRow>();
  #settled: Settled[] = [];
  #stuck: Stuck[] = [];
  #ready: Ready[] = [];
  #fans: FanRow[] = [];
  readonly #counts = new Sums<RecipeDelta>();
  #runsLeft = mostRuns;

  constructor(tx: Queries, context: RecipeContext) {
    this.#tx = tx;
    this.#context = context;
  }

  settle(settled: Settled): void {
    this.#settled.push(settled);
  }

  stick(stuck: Stuck): void {
    this.#stuck.push(stuck);
  }

  begin(ready: Ready): void {
    this.#ready.push(ready);
  }

  /** What was made begins with the nodes that wait for none. */
  beginRecipes(made: readonly MadeRecipe[]): void {
    for (const { row, ready } of made) {
      this.#recipes.set(row.id, row);
      for (const [name, id] of ready) this.begin({ id, recipeId: row.id, name, jobId: null });
      this.#count(row.id, {});
    }
  }

  /** Begins nodes that wait for none any more, or skips them: what comes before them was done when their recipe was made. */
  async resume(nodes: readonly NodeRow[]): Promise<void> {
    const none = { done: 0, used: 0, skips: 0, blockers: 0 };
    const unchanged = nodes.map(
      ({ recipeId, name }) => [nodeKey(recipeId, name), { recipeId, name, ...none }] as const,
    );
    await this.#follow(nodes, new Map(unchanged));
  }

  /** More runs of a node are to be started, as far as it allows. */
  expand(fan: FanRow): void {
    this.#fans.push(fan);
  }

  async run(): Promise<void> {
    for (;;) {
      if (this.#settled.length + this.#stuck.length > 0) await this.#tell();
      else if (this.#ready.length > 0) await this.#begin(this.#ready.splice(0, mostAtOnce));
      else if (this.#fans.length > 0) await this.#goOn(this.#fans.splice(0, 1));
      else if (this.#counts.size > 0) await this.#countUp();
      else return;
    }
  }

  /** Tells what depends on them of nodes and runs that have ended or are stuck. */
  async #tell(): Promise<void> {
    const [settled, stuck] = [this.#settled, this.#stuck];
    [this.#settled, this.#stuck] = [[], []];
    await this.#tellRuns(
      settled.filter(({ item }) => item >= 0),
      stuck.filter(({ item }) => item >= 0),
    );
    const deltas = new Sums<ParentDelta>();
    const tell = (recipeId: number, name: string, change: Partial<Record<keyof ParentDelta, number>>) =>
      deltas.add(
        nodeKey(recipeId, name),
        () => ({ recipeId, name, done: 0, used: 0, skips: 0, blockers: 0 }),
        change,
      );
    const replacing: Settled[] = [];
    for (const one of settled) {
      const { recipeId, name, item, used, verdict } = one;
      if (item >= 0) continue;
      this.#count(recipeId, { left: -1 });
      if ((await this.#recipe(recipeId)).supersedes !== null) replacing.push(one);
      for (const { child, acceptance, hard } of await this.#childrenOf(recipeId, name)) {
        const decidedOtherwise = used && acceptance !== undefined && acceptance !== verdict;
        const isUsed = used && !decidedOtherwise;
        const skips = decidedOtherwise || (!used && hard) ? 1 : 0;
        tell(recipeId, child, { done: 1, used: isUsed ? 1 : 0, skips });
      }
    }
    for (const { recipeId, name, item, isStuck } of stuck) {
      if (item >= 0) continue;
      const change = isStuck ? 1 : -1;
      this.#count(recipeId, { stuck: change });
      for (const { child } of await this.#childrenOf(recipeId, name))
        tell(recipeId, child, { blockers: change });
    }
    await unpublishReplaced(this.#tx, replacing);
    const given = deltas.take();
    const changes = new Map(given.map((delta) => [nodeKey(delta.recipeId, delta.name), delta]));
    await this.#follow(await countParents(this.#tx, given), changes);
  }

  /** What follows for nodes from what the nodes before them have come to. */
  async #follow(nodes: readonly NodeRow[], changes: ReadonlyMap<string, ParentDelta>): Promise<void> {
    const [blocked, unblocked, skipped]: NodeRow[][] = [[], [], []];
    for (const node of nodes) {
      if (node.state !== 'WAITING') continue;
      const before = node.blockers - changes.get(nodeKey(node.recipeId, node.name))!.blockers;
      if (before === 0 && node.blockers > 0) blocked!.push(node);
      if (before > 0 && node.blockers === 0) unblocked!.push(node);
      if (node.parentsLeft > 0) continue;
      const { parents } = (await this.#nodeOf(node.recipeId, node.name)).graph;
      const outcome = { parents: parents.length, used: node.parentsUsed, skips: node.skips };
      if (isSkipped(outcome)) skipped!.push(node);
      else this.begin(node);
    }
    for (const node of blocked!) this.stick({ ...whereOf(node), isStuck: true });
    for (const node of unblocked!) this.stick({ ...whereOf(node), isStuck: false });
    await this.#setBlocked(blocked!, unblocked!);
    await this.#skip(await this.#reasonsOf(skipped!));
  }

  /** Says which of the nodes before them is why nodes are skipped. */
  async #reasonsOf(skipped: readonly NodeRow[]) {
    const nodes = await Promise.all(
      skipped.map(async (node) => ({ node, ...(await this.#nodeOf(node.recipeId, node.name)) })),
    );
    const looks = await looksOf(
      this.#tx,
      unique(
        nodes.flatMap(({ node: { recipeId }, graph }) =>
          graph.parents.map(({ parent }) => ({ recipeId, name: parent })),
        ),
      ),
    );
    return nodes.map(({ node, graph }) => ({
      node,
      reason: reasonToSkip(graph.parents, (name) => looks.get(nodeKey(node.recipeId, name))),
    }));
  }

  async #setBlocked(blocked: readonly NodeRow[], unblocked: readonly NodeRow[]): Promise<void> {
    const [first] = [...blocked, ...unblocked];
    if (!first) return;
    const { actor } = await this.#recipe(first.recipeId);
    await setBlocked(this.#tx, { blocked: jobIds(blocked), unblocked: jobIds(unblocked) }, actor);
  }

  async #skip(skipped: readonly { readonly node: Ready; readonly reason: string }[]): Promise<void> {
    if (skipped.length === 0) return;
    await changeNodes(
      this.#tx,
      skipped.map(({ node, reason }) => ({ id: node.id, state: 'SKIPPED', reason })),
    );
    const { actor } = await this.#recipe(skipped[0]!.node.recipeId);
    await withdrawJobs(this.#tx, jobIds(skipped.map(({ node }) => node)), actor);
    for (const { node } of skipped) this.settle({ ...whereOf(node), used: false });
  }

  /** Begins nodes whose input is there. */
  async #begin(ready: readonly Ready[]): Promise<void> {
    const nodes = await Promise.all(
      ready.map(async (node) => ({ ...node, ...(await this.#nodeOf(node.recipeId, node.name)) })),
    );
    const sources = nodes.flatMap(({ recipeId, graph }) =>
      Object.values(graph.node.input).flatMap((from) =>
        from.type === 'dependency' ? [{ recipeId, name: from.node }] : [],
      ),
    );
    const outputs = await outputsOf(this.#tx, unique(sources));
    const given = nodes.map((node) => ({
      ...node,
      input: inputOf(node.graph.node.input, node.recipe.input, (name) =>
        outputs.get(nodeKey(node.recipeId, name)),
      ),
    }));
    const lacking = given.map(({ graph, input }) => lackingInput(graph, input));
    await this.#skip(
      given.flatMap((node, at) =>
        lacking[at] === undefined
          ? []
          : [
              {
                node,
                reason: `its required input ${lacking[at]} has nothing, since nothing was given for it`,
              },
            ],
      ),
    );
    const able = given.filter((_node, at) => lacking[at] === undefined);
    await this.#decide(able.filter(({ graph }) => kindOf(graph) === 'condition'));
    await this.#openFans(able.filter(({ graph }) => kindOf(graph) !== 'condition' && graph.node.forEach));
    await this.#start(able.filter(({ graph }) => kindOf(graph) !== 'condition' && !graph.node.forEach));
  }

  async #decide(conditions: readonly Given[]): Promise<void> {
    if (conditions.length === 0) return;
    const facts = await factsOfFiles(
      this.#tx,
      conditions.map(({ input }) => input),
    );
    const changes: NodeChange[] = [];
    for (const { id, recipeId, name, graph, input } of conditions) {
      const { accepted, output } = decide(graph.node, input, facts);
      changes.push({ id, state: 'COMPLETED', accepted, output });
      this.settle({ recipeId, name, item: -1, used: true, verdict: accepted });
    }
    await changeNodes(this.#tx, changes);
  }

  async #openFans(fans: readonly Given[]): Promise<void> {
    if (fans.length === 0) return;
    const rows = await openFans(
      this.#tx,
      fans.map(({ id, graph, input }) => {
        const { elements } = elementsOf(graph.node.forEach!, graph.interface.input, input);
        return { id, input, total: elements.length };
      }),
    );
    this.#fans.push(...rows);
  }

  async #start(nodes: readonly Given[]): Promise<void> {
    if (nodes.length === 0) return;
    const starts: Start[] = nodes.map(({ id, jobId, recipe, plan, name, graph, input }) => ({
      ...{ recipe, plan, name, jobId, input },
      node: graph.node,
      nodeId: id,
    }));
    const { started, made } = await startAll(this.#tx, this.#context, starts);
    const problems = nodes.flatMap(({ id }, at) =>
      started[at]!.problem === null ? [] : [{ id, state: 'STUCK' as const, reason: started[at]!.problem }],
    );
    await nameWork(
      this.#tx,
      nodes.flatMap(({ id }, at) => (started[at]!.problem === null ? [{ id, ...started[at]! }] : [])),
    );
    await changeNodes(this.#tx, problems);
    nodes.forEach((node, at) => {
      if (started[at]!.problem !== null) this.stick({ ...whereOf(node), isStuck: true });
    });
    this.beginRecipes(made);
  }

  /** Counts runs that ended or are stuck, and looks at what follows for their nodes. */
  async #tellRuns(settled: readonly Settled[], stuck: readonly Stuck[]): Promise<void> {
    const deltas = new Sums<FanDelta>();
    const tell = (recipeId: number, name: string, change: Partial<Record<keyof FanDelta, number>>) =>
      deltas.add(nodeKey(recipeId, name), () => ({ recipeId, name, completed: 0, stuck: 0 }), change);
    for (const { recipeId, name } of settled) tell(recipeId, name, { completed: 1 });
    for (const { recipeId, name, isStuck } of stuck) tell(recipeId, name, { stuck: isStuck ? 1 : -1 });
    this.#fans.push(...(await countRuns(this.#tx, deltas.take())));
  }

  /** Completes nodes with `forEach`, or starts more of their runs. */
  async #goOn(fans: readonly FanRow[]): Promise<void> {
    for (const fan of fans) {
      // Once it has completed, what its runs still come to changes nothing.
      if (fan.state !== 'STARTED' && fan.state !== 'STUCK') continue;
      const { graph } = await this.#nodeOf(fan.recipeId, fan.name);
      const { isComplete, isStuck, start } = decideRuns(graph.node.forEach!, fan);
      const where = { recipeId: fan.recipeId, name: fan.name, item: -1 };
      const change = (state: NodeState, more: Partial<NodeChange> = {}) =>
        changeNodes(this.#tx, [{ id: fan.id, state, ...more }]);
      if (isStuck && fan.state === 'STARTED') {
        await change('STUCK', { reason: `${fan.stuck} of ${fan.total} runs failed` });
        this.stick({ ...where, isStuck });
      }
      if (!isStuck && fan.state === 'STUCK') {
        await change('STARTED');
        this.stick({ ...where, isStuck });
      }
      if (isComplete) {
        const outputs = await outputsOfRuns(this.#tx, fan);
        await change('COMPLETED', { output: joinOutputs(graph.interface.output, outputs) });
        this.settle({ ...where, used: true });
      } else await this.#startRuns(fan, graph, start);
    }
  }

  async #startRuns(fan: FanRow, graph: GraphNode, wanted: number): Promise<void> {
    const { recipeId, name } = fan;
    const count = Math.min(wanted, this.#runsLeft);
    this.#runsLeft -= count;
    await noteStarted(this.#tx, [{ id: fan.id, started: fan.started + count, expanding: wanted > count }]);
    if (count === 0) return;
    const { recipe, plan } = await this.#nodeOf(recipeId, name);
    const forEach = graph.node.forEach!;
    const { kind, elements } = elementsOf(forEach, graph.interface.input, fan.input);
    const ids = await drawNodeIds(this.#tx, count);
    const starts = ids.map((nodeId, nth) => ({
      ...{ recipe, plan, name, nodeId, node: graph.node, jobId: null },
      input: inputOfRun(forEach, kind, elements[fan.started + nth], fan.input),
    }));
    const { started, made } = await startAll(this.#tx, this.#context, starts);
    await addRuns(
      this.#tx,
      started.map(({ jobId, subRecipeId, problem }, nth) => ({
        ...{ id: ids[nth]!, recipeId, name, jobId, subRecipeId },
        item: fan.started + nth,
        kind: kindOf(graph) as 'job' | 'recipe',
        reason: problem,
      })),
    );
    started.forEach(({ problem }, nth) => {
      if (problem !== null) this.stick({ recipeId, name, item: fan.started + nth, isStuck: true });
    });
    this.beginRecipes(made);
  }

  /** Recipes that are complete, or stuck, are what their nodes of other recipes are. */
  async #countUp(): Promise<void> {
    const deltas = this.#counts.take();
    const counts = await countNodes(this.#tx, deltas);
    const byId = new Map(deltas.map((delta) => [delta.id, delta]));
    const done = counts.filter(({ left, isCompleted }) => left === 0 && !isCompleted);
    await completeRecipes(this.#tx, this.#context, await this.#rowsOf(done.map(({ id }) => id)));
    const completed = new Set(done.map(({ id }) => id));
    const parts = counts.filter(({ id, nodeId, left, stuck }) => {
      const delta = byId.get(id)!;
      const [is, was] = [isStuckAt(left, stuck), isStuckAt(left - delta.left, stuck - delta.stuck)];
      return nodeId !== null && (completed.has(id) || is !== was);
    });
    const nodes = await nodesById(
      this.#tx,
      parts.map(({ nodeId }) => nodeId!),
    );
    const byNode = new Map(parts.map((part) => [part.nodeId!, part]));
    await this.#changed(
      nodes.map((node) => {
        const { id, left, stuck } = byNode.get(node.id)!;
        const status = completed.has(id) ? 'COMPLETED' : isStuckAt(left, stuck) ? 'STUCK' : 'STARTED';
        return { node, status };
      }),
    );
    await recordEvents(
      this.#tx,
      done.map(({ id }) => ({
        entity: 'recipe',
        id,
        kind: 'completed',
        actor: this.#recipes.get(id)!.actor,
      })),
    );
  }

  /** Takes over how jobs and sub-recipes stand. */
  async #changed(
    given: readonly {
      readonly node: NodeRow;
      readonly status: 'COMPLETED' | 'STUCK' | 'STARTED' | 'WAITING';
    }[],
  ): Promise<void> {
    const changes: NodeChange[] = [];
    for (const { node, status } of given) {
      if (node.state === status || node.state === 'COMPLETED' || node.state === 'SKIPPED') continue;
      if (node.state === 'WAITING' && status === 'STARTED') continue;
      changes.push({ id: node.id, state: status });
      const where = { recipeId: node.recipeId, name: node.name, item: node.item };
      const [was, is] = [
        node.state === 'STUCK' || (node.state === 'WAITING' && node.blockers > 0),
        status === 'STUCK' || (status === 'WAITING' && node.blockers > 0),
      ];
      if (was !== is) this.stick({ ...where, isStuck: is });
      if (status === 'COMPLETED') this.settle({ ...where, used: true });
    }
    await changeNodes(this.#tx, changes);
  }

  /** Takes over how jobs stand; see `advance`. */
  async take(
    jobs: readonly (NodeRow & { readonly status: string; readonly awaitsInput: boolean })[],
  ): Promise<void> {
    const waiting: NodeRow[] = [];
    await this.#changed(
      jobs.map((node) => {
        const status = stateOf(node.status, node.awaitsInput);
        if (status === 'WAITING' && node.state === 'STUCK') waiting.push(node);
        return { node, status };
      }),
    );
    // A job that was canceled before its input was there, and is wanted again.
    const [blocked, ready] = [
      waiting.filter(({ blockers }) => blockers > 0),
      waiting.filter(({ blockers, parentsLeft }) => blockers === 0 && parentsLeft === 0),
    ];
    await this.#setBlocked(blocked, []);
    const again = ready.map((node) => ({ ...node, state: 'WAITING' as const }));
    const none = { done: 0, used: 0, skips: 0, blockers: 0 };
    await this.#follow(
      again,
      new Map(again.map(({ recipeId, name }) => [nodeKey(recipeId, name), { recipeId, name, ...none }])),
    );
  }

  #count(id: number, change: Partial<Record<keyof RecipeDelta, number>>): void {
    this.#counts.add(`${id}`, () => ({ id, left: 0, stuck: 0 }), change);
  }

  async #childrenOf(recipeId: number, name: string) {
    return (await this.#nodeOf(recipeId, name)).graph.children;
  }

  async #nodeOf(
    recipeId: number,
    name: string,
  ): Promise<{ readonly recipe: RecipeRow; readonly plan: Plan; readonly graph: GraphNode }> {
    const recipe = await this.#recipe(recipeId);
    const plan = await this.#context.plans.of(this.#tx, recipe.revisionId);
    return { recipe, plan, graph: plan.graph.get(name)! };
  }

  async #recipe(id: number): Promise<RecipeRow> {
    return (await this.#rowsOf([id]))[0]!;
  }

  async #rowsOf(ids: readonly number[]): Promise<RecipeRow[]> {
    const unknown = ids.filter((id) => !this.#recipes.has(id));
    if (unknown.length > 0)
      for (const row of await recipeRows(this.#tx, unknown)) this.#recipes.set(row.id, row);
    return ids.map((id) => this.#recipes.get(id)!);
  }
}

interface Given extends Ready {
  readonly recipe: RecipeRow;
  readonly plan: Plan;
  readonly graph: GraphNode;
  readonly input: RecipeData;
}

function isStuckAt(left: number, stuck: number): boolean {
  return left > 0 && stuck === left;
}

function stateOf(status: string, awaitsInput: boolean): 'COMPLETED' | 'STUCK' | 'STARTED' | 'WAITING' {
  if (status === 'COMPLETED') return 'COMPLETED';
  if (status === 'FAILED' || status === 'CANCELED') return 'STUCK';
  return awaitsInput ? 'WAITING' : 'STARTED';
}

function kindOf({ node }: GraphNode) {
  return node.node_type.node_type;
}

function whereOf({ recipeId, name }: Pick<Ready, 'recipeId' | 'name'>) {
  return { recipeId, name, item: -1 };
}

function jobIds(nodes: readonly { readonly jobId: number | null }[]): number[] {
  return nodes.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
}

function unique(nodes: readonly { readonly recipeId: number; readonly name: string }[]) {
  return [...new Map(nodes.map((node) => [nodeKey(node.recipeId, node.name), node])).values()];
}
