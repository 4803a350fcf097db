import { isObject, isOfType } from '../../seed-schema/json/types.ts';
import { kindOf, wordsOfType } from '../../seed-schema/words.ts';
import { SeedbedError } from '../errors/index.ts';
import type { OutputJson } from '../manifest/manifest.ts';
import { JsonProblem, jsonbSafe } from '../catalog/sidecar/index.ts';
import { outputsManifest } from './paths.ts';
import type { Warning } from './result.ts';

/**
 * The JSON outputs of a job, by output (the standard, "JSON outputs"): members are found by `key`, case-sensitive, and
 * must be of their type; others are ignored.
 * @param document parsed seed.outputs.json; undefined: the job left none
 * @throws missing-required-output, invalid-results-manifest
 */
export function readJsonOutputs(
  outputs: readonly OutputJson[],
  document: unknown,
): { values: Record<string, unknown>; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const problems: string[] = [];
  const values: [string, unknown][] = [];
  if (document !== undefined && !isObject(document))
    throw new SeedbedError('invalid-results-manifest', {
      problem: `it is ${kindOf(document)}, not an object`,
    });
  const members = new Map(Object.entries(document ?? {}));
  for (const output of outputs) {
    const { name, key, type } = output;
    if (!members.has(key)) {
      const warning = judgeMissing(output, document === undefined ? undefined : [...members.keys()]);
      if (warning) warnings.push(warning);
    } else {
      const problem = problemOf(type, members.get(key));
      if (problem) problems.push(`the member "${key}" ${problem}`);
      values.push([name, members.get(key)]);
    }
  }
  if (problems.length > 0)
    throw new SeedbedError('invalid-results-manifest', { problem: problems.join('; ') });
  return { values: Object.fromEntries(values), warnings };
}

/** @param keys of the document; undefined: there is none */
function judgeMissing(
  { name, key, required }: OutputJson,
  keys: readonly string[] | undefined,
): Warning | undefined {
  const near = keys?.find((other) => other.toLowerCase() === key.toLowerCase());
  const hint = near === undefined ? '' : ` (it has "${near}", and case counts)`;
  const what = keys ? `member "${key}" in ${outputsManifest}${hint}` : outputsManifest;
  if (required) throw new SeedbedError('missing-required-output', { name, what });
  if (near === undefined) return undefined;
  return { name: 'misspelt-output', description: `The optional output ${name} was not found: no ${what}.` };
}

function problemOf(type: OutputJson['type'], value: unknown): string | undefined {
  if (!isOfType(type, value)) return `must be ${wordsOfType(type)}, and is ${kindOf(value)}`;
  try {
    jsonbSafe(value);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof JsonProblem)) throw thrown;
    return `cannot be kept: ${thrown.message}`;
  }
}
