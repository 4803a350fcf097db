import { byBytes, isDictionary } from './bencode.ts';
import type { Encoding } from './encoding.ts';

/** One member that differs between two documents. */
export interface Change {
  /** Members and positions from the outside, e.g. `['tasks', 'blur', 'sha']`. */
  readonly path: readonly (string | number)[];
  readonly kind: 'changed' | 'added' | 'removed';
  /** Of `changed` and `removed`. */
  readonly old?: unknown;
  /** Of `changed` and `added`. */
  readonly new?: unknown;
}

/** What differs between two encodings, and what follows from it. */
export interface EncodingDiff {
  readonly changes: readonly Change[];
  /** Tasks of the second one whose output the first one has not: what has to be done. */
  readonly run: readonly string[];
  /** Tasks of the second one whose output is known from the first one, under whatever name. */
  readonly known: readonly string[];
}

/** Every member that differs, in the order of their bytes; a member that is new as a whole is one change. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  return changes(before, after, Object.is);
}

/** Compares two encodings. */
export function diffEncodings(before: Encoding, after: Encoding): EncodingDiff {
  const outputs = new Set(Object.values(before.tasks).map(({ output }) => output));
  const names = Object.keys(after.tasks);
  return {
    changes: changes(before, after, sameInBencode),
    run: names.filter((name) => !outputs.has(after.tasks[name]!.output)),
    known: names.filter((name) => outputs.has(after.tasks[name]!.output)),
  };
}

type Same = (before: unknown, after: unknown) => boolean;

function changes(before: unknown, after: unknown, same: Same): Change[] {
  const found: Change[] = [];
  const compare = (old: unknown, fresh: unknown, path: Change['path']) => {
    if (same(old, fresh)) return;
    const keys = keysOfBoth(old, fresh);
    if (!keys) found.push({ path, kind: 'changed', old, new: fresh });
    for (const key of keys ?? []) {
      const [was, is] = [old, fresh].map((one) => (one as Record<string | number, unknown>)[key]);
      const at = [...path, key];
      if (!Object.hasOwn(old as object, key)) found.push({ path: at, kind: 'added', new: is });
      else if (!Object.hasOwn(fresh as object, key)) found.push({ path: at, kind: 'removed', old: was });
      else compare(was, is, at);
    }
  };
  compare(before, after, []);
  return found;
}

/** @returns undefined when these two are not both lists, or both dictionaries */
function keysOfBoth(before: unknown, after: unknown): (string | number)[] | undefined {
  if (Array.isArray(before) && Array.isArray(after))
    return [...Array(Math.max(before.length, after.length)).keys()];
  if (!isDictionary(before) || !isDictionary(after)) return undefined;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byBytes);
}

/** 0 and -0, 1 and 1n, 1 and true are one integer there. */
function sameInBencode(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  const [one, other] = [before, after].map(asInteger);
  return one !== undefined && one === other;
}

function asInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint' || typeof value === 'boolean') return BigInt(value);
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined;
}
