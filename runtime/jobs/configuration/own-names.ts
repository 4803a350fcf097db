import { findNamed } from '../../manifest/named.ts';

/** A member of a document that an entry of the manifest belongs to. */
export interface Matched<Entry, Value> {
  readonly entry: Entry;
  /** As it is spelt in the document. */
  readonly key: string;
  readonly value: Value;
}

export interface Matching<Entry, Value> {
  readonly matched: readonly Matched<Entry, Value>[];
  /** Keys that mean no entry. */
  readonly unknown: readonly string[];
  /** Keys that mean an entry which an earlier key means too; `matched` has the first, or the one with the own spelling. */
  readonly repeated: readonly { readonly key: string; readonly name: string }[];
}

/** Which entries of the manifest the names in a document mean: their own spelling or that of their variable. */
export function matchNames<Entry extends { readonly name: string }, Value>(
  entries: readonly Entry[],
  given: Readonly<Record<string, Value>> | undefined,
): Matching<Entry, Value> {
  const matched = new Map<string, Matched<Entry, Value>>();
  const unknown: string[] = [];
  const repeated: { key: string; name: string }[] = [];
  for (const [key, value] of Object.entries(given ?? {})) {
    const entry = findNamed(entries, key);
    if (!entry) unknown.push(key);
    else if (matched.has(entry.name)) {
      repeated.push({ key, name: entry.name });
      if (key === entry.name) matched.set(key, { entry, key, value });
    } else matched.set(entry.name, { entry, key, value });
  }
  return { matched: [...matched.values()], unknown, repeated };
}

/** The members of a document by the manifest's own names; those that it does not know are left out. */
export function inOwnNames<Value>(
  entries: readonly { readonly name: string }[],
  given: Readonly<Record<string, Value>> | undefined,
): Map<string, Value> {
  return new Map(matchNames(entries, given).matched.map(({ entry, value }) => [entry.name, value]));
}
