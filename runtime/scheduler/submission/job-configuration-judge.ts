import type { Configuration } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { judgeConfiguration, type JobTypeDetails } from '../../jobs/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import { secretNames } from '../../secrets/index.ts';
import { type ConfigurationFindings, secretsIn } from './accept-recipe.ts';
import { type SubmissionContext, surroundingsOf } from './surroundings.ts';

/**
 * How configurations of jobs of one type are judged that are kept before there is a job, and so may hold no secret; read
 * once, it judges any number.
 */
export async function jobConfigurationJudge(
  db: Queries,
  context: SubmissionContext,
  type: JobTypeDetails,
  manifest: Manifest,
): Promise<(configuration: unknown) => Promise<ConfigurationFindings>> {
  const surroundings = {
    ...(await surroundingsOf(db, context)),
    inherited: type.configuration as Configuration,
    secretNames: await secretNames(db, { kind: 'job_type', id: type.id }),
  };
  return async (configuration) => {
    const { errors, warnings } = await judgeConfiguration(configuration, manifest, surroundings);
    return errors.length > 0
      ? { errors, warnings }
      : { errors: secretsIn(configuration as Configuration, manifest), warnings };
  };
}
