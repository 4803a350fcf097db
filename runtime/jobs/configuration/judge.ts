import {
  type Configuration,
  findUnstorable,
  jobTypeConfigurationValidator,
  Report,
  type ValidationDocument,
} from '../../../seed-schema/index.ts';
import type { WorkspaceState } from '../../catalog/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { ConfigurationReport } from './findings.ts';
import type { HostPaths } from './host-path.ts';
import { judgeMounts } from './rules/mounts.ts';
import { judgeOutputs } from './rules/outputs.ts';
import { judgeResources } from './rules/resources.ts';
import { judgeRetry } from './rules/retry.ts';
import { judgeSettings } from './rules/settings.ts';

/** What a configuration is judged against, besides the manifest. */
export interface Surroundings extends HostPaths {
  /** Every workspace by name. */
  readonly workspaces: ReadonlyMap<string, WorkspaceState>;
  /**
   * The workspace of outputs that are given none, which may lie outside the roots; undefined: each must be given one, as on
   * Scale.
   */
  readonly defaultWorkspace?: string;
  /** For the configuration of one job: that of its type, which gives what the job leaves out. */
  readonly inherited?: Configuration;
  /** Secret settings that have a stored value. */
  readonly secretNames?: readonly string[];
}

/** What is wrong with a configuration; where nothing is, the configuration. */
export interface ConfigurationJudgement extends ValidationDocument {
  readonly configuration?: Configuration;
}

/**
 * Judges the configuration of a job type, or of one job. Everything is found at once. Looks at the paths of host mounts
 * and workspaces, and at nothing else outside its arguments.
 */
export async function judgeConfiguration(
  document: unknown,
  manifest: Manifest,
  surroundings: Surroundings,
): Promise<ConfigurationJudgement> {
  const report: ConfigurationReport = new Report();
  judgeShape(document, report);
  if (report.errors.length > 0) return report.document;
  const configuration = document as Configuration;
  judgeSettings(configuration, manifest, surroundings, report);
  await judgeMounts(configuration, manifest, surroundings, report);
  await judgeOutputs(configuration, manifest, surroundings, report);
  judgeResources(configuration, manifest, report);
  judgeRetry(configuration, manifest, report);
  return report.errors.length > 0 ? report.document : { ...report.document, configuration };
}

function judgeShape(document: unknown, report: ConfigurationReport): void {
  for (const { path, description } of jobTypeConfigurationValidator.problems(document))
    report.error(path === 'priority' ? 'INVALID_PRIORITY' : 'INVALID_CONFIGURATION', path, description);
  // Of the right shape, so it nests no deeper than that.
  const unstorable = report.errors.length === 0 ? findUnstorable(document) : undefined;
  if (unstorable)
    report.error('INVALID_CONFIGURATION', unstorable.path, `${unstorable.path} ${unstorable.problem}`);
}
