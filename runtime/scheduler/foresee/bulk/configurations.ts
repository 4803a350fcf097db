import type { Configuration } from '../../../../seed-schema/index.ts';
import type { Queries } from '../../../database/index.ts';
import { judgeConfiguration, splitSecrets } from '../../../jobs/index.ts';
import { type SubmissionContext, surroundingsOf } from '../../submission/surroundings.ts';
import type { ForeseeContext } from '../foresee.ts';
import type { JobKind } from './job-kind.ts';
import { type JobTemplate, jobTemplate } from './job-template.ts';

/** Configurations that are remembered: most jobs of a batch have the same one. */
export const mostConfigurations = 1000;

/** The template of a configuration, or names of the errors for which it is refused. */
export type JudgedTemplate = { readonly template: JobTemplate } | { readonly errors: readonly string[] };

/** Judges configurations of single jobs as `acceptJobs` does. */
export async function jobTemplates(
  tx: Queries,
  submission: SubmissionContext,
  context: ForeseeContext & { readonly installation: string },
  kind: JobKind,
): Promise<(configuration: unknown) => Promise<JudgedTemplate>> {
  const surroundings = {
    ...(await surroundingsOf(tx, submission)),
    inherited: kind.configuration,
    secretNames: [...kind.secrets.keys()],
  };
  const judge = async (configuration: unknown): Promise<JudgedTemplate> => {
    const judged = await judgeConfiguration(configuration, kind.manifest, surroundings);
    if (!judged.configuration) return { errors: judged.errors.map(({ name }) => name) };
    const { configuration: own, secrets } = splitSecrets(judged.configuration, kind.manifest);
    return {
      template: await jobTemplate(context, kind, {
        ...{ configuration: own as Configuration, secrets, isOfRecipe: false },
      }),
    };
  };
  const known = new Map<string, Promise<JudgedTemplate>>();
  return (configuration) => {
    const key = JSON.stringify(configuration);
    let found = known.get(key);
    if (!found) {
      if (known.size >= mostConfigurations) known.clear();
      known.set(key, (found = judge(configuration)));
    }
    return found;
  };
}
