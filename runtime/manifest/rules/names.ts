import { found, type JsonPath } from '../../../seed-schema/index.ts';
import { texts, type Draft, type Part } from '../draft.ts';
import type { ManifestErrorName, Report } from '../findings.ts';
import { environmentName, platformVariables, reservedPrefixes } from '../names.ts';
import { repeats } from './repeats.ts';

/** `/scale/input_data/<name>` is a directory, and `<name>.metadata.json` a file: 255 bytes at most. */
const longestInputName = 255 - '.metadata.json'.length;

/** Variables that change how programs and their loader behave. */
const dangerousVariables = new Set(['PATH', 'LD_LIBRARY_PATH', 'LD_PRELOAD', 'IFS', 'BASH_ENV', 'ENV']);

/** Names that must be unique, and environment variables that must not collide once normalised (the standard, "Environment"). */
export function judgeNames(draft: Draft, report: Report): void {
  const variables = texts([...draft.inputFiles, ...draft.inputJson, ...draft.settings], 'name');
  for (const { value, path, owner } of repeats(variables, environmentName))
    report.error(
      'NAME_COLLISION_ERROR',
      path,
      `${path} (${found(value)}) has the same environment variable as ${owner}, ${environmentName(value)}; rename one`,
    );
  for (const { value, path } of variables) judgeVariable(environmentName(value), path, report);
  const allocation = (resource: string): string => `ALLOCATED_${environmentName(resource)}`;
  for (const { value, path, owner } of repeats(texts(draft.resources, 'name'), allocation))
    report.error(
      'NAME_COLLISION_ERROR',
      path,
      `${path} (${found(value)}) has the same environment variable as ${owner}, ${allocation(value)}; keep one`,
    );
  unique([...draft.outputFiles, ...draft.outputJson], 'DUPLICATE_OUTPUT_NAMES', 'an output', report);
  unique(draft.mounts, 'DUPLICATE_MOUNT_NAMES', 'a mount', report);
  unique(draft.errors, 'DUPLICATE_ERROR_NAMES', 'an error', report);
  for (const { value, path } of texts(draft.inputFiles, 'name'))
    if (value.length > longestInputName)
      report.error(
        'NAME_TOO_LONG',
        path,
        `${path} has ${value.length} characters; a file input's name has at most ${longestInputName}`,
      );
}

function judgeVariable(variable: string, path: JsonPath, report: Report): void {
  const prefix = reservedPrefixes.find((start) => variable.startsWith(start));
  if (variable === 'OUTPUT_DIR' || prefix)
    report.error(
      'NAME_COLLISION_ERROR',
      path,
      `${path} has the environment variable ${variable}, and the standard reserves ${prefix ? `${prefix}*` : variable}; rename it`,
    );
  if (platformVariables.some((platform) => platform === variable))
    report.warn(
      'RESERVED_NAME',
      path,
      `${path} has the environment variable ${variable}, in which the job finds the platform's own value; rename it`,
    );
  if (/^[0-9]/.test(variable))
    report.warn(
      'UNUSABLE_VARIABLE',
      path,
      `${path} has the environment variable ${variable}, which no shell can expand: it begins with a digit`,
    );
  if (dangerousVariables.has(variable))
    report.warn(
      'UNUSABLE_VARIABLE',
      path,
      `${path} takes the place of the environment variable ${variable}, on which programs depend; rename it`,
    );
}

function unique(parts: readonly Part[], error: ManifestErrorName, what: string, report: Report): void {
  for (const { value, path, owner } of repeats(texts(parts, 'name')))
    report.error(
      error,
      path,
      `${path} is ${found(value)}, the name of ${what} already (${owner}); rename one`,
    );
}
