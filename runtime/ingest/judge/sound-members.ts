import { below, isObject, type Problem } from '../../../seed-schema/index.ts';

/** The same without what has a wrong shape; items of arrays keep their places. */
export type Sound<T> = T extends readonly (infer Item)[]
  ? readonly (Sound<Item> | undefined)[]
  : T extends object
    ? { readonly [Name in keyof T]?: Sound<T[Name]> }
    : T;

/**
 * What of a document can be judged although other members of it have a wrong shape. Pure.
 * @param problems of the whole document, by the paths of its members
 * @returns undefined where the document itself is none
 */
export function soundMembers<T>(document: unknown, problems: readonly Problem[]): Sound<T> | undefined {
  return soundAt(document, '', problems) as Sound<T> | undefined;
}

function soundAt(value: unknown, path: string, problems: readonly Problem[]): unknown {
  if (problems.some((problem) => problem.path === path)) return undefined;
  const within = problems.filter((problem) => isWithin(problem.path, path));
  if (within.length === 0) return value;
  if (Array.isArray(value)) return value.map((item, index) => soundAt(item, below(path, index), within));
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, soundAt(member, below(path, name), within)]),
  );
}

function isWithin(path: string, outer: string): boolean {
  return outer === '' || (path.startsWith(outer) && '.['.includes(path.charAt(outer.length)));
}
