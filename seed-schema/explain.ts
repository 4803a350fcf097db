import type { ErrorObject } from 'ajv';
import { nearest } from './nearest.ts';
import { below, pathOfPointer, type JsonPath } from './path.ts';
import { allowed, found, type SpokenSchema } from './words.ts';

/** One thing wrong with a document. */
export interface Problem {
  readonly path: JsonPath;
  /** One sentence without its full stop: where, what is allowed, what was found. */
  readonly description: string;
  /** The schema's keyword that was broken. */
  readonly keyword: string;
  readonly value: unknown;
}

/** Ajv's errors (verbose) in words that the author of the document understands, each once, in the document's order. */
export function explain(errors: readonly ErrorObject[], document: unknown, whole: string): Problem[] {
  const problems = new Map<string, Problem>();
  const suggested = new Set<JsonPath>();
  for (const error of errors) {
    const problem = problemOf(error, document, whole, suggested);
    if (problem) problems.set(`${problem.path} ${problem.description}`, problem);
  }
  // A misspelt member that has been named need not be reported missing too.
  return [...problems.values()].filter(
    ({ keyword, path }) => !(keyword === 'required' && suggested.has(path)),
  );
}

function problemOf(
  error: ErrorObject,
  document: unknown,
  whole: string,
  suggested: Set<JsonPath>,
): Problem | undefined {
  const { keyword, data: value } = error;
  const at = pathOfPointer(error.instancePath, document);
  const schema = spoken(error.parentSchema);
  if (keyword === 'propertyNames') return undefined; // what the name breaks is said of it
  if (error.propertyName !== undefined) {
    const description = `${quoted(error.propertyName)} is a name in ${at || whole}, and must be ${rule(error, schema)}`;
    return { path: below(at, error.propertyName), keyword, value: error.propertyName, description };
  }
  const params = error.params as Readonly<Record<string, unknown>>;
  if (keyword === 'required') {
    const member = String(params.missingProperty);
    const path = below(at, member);
    const tag = schema.discriminator?.propertyName === member ? schema['x-allowed'] : undefined;
    const rule = tag ?? allowed(spoken(schema.properties?.[member]));
    return {
      path,
      keyword,
      value: undefined,
      description: `${path} is missing${rule ? `; it must be ${rule}` : ''}`,
    };
  }
  if (keyword === 'additionalProperties') {
    const member = String(params.additionalProperty);
    const legal = Object.keys(schema.properties ?? {});
    const meant = nearest(member, legal);
    if (meant !== undefined) suggested.add(below(at, meant));
    const advice = meant === undefined ? `its members are ${legal.join(', ')}` : `did you mean \`${meant}\`?`;
    const description = `${quoted(member)} is not a member of ${at || whole}; ${advice}`;
    return { path: below(at, member), keyword, value, description };
  }
  if (keyword === 'discriminator') {
    if (params.tagValue === undefined) return undefined; // `required` says so
    const path = below(at, String(params.tag));
    return mustBe(path, schema['x-allowed'] ?? 'another value', params.tagValue, keyword);
  }
  if (keyword === 'if') return undefined; // the branch says why
  if (schema.writeOnly)
    return { path: at, keyword, value: undefined, description: `${at} must be ${rule(error, schema)}` };
  return mustBe(at, rule(error, schema), value, keyword, whole);
}

function mustBe(path: JsonPath, rule: string, value: unknown, keyword: string, whole = ''): Problem {
  return { path, keyword, value, description: `${path || whole} must be ${rule}, not ${found(value)}` };
}

function rule({ keyword, schema: limit }: ErrorObject, schema: SpokenSchema): string {
  if (schema['x-allowed'] !== undefined) return allowed(schema) ?? '';
  const rules: Readonly<Record<string, string>> = {
    minItems: `an array of at least ${String(limit)}`,
    maxItems: `an array of at most ${String(limit)}`,
    minimum: `at least ${String(limit)}`,
    maximum: `at most ${String(limit)}`,
    minLength: 'a string that is not empty',
    pattern: `a string that matches ${String(limit)}`,
    format: `a ${String(limit)}`,
  };
  return rules[keyword] ?? allowed(schema) ?? 'valid';
}

function spoken(schema: unknown): SpokenSchema {
  return typeof schema === 'object' && schema !== null ? schema : {};
}

function quoted(member: string): string {
  return `\`${found(member).slice(1).replace(/"…?$/, '')}\``;
}
