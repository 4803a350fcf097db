import { randomUUID } from 'node:crypto';
import type {
  ConditionNodeType,
  DefinedNode,
  RecipeData,
  RecipeDefinition,
} from '../../seed-schema/index.ts';
import { readConfig } from '../../runtime/config/index.ts';
import { registerSources } from '../../runtime/catalog/index.ts';
import type { Database, Queries } from '../../runtime/database/index.ts';
import {
  claim,
  type Execution,
  finish,
  registerJobType,
  requestAction,
  stepAction,
} from '../../runtime/jobs/index.ts';
import {
  advance,
  lockRecipes,
  Plans,
  type RecipeContext,
  rootsOfJobs,
  submitRecipe,
} from '../../runtime/recipes/index.ts';
import type { LocalWorkspace } from '../../runtime/workspace/index.ts';
import { manifestDocument, testManifest } from './manifest.ts';

/** Inputs and outputs of a job, as a manifest has them. */
export type JobInterface = Readonly<Record<string, unknown>>;

/** What there is of a node after a while: its state, and the status of its job. */
export interface NodeLook {
  readonly state: string;
  readonly status: string | null;
  readonly blocked: boolean;
}

/** Recipes whose jobs nobody carries out but the test: by claims and ends of its own, in the database. */
export class RecipeWorld {
  readonly db: Database;
  readonly context: RecipeContext;
  readonly #workspace: LocalWorkspace;
  readonly #types = new Map<string, string>();

  constructor(db: Database, workspace: LocalWorkspace) {
    this.db = db;
    this.#workspace = workspace;
    this.context = { config: readConfig({ SEED_HOME: '/nowhere' }), plans: new Plans() };
  }

  /** @returns the node type of a job type with this interface */
  async job(
    interface_: JobInterface = {},
    more: Record<string, unknown> = {},
  ): Promise<DefinedNode['node_type']> {
    const key = JSON.stringify([interface_, more]);
    let name = this.#types.get(key);
    if (name === undefined) {
      name = `job-${randomUUID()}`;
      this.#types.set(key, name);
      const parts = { name, interface: interface_, ...more };
      await registerJobType(this.db, testManifest(parts), manifestDocument(parts), `${name}:1`, 'jane');
    }
    return { node_type: 'job', job_type_name: name, job_type_version: '1.0.0', job_type_revision: 1 };
  }

  /** @returns `recipe_type_revision.id`, and the type as a node */
  async recipeType(definition: Partial<RecipeDefinition>) {
    const name = `recipe-${randomUUID()}`;
    const whole = { version: '7', input: { files: [], json: [] }, output: {}, nodes: {}, ...definition };
    const [row] = await this.db.query<{ id: number }>(
      `with made as (insert into recipe_type (name, title, definition) values ($1, $1, $2) returning id)
       insert into recipe_type_revision (recipe_type_id, revision_num, definition, interface) select id, 1, $2, '{}' from made returning id`,
      [name, JSON.stringify(whole)],
    );
    const node: DefinedNode['node_type'] = {
      node_type: 'recipe',
      recipe_type_name: name,
      recipe_type_revision: 1,
    };
    return { revisionId: row!.id, node };
  }

