import type { Problem } from './explain.ts';
import { nearest } from './nearest.ts';
import { below } from './path.ts';
import { found, wordsOfType } from './words.ts';

/** A JSON output of a manifest, as far as `seed.outputs.json` is judged by it. */
export interface DeclaredJson {
  readonly name: string;
  /** The member's name, case-sensitive; by default the output's. */
  readonly key?: string;
  readonly type: 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
  readonly required?: boolean;
}

/** The JSON Schema of one job's `seed.outputs.json`: a member of the declared type for each output, others allowed. */
export function outputsSchema(declared: readonly DeclaredJson[]) {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'seed.outputs.json',
    description: "Values of the job's JSON outputs.",
    type: 'object',
    required: declared.filter(({ required }) => required !== false).map(({ name, key }) => key ?? name),
    properties: Object.fromEntries(
      declared.map(({ name, key, type }) => [key ?? name, { type, title: name }]),
    ),
  } as const;
}

/**
 * Judges a parsed `seed.outputs.json` by the rules of `outputsSchema`. Each job has its own, so it is checked directly: to
 * compile a validator that judges one document would cost more than all the rest of the harvest.
 * @returns what is wrong, in words; nothing when it is valid
 */
export function judgeOutputs(declared: readonly DeclaredJson[], document: unknown): Problem[] {
  if (jsonTypeOf(document) !== 'object')
    return [problem('', 'type', document, `it must be an object, not ${found(document)}`)];
  const members = document as Readonly<Record<string, unknown>>;
  return declared.flatMap(({ name, key = name, type, required = true }): Problem[] => {
    const path = below('', key);
    if (!Object.hasOwn(members, key)) return required ? [missing(path, key, type, Object.keys(members))] : [];
    const value = members[key];
    const actual = jsonTypeOf(value);
    if (actual === type || (type === 'number' && actual === 'integer')) return [];
    return [problem(path, 'type', value, `${path} must be ${wordsOfType(type)}, not ${found(value)}`)];
  });
}

/** The narrowest JSON Schema type of a value: `5` and `5.0` are integers. */
export function jsonTypeOf(
  value: unknown,
): 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'boolean' | 'object' | 'string';
}

function missing(path: string, key: string, type: string, present: readonly string[]): Problem {
  const near = nearest(key, present.slice(0, 50));
  const hint = near === undefined ? '' : `; it has ${found(near)}, and names are case-sensitive`;
  return problem(
    path,
    'required',
    undefined,
    `${path} is missing, which must be ${wordsOfType(type)}${hint}`,
  );
}

function problem(path: string, keyword: string, value: unknown, description: string): Problem {
  return { path, keyword, value, description };
}
