import { below, found, type JsonPath } from '../../../seed-schema/index.ts';
import { text, type Draft, type Part } from '../draft.ts';
import type { ManifestErrorName, Report } from '../findings.ts';
import { environmentName, platformVariables, reservedPrefixes } from '../names.ts';

/** `/scale/input_data/<name>` is a directory, and `<name>.metadata.json` a file: 255 bytes at most. */
const longestInputName = 255 - '.metadata.json'.length;

/** Variables that change how programs and their loader behave. */
const dangerousVariables = new Set(['PATH', 'LD_LIBRARY_PATH', 'LD_PRELOAD', 'IFS', 'BASH_ENV', 'ENV']);

/** Names that must be unique, and environment variables that must not collide once normalised (the standard, "Environment"). */
export function judgeNames(draft: Draft, report: Report): void {
  judgeVariables([...draft.inputFiles, ...draft.inputJson, ...draft.settings], report);
  judgeAllocations(draft.resources, report);
  unique([...draft.outputFiles, ...draft.outputJson], 'DUPLICATE_OUTPUT_NAMES', 'an output', report);
  unique(draft.mounts, 'DUPLICATE_MOUNT_NAMES', 'a mount', report);
  unique(draft.errors, 'DUPLICATE_ERROR_NAMES', 'an error', report);
  for (const input of draft.inputFiles) {
    const name = text(input, 'name');
    if (name === undefined || name.length <= longestInputName) continue;
    const path = below(input.path, 'name');
    report.error(
      'NAME_TOO_LONG',
      path,
      `${path} has ${name.length} characters; a file input's name has at most ${longestInputName}`,
    );
  }
}

function judgeVariables(parts: readonly Part[], report: Report): void {
  const owners = new Map<string, JsonPath>();
  for (const part of parts) {
    const name = text(part, 'name');
    if (name === undefined) continue;
    const variable = environmentName(name);
    const path = below(part.path, 'name');
    const owner = owners.get(variable);
    if (owner !== undefined)
      report.error(
        'NAME_COLLISION_ERROR',
        path,
        `${path} (${found(name)}) has the same environment variable as ${owner}, ${variable}; rename one`,
      );
    else owners.set(variable, path);
    judgeVariable(variable, path, report);
  }
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

/** Two resources with one `ALLOCATED_` variable: which amount would it hold? */
function judgeAllocations(resources: readonly Part[], report: Report): void {
  const owners = new Map<string, JsonPath>();
  for (const resource of resources) {
    const name = text(resource, 'name');
    if (name === undefined) continue;
    const variable = `ALLOCATED_${environmentName(name)}`;
    const path = below(resource.path, 'name');
    const owner = owners.get(variable);
    if (owner !== undefined)
      report.error(
        'NAME_COLLISION_ERROR',
        path,
        `${path} (${found(name)}) has the same environment variable as ${owner}, ${variable}; keep one`,
      );
    else owners.set(variable, path);
  }
}

function unique(parts: readonly Part[], error: ManifestErrorName, what: string, report: Report): void {
  const owners = new Map<string, JsonPath>();
  for (const part of parts) {
    const name = text(part, 'name');
    if (name === undefined) continue;
    const path = below(part.path, 'name');
    const owner = owners.get(name);
    if (owner === undefined) owners.set(name, path);
    else
      report.error(
        error,
        path,
        `${path} is ${found(name)}, the name of ${what} already (${owner}); rename one`,
      );
  }
}
