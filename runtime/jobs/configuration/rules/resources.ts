import { below, type Configuration, nearest } from '../../../../seed-schema/index.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import { environmentName, resourceName, standardResources } from '../../../manifest/names.ts';
import type { ConfigurationReport } from '../findings.ts';

/** Amounts in place of the manifest's: of what every node has, or of what the manifest declares. */
export function judgeResources(
  { resources = {} }: Configuration,
  manifest: Manifest,
  report: ConfigurationReport,
): void {
  const declared = manifest.job.resources.scalar.map(({ name }) => name);
  const known = new Set(declared.map(environmentName));
  for (const [name, amount] of Object.entries(resources)) {
    const path = below('resources', name);
    const standard = standardResources.find((one) => one === resourceName(name));
    if (standard === 'gpus' && !Number.isInteger(amount))
      report.error('INVALID_CONFIGURATION', path, `${path} is ${amount}, and GPUs are given whole`);
    if (standard) continue;
    if (known.has(environmentName(name)))
      report.warn(
        'NONSTANDARD_RESOURCE',
        path,
        `${path} is none of the standard resources, so jobs wait for a node that has it`,
      );
    else {
      const meant = nearest(name, [...standardResources, ...declared]);
      const advice = meant ? `did you mean ${meant}?` : 'declare it in job.resources.scalar of the manifest';
      report.error('INVALID_CONFIGURATION', path, `${path} is no resource of the manifest; ${advice}`);
    }
  }
}
