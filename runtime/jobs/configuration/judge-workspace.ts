import { stat } from 'node:fs/promises';
import {
  below,
  Report,
  type ValidationDocument,
  type WorkspaceConfiguration,
  workspaceConfigurationValidator,
} from '../../../seed-schema/index.ts';
import { type HostPaths, judgeHostPath } from './host-path.ts';

/** What makes the configuration of a workspace invalid. */
export const workspaceErrors = {
  INVALID_CONFIGURATION: 'It breaks the shape: a member is missing, misspelt or of the wrong type.',
  UNSUPPORTED_BROKER: 'The broker is none of this version: files of `nfs` and `s3` cannot be kept yet.',
  NAME_TAKEN: 'Another workspace has the name.',
  MANAGED_WORKSPACE: 'The workspace is kept by Seedbed itself: it stays where it is, and active.',
  HOST_ABSOLUTE_PATH: '`host_path` is not absolute.',
  MOUNT_NOT_ALLOWED: '`host_path` lies below none of the directories in `SEED_HOST_ROOTS`.',
  MOUNT_FORBIDDEN:
    '`host_path` is what no job may ever see, as for mounts: `/`, `SEED_HOME`, the socket of a container engine, what is above or in one of them, or no directory.',
  MOUNT_NOT_FOUND: '`host_path` does not exist, or cannot be looked at.',
} as const;

/** What is allowed and unwise. */
export const workspaceWarnings = {
  MOVED_WORKSPACE: '`host_path` changes: files that were catalogued are looked for in the new directory.',
  SHARED_DIRECTORY: 'Another workspace has the same directory.',
} as const;

export type WorkspaceReport = Report<keyof typeof workspaceErrors, keyof typeof workspaceWarnings>;

/** An empty one. */
export const workspaceReport = (): WorkspaceReport => new Report();

/** Brokers that Scale has too. */
const otherBrokers = ['nfs', 's3'];

/**
 * Judges where a workspace is to keep its files; everything is found at once.
 * @param others directories of other workspaces, by their names
 */
export async function judgeWorkspace(
  document: unknown,
  paths: HostPaths,
  others: ReadonlyMap<string, string | null>,
  report = workspaceReport(),
): Promise<ValidationDocument & { readonly configuration?: WorkspaceConfiguration }> {
  const where = 'configuration';
  const type = (document as { broker?: { type?: unknown } } | null)?.broker?.type;
  if (otherBrokers.includes(type as string)) {
    const path = below(below(where, 'broker'), 'type');
    const description = `${path} is ${String(type)}, and this version of Seedbed keeps files in host directories only`;
    report.error('UNSUPPORTED_BROKER', path, description);
    return report.document;
  }
  const problems = workspaceConfigurationValidator.problems(document);
  for (const { path, description } of problems)
    report.error('INVALID_CONFIGURATION', path && `${where}.${path}`, `${where}: ${description}`);
  if (problems.length > 0) return report.document;
  const configuration = document as WorkspaceConfiguration;
  const path = `${where}.broker.host_path`;
  const given = configuration.broker.host_path;
  const judged = await judgeHostPath(given, paths);
  if ('problem' in judged) {
    report.error(judged.name, path, `${path} is ${JSON.stringify(given)}, which ${judged.problem}`);
    return report.document;
  }
  if (!(await stat(judged.real)).isDirectory()) {
    report.error('MOUNT_FORBIDDEN', path, `${path} is ${JSON.stringify(given)}, which is no directory`);
    return report.document;
  }
  for (const [name, directory] of others)
    if (directory === judged.real)
      report.warn('SHARED_DIRECTORY', path, `${path} is the directory of the workspace ${name}, too`);
  const broker = { type: 'host', host_path: judged.real } as const;
  return { ...report.document, configuration: { version: configuration.version ?? '7', broker } };
}
