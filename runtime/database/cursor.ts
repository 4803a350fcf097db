import { SeedbedError } from '../errors/index.ts';
import type { Conditions } from './conditions.ts';
import { isDescending, type Order, type OrderField, type OrderFields } from './order.ts';

/** Where a page ended: what its last row was sorted by, as texts, and its id. */
export interface Place {
  readonly keys: readonly (string | null)[];
  readonly id: number;
}

/** A place as an opaque text, of use with the same order only. */
export function cursorOf(place: Place, order: Order): string {
  return Buffer.from(JSON.stringify([nameOf(order), place.id, ...place.keys])).toString('base64url');
}

/** @returns undefined for the empty cursor, with which a list begins @throws invalid-request */
export function placeOf(cursor: string, order: Order): Place | undefined {
  if (cursor === '') return undefined;
  const refuse = (problem: string) =>
    new SeedbedError('invalid-request', { problem: `The parameter cursor ${problem}` });
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw refuse('is none of this service');
  }
  const [name, id, ...keys] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const texts = keys.every((key): key is string | null => key === null || typeof key === 'string');
  if (typeof name !== 'string' || !Number.isSafeInteger(id) || !texts || keys.join().includes('\0'))
    throw refuse('is none of this service');
  if (name !== nameOf(order) || keys.length !== order.length)
    throw refuse('is of a list in another order; begin anew with an empty one');
  return { keys: keys as (string | null)[], id: id as number };
}

function nameOf(order: Order): string {
  return order.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join();
}

/**
 * Adds that rows come after a place: greater in the first key, or equal in it and greater in the next, ... . The first key
 * bounds all of it once more by itself, which is what an index can use.
 */
export function addAfter(
  conditions: Conditions,
  { keys, id: lastId }: Place,
  order: Order,
  fields: OrderFields,
  id: string,
): void {
  const ids = `${id} ${isDescending(order) ? '<' : '>'} ${conditions.bind(lastId, 'bigint')}`;
  const bounds = order.map(({ field, descending }, index) =>
    boundsOf(fields[field]!, descending, keys[index] ?? null, conditions),
  );
  if (bounds[0]) conditions.add(bounds[0].within);
  conditions.add(bounds.reduceRight((rest, { after, equal }) => `(${after} or (${equal} and ${rest}))`, ids));
}

interface Bounds {
  readonly after: string;
  readonly equal: string;
  /** Both of them, as an index can use it. */
  readonly within: string;
}

function boundsOf(
  { sql, type, nullable = false, nullsLast = false }: OrderField,
  descending: boolean,
  key: string | null,
  conditions: Conditions,
): Bounds {
  if (key === null) {
    const equal = `${sql} is null`;
    return descending && !nullsLast
      ? { after: `${sql} is not null`, equal, within: 'true' }
      : { after: 'false', equal, within: equal };
  }
  const value = conditions.bind(key, type);
  const equal = `${sql} = ${value}`;
  const [sign, orNull] = [
    descending ? '<' : '>',
    nullable && (nullsLast || !descending) ? ` or ${sql} is null` : '',
  ];
  return {
    after: `(${sql} ${sign} ${value}${orNull})`,
    equal,
    within: `(${sql} ${sign}= ${value}${orNull})`,
  };
}
