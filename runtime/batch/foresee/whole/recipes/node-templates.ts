import { splitSecrets } from '../../../../jobs/index.ts';
import type { Queries } from '../../../../database/index.ts';
import {
  configurationOfJob,
  configurationOfPart,
  type StoredConfiguration,
} from '../../../../recipes/index.ts';
import { type JobKind, jobKind, type JobTemplate, jobTemplate } from '../../../../scheduler/index.ts';
import { isForced } from '../../../../recipe/index.ts';
import type { Configuration } from '../../../../../seed-schema/index.ts';
import type { ForeseeBatchContext } from '../../foreseen.ts';
import type { FlatPlan, FlatStep } from './flat-plan.ts';

/** Configurations of recipes that are remembered: most of a batch have the same one. */
const mostConfigurations = 100;

/** The templates of jobs of a recipe, by the position of their nodes. */
export type NodeTemplates = readonly (JobTemplate | undefined)[];

/** Works out what the jobs of recipes have in common, once for each configuration that recipes have. */
export async function nodeTemplates(
  tx: Queries,
  context: ForeseeBatchContext['foresee'] & { readonly installation: string },
  plan: FlatPlan,
): Promise<(configuration: StoredConfiguration) => Promise<NodeTemplates>> {
  const jobs = plan.levels.flat().filter(({ kind }) => kind === 'job');
  const kinds = new Map<number, JobKind>();
  const revisionOf = ({ recipe, graph }: FlatStep) =>
    plan.recipes[recipe]!.plan.jobs.get(graph.name)!.revisionId;
  for (const id of new Set(jobs.map(revisionOf))) kinds.set(id, await jobKind(tx, context.secretKey, id));
  const work = async (configuration: StoredConfiguration): Promise<NodeTemplates> => {
    const templates: JobTemplate[] = [];
    for (const step of jobs) {
      const { path } = plan.recipes[step.recipe]!;
      const ofRecipe = path.reduce(configurationOfPart, configuration);
      const { name, node } = step.graph;
      const kind = kinds.get(revisionOf(step))!;
      const given = configurationOfJob(ofRecipe, name, node, true);
      const { configuration: own, secrets } = splitSecrets(given, kind.manifest);
      templates[step.node] = await jobTemplate(context, kind, {
        ...{ configuration: own as Configuration, secrets, isOfRecipe: true },
        isForced: ofRecipe.forced_nodes !== undefined && isForced(ofRecipe.forced_nodes, name),
      });
    }
    return templates;
  };
  const known = new Map<string, Promise<NodeTemplates>>();
  return (configuration) => {
    const key = JSON.stringify(configuration);
    let found = known.get(key);
    if (!found) {
      if (known.size >= mostConfigurations) known.clear();
      known.set(key, (found = work(configuration)));
    }
    return found;
  };
}
