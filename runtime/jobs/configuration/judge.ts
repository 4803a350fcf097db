import {
  type Configuration,
  type Finding,
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
import { soundPart } from './sound-part.ts';

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
 * Judges the configuration of a job type, or of one job. Everything is found at once: where the shape of some members is
 * wrong, the others are judged all the same. Looks at the paths of host mounts and workspaces, and at nothing else outside
 * its arguments.
 */
export async function judgeConfiguration(
  document: unknown,
  manifest: Manifest,
  surroundings: Surroundings,
): Promise<ConfigurationJudgement> {
  const shape: ConfigurationReport = new Report();
  const configuration = judgeShape(document, shape);
  if (!configuration) return shape.document;
  const report: ConfigurationReport = new Report();
  judgeSettings(configuration, manifest, surroundings, report);
  await judgeMounts(configuration, manifest, surroundings, report);
  await judgeOutputs(configuration, manifest, surroundings, report);
  judgeResources(configuration, manifest, report);
  judgeRetry(configuration, manifest, report);
  const { errors, warnings } = withoutGaps(report.document, shape.errors);
  const found = [...shape.errors, ...errors];
  const all = { is_valid: found.length === 0, errors: found, warnings };
  return all.is_valid ? { ...all, configuration } : all;
}

/** @returns what is of the right shape; undefined: nothing that can be judged */
function judgeShape(document: unknown, report: ConfigurationReport): Configuration | undefined {
  const problems = jobTypeConfigurationValidator.problems(document);
  for (const { path, description } of problems)
    report.error(path === 'priority' ? 'INVALID_PRIORITY' : 'INVALID_CONFIGURATION', path, description);
  const sound =
    problems.length === 0
      ? (document as Configuration)
      : soundPart(document, problems, jobTypeConfigurationValidator);
  // Of the right shape, so it nests no deeper than that.
  const unstorable = sound && findUnstorable(sound);
  if (!unstorable) return sound;
  report.error('INVALID_CONFIGURATION', unstorable.path, `${unstorable.path} ${unstorable.problem}`);
  return undefined;
}

/** Nothing is said to be missing of a member of which a part has the wrong shape: that may be what was meant. */
function withoutGaps({ errors, warnings }: ValidationDocument, wrong: readonly Finding[]) {
  const members = new Set(wrong.map(({ path }) => memberOf(path)));
  const stays = ({ name, path }: Finding) => !(name.startsWith('MISSING_') && members.has(memberOf(path)));
  return { errors: errors.filter(stays), warnings: warnings.filter(stays) };
}

/** `settings.A` → `settings`. */
function memberOf(path: string): string {
  return /^[^.[]*/.exec(path)![0];
}
