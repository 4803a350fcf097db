import type { JsonPath } from '../../../seed-schema/index.ts';

/** A value of a manifest, and where it stands. */
export interface Placed<Value> {
  readonly value: Value;
  readonly path: JsonPath;
}

/** A value that an earlier one comes to as well. */
export interface Repeat<Value> extends Placed<Value> {
  /** Where the first stands. */
  readonly owner: JsonPath;
}

/** Those that repeat an earlier one, in order. @param keyOf what the values must not share */
export function repeats<Value>(
  placed: readonly Placed<Value>[],
  keyOf: (value: Value) => unknown = (value) => value,
): Repeat<Value>[] {
  const owners = new Map<unknown, JsonPath>();
  return placed.flatMap(({ value, path }) => {
    const key = keyOf(value);
    const owner = owners.get(key);
    if (owner !== undefined) return [{ value, path, owner }];
    owners.set(key, path);
    return [];
  });
}
