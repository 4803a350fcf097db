import { matchBy, type Matching } from '../../../seed-schema/index.ts';
import { findNamed } from '../../manifest/named.ts';

/** Which entries of the manifest the names in a document mean: their own spelling or that of their variable. */
export function matchNames<Entry extends { readonly name: string }, Value>(
  entries: readonly Entry[],
  given: Readonly<Record<string, Value>> | undefined,
): Matching<Entry, Value> {
  return matchBy(findNamed, entries, given);
}

/** The members of a document by the manifest's own names; those that it does not know are left out. */
export function inOwnNames<Value>(
  entries: readonly { readonly name: string }[],
  given: Readonly<Record<string, Value>> | undefined,
): Map<string, Value> {
  return new Map(matchNames(entries, given).matched.map(({ entry, value }) => [entry.name, value]));
}