  /** Files in the catalogue. @returns their ids */
  async files(count: number, name = 'file.txt', metaData: object = {}): Promise<number[]> {
    const seen = Array.from({ length: count }, () => ({
      path: `/data/${randomUUID()}/${name}`,
      size: 1024 ** 2,
      mtimeNs: 1n,
      inode: 1n,
    }));
    const rows = await registerSources(this.db, this.#workspace, seen);
    const ids = rows.map(({ id }) => id);
    await this.db.query('update scale_file set meta_data = $2 where id = any($1)', [
      ids,
      JSON.stringify(metaData),
    ]);
    return ids;
  }

  async submit(
    revisionId: number,
    input: Partial<RecipeData> = {},
    configuration: Record<string, unknown> = {},
  ): Promise<number> {
    const whole: RecipeData = { version: '7', files: {}, json: {}, ...input };
    return this.db.transaction((tx) =>
      submitRecipe(tx, this.context, { revisionId, input: whole, configuration, actor: 'jane' }),
    );
  }

  /** Jobs of a recipe and its parts that wait for a machine, by the name of their node. */
  async queued(recipeId: number): Promise<{ id: number; node: string; input: RecipeData }[]> {
    return this.db.query(
      `select id, recipe_node as node, input from job where root_recipe_id = $1 and status = 'QUEUED' order by id`,
      [recipeId],
    );
  }

  /** Begins a job. */
  async claim(jobId: number): Promise<Execution> {
    const execution = await claim(this.db, jobId, {
      runtime: this.db.presence.runtime,
      node: 'n',
      imageId: 'i',
      resources: {},
      attemptDirectory: '/nowhere',
    });
    return execution!;
  }

  /** Runs a job and ends it. */
  async end(
    jobId: number,
    status: 'COMPLETED' | 'FAILED' | 'CANCELED' = 'COMPLETED',
    output: Partial<RecipeData> = {},
  ): Promise<void> {
    await this.finish(await this.claim(jobId), status, output);
  }

  /** Ends an execution. */
  async finish(
    execution: Execution,
    status: 'COMPLETED' | 'FAILED' | 'CANCELED',
    output: Partial<RecipeData> = {},
  ): Promise<void> {
    await this.change([execution.jobId], (tx) =>
      finish(tx, execution, {
        status,
        exitCode: status === 'COMPLETED' ? 0 : 1,
        error: null,
        output: status === 'COMPLETED' ? { version: '7', files: {}, json: {}, ...output } : null,
        steps: [],
        stdoutPath: null,
        stderrPath: null,
      }),
    );
  }

  /** Cancels or requeues a job. */
  async act(kind: 'cancel' | 'requeue', jobId: number): Promise<void> {
    await requestAction(this.db, { kind, filter: { jobIds: [jobId] }, actor: 'joe' });
    await this.change([jobId], (tx) => stepAction(tx, (roots) => lockRecipes(tx, roots)));
  }

  /** Changes jobs, and carries their recipes on in the same transaction. */
  async change(jobIds: readonly number[], work: (tx: Queries) => Promise<unknown>): Promise<void> {
    await this.db.transaction(async (tx) => {
      await lockRecipes(tx, await rootsOfJobs(tx, jobIds));
      await work(tx);
      await advance(tx, this.context, jobIds);
    });
  }

  /** Carries recipes on after a change of jobs, in its transaction. */
  async changeIn(tx: Queries, jobIds: readonly number[]): Promise<void> {
    await advance(tx, this.context, jobIds);
  }

  /** How the nodes of a recipe stand, without runs. */
  async nodes(recipeId: number): Promise<Record<string, NodeLook>> {
    const rows = await this.db.query<NodeLook & { name: string }>(
      `select n.name, n.state, j.status, n.state = 'WAITING' and n.blockers > 0 as blocked
       from recipe_node n left join job j on j.id = n.job_id where n.recipe_id = $1 and n.item = -1 order by n.id`,
      [recipeId],
    );
    return Object.fromEntries(rows.map(({ name, ...look }) => [name, look]));
  }

  /** The states only. */
  async states(recipeId: number): Promise<Record<string, string>> {
    const nodes = Object.entries(await this.nodes(recipeId));
    return Object.fromEntries(nodes.map(([name, { state, blocked }]) => [name, blocked ? 'BLOCKED' : state]));
  }

  async recipe(id: number) {
    const [row] = await this.db.query<{
      is_completed: boolean;
      nodes_left: number;
      nodes_stuck: number;
      output: RecipeData | null;
    }>('select is_completed, nodes_left, nodes_stuck, output from recipe where id = $1', [id]);
    return row!;
  }

  /** Counters that do not agree with what they count; none when all is well. */
  async disagreements(): Promise<object[]> {
    return this.db.query(
      `select r.id, r.nodes_left, c.left, r.nodes_stuck, c.stuck from recipe r cross join lateral (
         select count(*) filter (where state not in ('COMPLETED', 'SKIPPED')) as "left",
           count(*) filter (where state = 'STUCK' or (state = 'WAITING' and blockers > 0)) as stuck
         from recipe_node n where n.recipe_id = r.id and n.item = -1) c
       where (r.nodes_left, r.nodes_stuck) <> (c.left, c.stuck) or r.is_completed <> (c.left = 0)`,
    );
  }
}

/** A node with these members. */
export function node(
  node_type: DefinedNode['node_type'],
  input: DefinedNode['input'] = {},
  more: Partial<Omit<DefinedNode, 'dependencies'>> & { after?: Record<string, boolean> | string[] } = {},
): DefinedNode {
  const { after = [], ...others } = more;
  const dependencies = Array.isArray(after)
    ? after.map((name) => ({ name, acceptance: true }))
    : Object.entries(after).map(([name, acceptance]) => ({ name, acceptance }));
  return { node_type, input, dependencies, ...others };
}

export const from = (name: string, output: string) => ({ type: 'dependency', node: name, output }) as const;
export const given = (input: string) => ({ type: 'recipe', input }) as const;

/** A condition over one JSON value, or one file's name. */
export function condition(
  filter: Partial<ConditionNodeType['data_filter']['filters'][number]>,
  parameters: Partial<ConditionNodeType['interface']> = {},
): ConditionNodeType {
  const filters = [
    {
      name: 'N',
      type: 'integer',
      condition: '==',
      values: [1],
      fields: [],
      all_fields: true,
      all_files: false,
      ...filter,
    } as const,
  ];
  return {
    node_type: 'condition',
    interface: { files: [], json: [], ...parameters },
    data_filter: { filters, all: true },
  };
}
