import type { Configuration, DefinedNode, RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { allocate } from '../../execution/index.ts';
import {
  type EffectiveConfiguration,
  effectiveConfiguration,
  lockConfiguration,
  missingValues,
  type NewJob,
  type Resources,
  splitSecrets,
} from '../../jobs/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import { secretNamesOf } from '../../secrets/index.ts';
import type { RecipeContext } from '../context.ts';
import { configurationOfNode, type StoredConfiguration } from '../forced-nodes.ts';
import type { JobPlan } from '../plan/plan.ts';
import { nodeKey, type RecipeRow } from './rows.ts';

/** A job that a node, or one of its runs, is to have. */
export interface JobWork {
  readonly recipe: RecipeRow;
  readonly name: string;
  readonly node: DefinedNode;
  readonly job: JobPlan;
  readonly input: RecipeData;
}

/** A job, or why there can be none. */
export type JobOfNode =
  { readonly job: NewJob; readonly secrets: ReadonlyMap<string, string> } | { readonly problem: string };

/** What the jobs of nodes are: their configuration is that of the node over that of the recipe over that of the job type. */
export async function jobsOfNodes(
  tx: Queries,
  { config }: RecipeContext,
  works: readonly JobWork[],
): Promise<JobOfNode[]> {
  const types = new Types(tx, await typeFacts(tx, works));
  const sizes = await sizesOf(tx, works);
  const configured = new Map<string, Configured>();
  const made: JobOfNode[] = [];
  for (const work of works) {
    const { recipe, name, node, job, input } = work;
    // The runs of a node differ in their input only: working out their configuration took half of what each cost.
    const key = nodeKey(recipe.id, name);
    let known = configured.get(key);
    if (!known) configured.set(key, (known = await configure(types, work)));
    const bytes = sizeOf(input, sizes);
    let resources = known.resources.get(bytes);
    if (!resources) known.resources.set(bytes, (resources = resourcesOf(job.manifest, bytes, known, config)));
    if (typeof resources === 'string') {
      made.push({ problem: resources });
      continue;
    }
    made.push({
      secrets: known.secrets,
      job: {
        type: job,
        timeout: timeoutOf(job.manifest, node),
        files: input.files,
        json: input.json,
        configuration: known.own as Record<string, unknown>,
        maxTries: known.effective.maxTries,
        actor: recipe.actor,
        priority: known.effective.priority,
        resources,
        queue: recipe.queue,
        status: known.missing ? 'PENDING' : 'QUEUED',
        ...(recipe.traceContext !== null && { traceContext: recipe.traceContext }),
        recipe: { id: recipe.id, rootId: recipe.rootId, node: name, batchId: recipe.batchId ?? undefined },
      },
    });
  }
  return made;
}

/** All that the jobs of a node have in common. */
interface Configured {
  readonly own: Configuration;
  readonly secrets: ReadonlyMap<string, string>;
  readonly effective: EffectiveConfiguration;
  readonly missing: boolean;
  /** By bytes of input; a text says why there can be none. */
  readonly resources: Map<number, Resources | string>;
}

async function configure(types: Types, { recipe, name, node, job }: JobWork): Promise<Configured> {
  const given = configurationOfJob(recipe.configuration, name, node, recipe.batchId !== null);
  const { configuration: own, secrets } = splitSecrets(given, job.manifest);
  const { configuration: inherited, missing } = await types.judge(job, own, [...secrets.keys()]);
  const effective = effectiveConfiguration(job.manifest, inherited, own);
  return { own, secrets, effective, missing, resources: new Map() };
}

function resourcesOf(
  { job }: Manifest,
  inputBytes: number,
  { effective }: Configured,
  config: RecipeContext['config'],
): Resources | string {
  const { allocated, problems } = allocate({
    scalar: job.resources.scalar,
    inputBytes,
    overrides: effective.resources,
    defaults: config.defaults,
    minimums: config.minimums,
    available: { cpus: Infinity, mem: Infinity, gpus: true },
  });
  const invalid = problems.find(({ error }) => error !== 'resource-unavailable');
  return invalid ? invalid.message : (allocated as Resources & typeof allocated);
}

function sizeOf({ files }: RecipeData, sizes: ReadonlyMap<number, number>): number {
  let bytes = 0;
  for (const ids of Object.values(files)) for (const id of ids) bytes += sizes.get(id) ?? 0;
  return bytes;
}

/** What is said for the job of a node by its recipe and by itself, over what the job type says. Pure. @param isOfBatch whether the recipe is of one */
export function configurationOfJob(
  recipe: StoredConfiguration,
  name: string,
  node: DefinedNode,
  isOfBatch: boolean,
): Configuration {
  return mergeConfigurations(configurationOfNode(recipe, name) as Configuration, node, isOfBatch);
}

/** What is over the job type's. @param isOfBatch then its priority is the batch's, which is over that of nodes */
function mergeConfigurations(
  recipe: Configuration,
  { configuration: node = {} }: DefinedNode,
  isOfBatch: boolean,
): Configuration {
  const priority = isOfBatch ? (recipe.priority ?? node.priority) : (node.priority ?? recipe.priority);
  const maxTries = node.max_tries ?? recipe.retry?.max_tries;
  return {
    ...recipe,
    ...(priority !== undefined && { priority }),
    settings: { ...recipe.settings, ...node.settings },
    resources: { ...recipe.resources, ...node.resources },
    retry: { ...recipe.retry, ...(maxTries !== undefined && { max_tries: maxTries }) },
  };
}

/** Seconds; a node may lower the manifest's only. */
export function timeoutOf({ job }: Manifest, { configuration }: DefinedNode): number {
  const own = configuration?.timeout ?? Infinity;
  const declared = job.timeout > 0 ? job.timeout : Infinity;
  return Math.min(own === Infinity ? job.timeout : Math.min(own, declared), Number.MAX_SAFE_INTEGER);
}

interface TypeFacts {
  readonly configuration: Configuration;
  readonly secretNames: readonly string[];
}

/** Job types as they are configured now. */
class Types {
  readonly #tx: Queries;
  readonly #facts: Map<number, TypeFacts>;
  readonly #locked = new Set<number>();

  constructor(tx: Queries, facts: Map<number, TypeFacts>) {
    this.#tx = tx;
    this.#facts = facts;
  }

  /** Where a value seems to be missing the type is locked and read again: who completes it now either is seen, or finds the job waiting. */
  async judge(
    { jobTypeId, manifest }: JobPlan,
    own: Configuration,
    ownSecrets: readonly string[],
  ): Promise<{ configuration: Configuration; missing: boolean }> {
    const lacks = ({ configuration, secretNames }: TypeFacts) =>
      missingValues(manifest, configuration, own, [...secretNames, ...ownSecrets]).length > 0;
    let facts = this.#facts.get(jobTypeId)!;
    if (lacks(facts) && !this.#locked.has(jobTypeId)) {
      this.#locked.add(jobTypeId);
      const configuration = (await lockConfiguration(this.#tx, jobTypeId)) as Configuration;
      const names = await secretNamesOf(this.#tx, 'job_type', [jobTypeId]);
      facts = { configuration, secretNames: names.get(jobTypeId) ?? [] };
      this.#facts.set(jobTypeId, facts);
    }
    return { configuration: facts.configuration, missing: lacks(facts) };
  }
}

async function typeFacts(tx: Queries, works: readonly JobWork[]): Promise<Map<number, TypeFacts>> {
  const ids = [...new Set(works.map(({ job }) => job.jobTypeId))];
  const rows = await tx.query<{ id: number; configuration: Configuration }>(
    'select id, configuration from job_type where id = any($1)',
    [ids],
  );
  const names = await secretNamesOf(tx, 'job_type', ids);
  return new Map(
    rows.map(({ id, configuration }) => [id, { configuration, secretNames: names.get(id) ?? [] }]),
  );
}

/** Bytes by `scale_file.id`. */
async function sizesOf(tx: Queries, works: readonly JobWork[]): Promise<Map<number, number>> {
  const ids = new Set(works.flatMap(({ input }) => Object.values(input.files).flat()));
  if (ids.size === 0) return new Map();
  const rows = await tx.query<{ id: number; size: number }>(
    'select id, file_size as size from scale_file where id = any($1)',
    [[...ids]],
  );
  return new Map(rows.map(({ id, size }) => [id, size]));
}
