import { below, type NodeConfiguration } from '../../../seed-schema/index.ts';
import { resourcesSchema } from '../../../seed-schema/configuration/parts.ts';
import { alike } from '../../../seed-schema/nearest.ts';
import type { KnownJobType } from '../interface.ts';
import { listedNames, meant } from './advice.ts';
import type { DefinitionReport } from './findings.ts';

const standardResources = Object.keys(resourcesSchema.properties);

/** Whether what a node has otherwise than its job type is anything that the manifest knows. */
export function judgeConfiguration(
  node: string,
  { timeout, settings = {}, resources = {} }: NodeConfiguration,
  type: KnownJobType,
  path: string,
  report: DefinitionReport,
): void {
  if (timeout !== undefined && type.timeout !== undefined && type.timeout > 0 && timeout > type.timeout)
    report.warn(
      'HIGHER_TIMEOUT',
      below(path, 'timeout'),
      `Node ${node} has a timeout of ${timeout} s, and the manifest's ${type.timeout} s hold; a node can only lower it`,
    );
  if (type.settings)
    judgeSettings(node, Object.keys(settings), type.settings, below(path, 'settings'), report);
  if (type.resources)
    judgeResources(node, Object.keys(resources), type.resources, below(path, 'resources'), report);
}

function judgeSettings(
  node: string,
  given: readonly string[],
  declared: NonNullable<KnownJobType['settings']>,
  path: string,
  report: DefinitionReport,
): void {
  const names = declared.map(({ name }) => name);
  for (const name of given) {
    const own = alike(name, names);
    const where = below(path, name);
    if (own === undefined)
      report.warn(
        'UNKNOWN_SETTING',
        where,
        `The setting ${name} of node ${node} is ignored: its job type has ${listedNames(names)}`,
      );
    else if (declared.some((setting) => setting.name === own && setting.secret))
      report.error(
        'INVALID_CONFIGURATION',
        where,
        `The setting ${name} of node ${node} is secret, and definitions are shown; give it to the job type`,
      );
  }
}

function judgeResources(
  node: string,
  given: readonly string[],
  declared: readonly string[],
  path: string,
  report: DefinitionReport,
): void {
  const known = [...standardResources, ...declared];
  for (const name of given) {
    if (alike(name, known) !== undefined) continue;
    const hint = meant(name, known, report);
    const advice = hint === undefined ? `it may name ${listedNames(known)}` : `did you mean ${hint}?`;
    report.error(
      'INVALID_CONFIGURATION',
      below(path, name),
      `The resource ${name} of node ${node} is none that its job type declares; ${advice}`,
    );
  }
}
