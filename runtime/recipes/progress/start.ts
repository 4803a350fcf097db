import type { DefinedNode, RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { fillJobs, submitMany } from '../../jobs/index.ts';
import { loadSecretKey, setSecrets } from '../../secrets/index.ts';
import type { RecipeContext } from '../context.ts';
import { configurationOfPart } from '../forced-nodes.ts';
import type { Plan } from '../plan/plan.ts';
import { createRecipes, type MadeRecipe } from './create.ts';
import { type JobOfNode, jobsOfNodes } from './jobs-of-nodes.ts';
import type { RecipeRow } from './rows.ts';
import { succeedParts } from '../succession/succeed-parts.ts';

/** Something that a node, or one of its runs, begins. */
export interface Start {
  readonly recipe: RecipeRow;
  readonly plan: Plan;
  readonly name: string;
  readonly node: DefinedNode;
  readonly input: RecipeData;
  /** `recipe_node.id`. */
  readonly nodeId: number;
  /** The job that is there and waits for its input. */
  readonly jobId: number | null;
}

/** What became of it. */
export interface Started {
  readonly jobId: number | null;
  readonly subRecipeId: number | null;
  /** Why it could not begin; null: it did. */
  readonly problem: string | null;
}

/** Begins jobs and sub-recipes. @returns what became of each, in their order, and the recipes that were made for them */
export async function startAll(
  tx: Queries,
  context: RecipeContext,
  starts: readonly Start[],
): Promise<{ readonly started: Started[]; readonly made: MadeRecipe[] }> {
  const started: Started[] = [];
  const [jobs, recipes] = [indexesOf(starts, 'job'), indexesOf(starts, 'recipe')];
  const jobStarts = jobs.map((at) => starts[at]!);
  (await startJobs(tx, context, jobStarts)).forEach((one, nth) => (started[jobs[nth]!] = one));
  const made = await createRecipes(
    tx,
    recipes.map((at) => {
      const { recipe, plan, name, input, nodeId } = starts[at]!;
      const { queue, actor, traceContext, batchId, rootId, id } = recipe;
      const configuration = configurationOfPart(recipe.configuration, name);
      const parent = { id, rootId, nodeId };
      return {
        plan: plan.recipes.get(name)!,
        ...{ input, parent, configuration, queue, actor, traceContext, batchId },
      };
    }),
  );
  made.forEach(
    ({ row }, nth) => (started[recipes[nth]!] = { jobId: null, subRecipeId: row.id, problem: null }),
  );
  const succeeding = made.filter((_, nth) => starts[recipes[nth]!]!.recipe.supersedes !== null);
  const replaced = await succeedParts(
    tx,
    succeeding.map(({ row }) => row.id),
  );
  const rows = made.map((one) => ({
    ...one,
    row: { ...one.row, supersedes: replaced.get(one.row.id) ?? null },
  }));
  return { started, made: rows };
}

function indexesOf(starts: readonly Start[], kind: 'job' | 'recipe'): number[] {
  return starts.flatMap(({ node }, at) => (node.node_type.node_type === kind ? [at] : []));
}

async function startJobs(tx: Queries, context: RecipeContext, starts: readonly Start[]): Promise<Started[]> {
  if (starts.length === 0) return [];
  const works = starts.map((start) => ({ ...start, job: start.plan.jobs.get(start.name)! }));
  const jobs = await jobsOfNodes(tx, context, works);
  const [fresh, waiting] = [
    starts.flatMap(({ jobId }, at) => ('job' in jobs[at]! && jobId === null ? [at] : [])),
    starts.flatMap(({ jobId }, at) => ('job' in jobs[at]! && jobId !== null ? [at] : [])),
  ];
  const ids = starts.map(({ jobId }) => jobId);
  const made = await submitMany(
    tx,
    fresh.map((at) => jobOf(jobs[at]!)),
  );
  fresh.forEach((at, nth) => (ids[at] = made[nth]!));
  await fillJobs(
    tx,
    waiting.map((at) => {
      const { files, json, configuration, priority, maxTries, resources, status } = jobOf(jobs[at]!);
      return {
        id: ids[at]!,
        ...{ files, json, configuration, maxTries },
        priority: priority!,
        resources: resources!,
        status: status!,
      };
    }),
    starts[0]!.recipe.actor,
  );
  await keepSecrets(tx, context, jobs, ids);
  return jobs.map((job, at) => ({
    jobId: ids[at]!,
    subRecipeId: null,
    problem: 'problem' in job ? job.problem : null,
  }));
}

function jobOf(made: JobOfNode) {
  if ('problem' in made) throw new TypeError(made.problem);
  return made.job;
}

/** Values of secret settings that a recipe or a node gives are stored with the job, encrypted. */
async function keepSecrets(
  tx: Queries,
  { config }: RecipeContext,
  jobs: readonly JobOfNode[],
  ids: readonly (number | null)[],
): Promise<void> {
  for (const [at, made] of jobs.entries()) {
    if ('problem' in made || made.secrets.size === 0) continue;
    await setSecrets(tx, await loadSecretKey(config), { kind: 'job', id: ids[at]! }, made.secrets);
  }
}
