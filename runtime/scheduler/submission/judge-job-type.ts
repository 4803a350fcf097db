import type { Configuration, Finding } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { judgeConfiguration } from '../../jobs/index.ts';
import { judgeManifestText, type Manifest } from '../../manifest/index.ts';
import { type SubmissionContext, surroundingsOf } from './surroundings.ts';

/** What is wrong with a job type; where nothing is, what it is made of. */
export interface JobTypeJudgement {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly manifest?: Manifest;
  readonly configuration?: Configuration;
}

/**
 * Judges a manifest and a configuration together.
 * @param document the manifest as its author wrote it
 * @param secretNames secret settings that have a stored value
 */
export async function judgeJobType(
  db: Queries,
  context: SubmissionContext,
  document: unknown,
  configuration: unknown,
  secretNames: readonly string[] = [],
): Promise<JobTypeJudgement> {
  const judged = judgeManifestText(JSON.stringify(document));
  if (!judged.manifest) return judged;
  const surroundings = { ...(await surroundingsOf(db, context)), secretNames };
  const configured = await judgeConfiguration(configuration, judged.manifest, surroundings);
  return {
    errors: configured.errors,
    warnings: [...judged.warnings, ...configured.warnings],
    manifest: judged.manifest,
    ...(configured.configuration && { configuration: configured.configuration }),
  };
}
