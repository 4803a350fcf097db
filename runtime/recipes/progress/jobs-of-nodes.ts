import type { Configuration, DefinedNode, RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { allocate } from '../../execution/index.ts';
import {
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
import type { JobPlan } from '../plan/plan.ts';
import type { RecipeRow } from './rows.ts';

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
  const made: JobOfNode[] = [];
  for (const { recipe, name, node, job, input } of works) {
    const { manifest } = job;
    const given = mergeConfigurations(recipe.configuration as Configuration, node);
    const { configuration: own, secrets } = splitSecrets(given, manifest);
    const { configuration: inherited, missing } = await types.judge(job, own, [...secrets.keys()]);
    const effective = effectiveConfiguration(manifest, inherited, own);
    const bytes = Object.values(input.files)
      .flat()
      .reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
    const { allocated, problems } = allocate({
      scalar: manifest.job.resources.scalar,
      inputBytes: bytes,
      overrides: effective.resources,
      defaults: config.defaults,
      minimums: config.minimums,
      available: { cpus: Infinity, mem: Infinity, gpus: true },
    });
    const invalid = problems.find(({ error }) => error !== 'resource-unavailable');
    if (invalid) {
      made.push({ problem: invalid.message });
      continue;
    }
    made.push({
      secrets,
      job: {
        type: job,
        timeout: timeoutOf(manifest, node),
        files: input.files,
        json: input.json,
        configuration: own as Record<string, unknown>,
        maxTries: effective.maxTries,
        actor: recipe.actor,
        priority: effective.priority,
        resources: allocated as Resources & typeof allocated,
        queue: recipe.queue,
        status: missing ? 'PENDING' : 'QUEUED',
        ...(recipe.traceContext !== null && { traceContext: recipe.traceContext }),
        recipe: { id: recipe.id, rootId: recipe.rootId, node: name, batchId: recipe.batchId ?? undefined },
      },
    });
  }
  return made;
}

/** What is over the job type's. */
export function mergeConfigurations(
  recipe: Configuration,
  { configuration: node = {} }: DefinedNode,
): Configuration {
  const priority = node.priority ?? recipe.priority;
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
