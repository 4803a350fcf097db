import { below, type Configuration, nearest } from '../../../../seed-schema/index.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import { effectiveConfiguration } from '../effective.ts';
import type { ConfigurationReport } from '../findings.ts';
import type { Surroundings } from '../judge.ts';
import { matchNames } from '../own-names.ts';
import { notDeclared } from './settings.ts';

/** Workspaces of the outputs: whether there are such, and whether every file output has one. */
export function judgeOutputs(
  configuration: Configuration,
  manifest: Manifest,
  { workspaces, defaultWorkspace, inherited = {} }: Surroundings,
  report: ConfigurationReport,
): void {
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
  for (const [path, name] of named) judgeWorkspace(path, name, workspaces, report);

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

function judgeWorkspace(
  path: string,
  name: string,
  workspaces: Surroundings['workspaces'],
  report: ConfigurationReport,
): void {
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
  } else if (!workspace.is_active)
    report.warn(
      'DEPRECATED_WORKSPACE',
      path,
      `${path} is ${name}, a workspace that is no longer active; choose another`,
    );
}
