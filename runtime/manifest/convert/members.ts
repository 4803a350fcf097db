import { isObject } from '../../../seed-schema/index.ts';

export type Members = Readonly<Record<string, unknown>>;

/**
 * The same members in the same order, some under another name. Where the new name is taken already, the old one stays:
 * the validation then says so.
 */
export function renamed(object: Members, names: Readonly<Record<string, string>>): Members {
  return rewritten(object, (name, value) => {
    const other = Object.hasOwn(names, name) ? names[name]! : name;
    return [[Object.hasOwn(object, other) ? name : other, value]];
  });
}

/** The members in their order, each in the place of the ones that it becomes. */
export function rewritten(
  object: Members,
  rewrite: (name: string, value: unknown) => readonly (readonly [string, unknown])[],
): Members {
  return Object.fromEntries(Object.entries(object).flatMap(([name, value]) => rewrite(name, value)));
}

/** The object with a member changed, if it has it and that is an object. */
export function within(object: Members, name: string, change: (value: Members) => Members): Members {
  const value = object[name];
  return isObject(value) ? { ...object, [name]: change(value) } : object;
}

/** The object with the items of a list changed that are objects, if it has the list. */
export function withItems(
  object: Members,
  name: string,
  change: (item: Members, index: number) => Members,
): Members {
  const list = object[name];
  if (!Array.isArray(list)) return object;
  const items = list as unknown[];
  return { ...object, [name]: items.map((item, index) => (isObject(item) ? change(item, index) : item)) };
}
