/** A member of a document that an entry of what declares it belongs to. */
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

/** The entry that a name in a document means. */
export type FindEntry = <Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  key: string,
) => Entry | undefined;

/** The entry of exactly that name. */
export const findExactly: FindEntry = (entries, key) => entries.find(({ name }) => name === key);

/** Which entries the names in a document mean. */
export function matchBy<Entry extends { readonly name: string }, Value>(
  find: FindEntry,
  entries: readonly Entry[],
  given: Readonly<Record<string, Value>> | undefined,
): Matching<Entry, Value> {
  const matched = new Map<string, Matched<Entry, Value>>();
  const unknown: string[] = [];
  const repeated: { key: string; name: string }[] = [];
  for (const [key, value] of Object.entries(given ?? {})) {
    const entry = find(entries, key);
    if (!entry) unknown.push(key);
    else if (matched.has(entry.name)) {
      repeated.push({ key, name: entry.name });
      if (key === entry.name) matched.set(key, { entry, key, value });
    } else matched.set(entry.name, { entry, key, value });
  }
  return { matched: [...matched.values()], unknown, repeated };
}
