import { below, found, listed, nearest } from '../../../seed-schema/index.ts';
import { amount, text, type Draft, type Part } from '../draft.ts';
import type { Report } from '../findings.ts';
import { basicResources, resourceName, standardResources } from '../names.ts';

/** Resources (the standard, "Resources"): amounts that make sense, and names that an executor knows. */
export function judgeResources({ job, resources }: Draft, report: Report): void {
  const declared = new Set<string>();
  for (const resource of resources) {
    const name = text(resource, 'name');
    if (name !== undefined) {
      declared.add(resourceName(name));
      judgeName(resource, name, report);
    }
    judgeAmounts(resource, resourceName(name ?? ''), report);
  }
  const missing = basicResources.filter((name) => !declared.has(name));
  if (missing.length === 0) return;
  const path = below(below(job.path, 'resources'), 'scalar');
  report.warn(
    'MISSING_RESOURCE',
    path,
    `${path} does not declare ${listed(missing, 'and')}, so the platform's defaults are used`,
  );
}

function judgeName(resource: Part, name: string, report: Report): void {
  const standard = resourceName(name);
  if (standard === name && standardResources.some((known) => known === name)) return;
  const path = below(resource.path, 'name');
  const meant = nearest(name, standardResources);
  const outcome = `it must be granted, or the job is rejected${meant ? `; did you mean ${meant}?` : ''}`;
  const advice = standard === name ? outcome : `it is taken as ${standard}`;
  report.warn(
    'NONSTANDARD_RESOURCE',
    path,
    `${path} is ${found(name)}, none of ${listed(standardResources)}; ${advice}`,
  );
}

function judgeAmounts(resource: Part, name: string, report: Report): void {
  const value = amount(resource, 'value');
  for (const key of ['value', 'inputMultiplier']) {
    const number = amount(resource, key);
    const path = below(resource.path, key);
    if (number !== undefined && number < 0)
      report.error('INVALID_RESOURCE', path, `${path} is ${number}; it must not be negative`);
  }
  const path = below(resource.path, 'value');
  if (name === 'gpus' && value !== undefined && !Number.isInteger(value))
    report.error('WHOLE_GPUS', path, `${path} is ${value}; gpus must be a whole number`);
  if ((name === 'cpus' || name === 'mem') && value === 0 && !amount(resource, 'inputMultiplier'))
    report.warn(
      'ZERO_RESOURCE',
      path,
      `${path} is 0, and a job cannot run without ${name}; declare what it needs`,
    );
}
