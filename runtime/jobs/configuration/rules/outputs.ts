import { below, type Configuration, nearest, notDeclared } from '../../../../seed-schema/index.ts';
import type { WorkspaceState } from '../../../catalog/index.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import { effectiveConfiguration } from '../effective.ts';
import type { ConfigurationReport } from '../findings.ts';
import type { Surroundings } from '../judge.ts';
import { type HostPaths, judgeHostPath } from '../host-path.ts';
import { matchNames } from '../own-names.ts';

/** Workspaces of the outputs: whether jobs may write to them, and whether every file output has one. */
export async function judgeOutputs(
  configuration: Configuration,
  manifest: Manifest,
  surroundings: Surroundings,
  report: ConfigurationReport,
): Promise<void> {
  const { defaultWorkspace, inherited = {} } = surroundings;
  const declared = manifest.job.interface.outputs.files;
  const where = 'output_workspaces';
  const given = configuration.output_workspaces ?? {};
  const { matched, unknown, repeated } = matchNames(declared, given.outputs);
  const inOutputs = (key: string) => below(below(where, 'outputs'), key);
  for (const key of unknown) {
    const path = inOutputs(key);
    report.warn('UNKNOWN_OUTPUT', path, `${path} is ignored: ${notDeclared('file output', key, declared)}`);
  }
  for (const { key, name } of repeated) {
    const path = inOutputs(key);
    report.error('DUPLICATE_WORKSPACE', path, `${path} is the output ${name} once more; keep one of them`);
  }
  const named: [string, string][] = matched.map(({ key, value }) => [inOutputs(key), value]);
  if (given.default) named.unshift([below(where, 'default'), given.default]);
  for (const [path, name] of named) await judgeWorkspace(path, name, surroundings, report);

  const effective = effectiveConfiguration(manifest, inherited, configuration);
  if (effective.defaultWorkspace !== undefined || defaultWorkspace !== undefined) return;
  const without = declared.filter(({ name }) => !effective.workspaces.get(name)).map(({ name }) => name);
  if (without.length > 0)
    report.error(
      'MISSING_WORKSPACE',
      where,
      `The files of ${without.join(', ')} have no workspace; give ${where}.default, or ${where}.outputs.${without[0]}`,
    );
}

async function judgeWorkspace(
  path: string,
  name: string,
  surroundings: Surroundings,
  report: ConfigurationReport,
): Promise<void> {
  const { workspaces, defaultWorkspace } = surroundings;
  const workspace = workspaces.get(name);
  if (!workspace) {
    const names = [...workspaces.keys()];
    const meant = nearest(name, names);
    const advice = meant === undefined ? `there are ${names.join(', ') || 'none'}` : `did you mean ${meant}?`;
    report.error(
      'INVALID_WORKSPACE',
      path,
      `${path} is ${JSON.stringify(name)}, which is no workspace; ${advice}`,
    );
    return;
  }
  const problem = name === defaultWorkspace ? undefined : await whyNotWritten(workspace, surroundings);
  if (problem !== undefined)
    report.error('WORKSPACE_NOT_ALLOWED', path, `${path} is ${name}, a workspace ${problem}`);
  else if (!workspace.is_active)
    report.warn(
      'DEPRECATED_WORKSPACE',
      path,
      `${path} is ${name}, a workspace that is no longer active: jobs that end there fail; choose another`,
    );
}

/** Workspaces that take files without being a path of this machine that a user has named. */
const otherKinds = ['nfs', 's3'];

/** Directories are held to the same roots as mounts: what jobs leave is a way to the host's files, too. */
async function whyNotWritten(
  { kind, host_path: hostPath }: WorkspaceState,
  paths: HostPaths,
): Promise<string | undefined> {
  if (otherKinds.includes(kind)) return undefined;
  if (hostPath === null) return 'without a directory on this machine; choose another';
  const judged = await judgeHostPath(hostPath, paths);
  return 'problem' in judged ? `whose directory ${hostPath} ${judged.problem}` : undefined;
}
