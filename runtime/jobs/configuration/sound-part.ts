import { isObject, type JsonPath, type Problem, type Validator } from '../../../seed-schema/index.ts';

/** What is taken away can make something else wrong, as a mount without its path; deeper than this no schema nests. */
const mostRounds = 4;

/**
 * What is left of a document without the members whose shape is wrong: the values themselves, and what they are a required
 * part of. An array goes as a whole.
 * @param problems of the document
 * @returns undefined where nothing is left to be judged
 */
export function soundPart<T>(
  document: unknown,
  problems: readonly Problem[],
  validator: Validator<T>,
): T | undefined {
  const rest = structuredClone(document);
  let wrong = problems;
  for (let round = 0; round < mostRounds; round++) {
    if (!isObject(rest) || wrong.some(({ path }) => path === '')) return undefined;
    for (const { path } of wrong) remove(rest, keysOf(path));
    if (validator.accepts(rest)) return rest;
    wrong = validator.problems(rest);
  }
  return undefined;
}

/** Takes away what is at a path, or the nearest thing above it that is a member. */
function remove(document: Record<string, unknown>, keys: readonly string[]): void {
  let holder = document;
  for (const [depth, key] of keys.entries()) {
    if (!Object.hasOwn(holder, key)) return;
    const value = holder[key];
    const next = keys[depth + 1];
    if (next === undefined || !isObject(value) || !Object.hasOwn(value, next)) {
      Reflect.deleteProperty(holder, key);
      return;
    }
    holder = value;
  }
}

/** `mounts["a b"].host_path` → `['mounts', 'a b', 'host_path']`. */
function keysOf(path: JsonPath): string[] {
  return [...path.matchAll(/\[("(?:[^"\\]|\\.)*"|\d+)\]|([^.[]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? plain! : String(JSON.parse(quoted)),
  );
}
