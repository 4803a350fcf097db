import { SeedbedError } from '../errors/index.ts';
import type { Place } from './path.ts';
import { placeText } from './path.ts';

/** What can be bencoded. `bigint`s and whole `number`s are the same integer; booleans are 0 and 1. */
export type Bencodable = string | number | bigint | boolean | readonly Bencodable[] | BencodableDictionary;

export interface BencodableDictionary {
  readonly [key: string]: Bencodable;
}

type Pending = { readonly text: string } | { readonly value: unknown; readonly place: Place | undefined };

/**
 * Bencode (BEP 3): integers `i42e`, strings by their length in UTF-8 bytes `5:blurs`, lists `l...e`, and dictionaries
 * `d...e` whose keys are sorted by their UTF-8 bytes. One value has one text. Works off a list of its own, so that no
 * depth is too much for it.
 * @throws not-bencodable for null, numbers that are not whole or that a double does not hold, and all that JSON has not
 */
export function bencode(value: Bencodable): Buffer {
  return Buffer.from(bencodeText(value));
}

/** `bencode` before it is UTF-8. @throws not-bencodable */
export function bencodeText(value: Bencodable): string {
  return quickly(value, 0) ?? carefully(value);
}

/** Deeper values are worked off a list. */
const mostLevels = 100;

/** By recursion, which costs a third. @returns undefined for what is too deep, or has no text */
function quickly(value: unknown, level: number): string | undefined {
  if (typeof value === 'string') return textQuickly(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? `i${value}e` : undefined;
  if (typeof value === 'boolean') return value ? 'i1e' : 'i0e';
  if (level >= mostLevels) return undefined;
  if (Array.isArray(value)) {
    let text = 'l';
    for (let at = 0; at < value.length; at++) {
      const item = quickly(value[at], level + 1);
      if (item === undefined) return undefined;
      text += item;
    }
    return `${text}e`;
  }
  if (!isDictionary(value)) return undefined;
  let text = 'd';
  for (const key of inOrder(Object.keys(value))) {
    const [name, item] = [textQuickly(key), quickly(value[key], level + 1)];
    if (name === undefined || item === undefined) return undefined;
    text += name + item;
  }
  return `${text}e`;
}

/** As long in bytes as in code units. */
const isAscii = /^[\0-\x7f]*$/;

function textQuickly(text: string): string | undefined {
  if (isAscii.test(text)) return `${text.length}:${text}`;
  return text.isWellFormed() ? `${Buffer.byteLength(text)}:${text}` : undefined;
}

/** Most are in order already. */
function inOrder(keys: string[]): string[] {
  for (let at = 1; at < keys.length; at++)
    if (byBytes(keys[at - 1]!, keys[at]!) > 0) return keys.sort(byBytes);
  return keys;
}

function carefully(value: Bencodable): string {
  const parts: string[] = [];
  const pending: Pending[] = [{ value, place: undefined }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if ('text' in next) parts.push(next.text);
    else writeValue(next.value, next.place, parts, pending);
  }
  return parts.join('');
}

function writeValue(value: unknown, place: Place | undefined, parts: string[], pending: Pending[]): void {
  if (typeof value === 'string') parts.push(textOf(value, place));
  else if (typeof value === 'boolean') parts.push(value ? 'i1e' : 'i0e');
  else if (typeof value === 'bigint') parts.push(`i${value}e`);
  else if (typeof value === 'number') parts.push(`i${whole(value, place)}e`);
  else if (Array.isArray(value)) {
    parts.push('l');
    pending.push({ text: 'e' });
    for (let key = value.length - 1; key >= 0; key--)
      pending.push({ value: value[key] as unknown, place: { parent: place, key } });
  } else if (isDictionary(value)) {
    parts.push('d');
    pending.push({ text: 'e' });
    for (const key of Object.keys(value).sort(byBytes).reverse()) {
      const at = { parent: place, key };
      pending.push({ value: value[key], place: at }, { text: textOf(key, at) });
    }
  } else throw unfit(place, `it is ${nameOf(value)}`);
}

/** Below the surrogates, code units are in the order of their UTF-8 bytes. */
const inOrderAsUnits = /^[\0-\ud7ff]*$/;

/** Sorts texts by their UTF-8 bytes, which is by code points: not what `<` does where surrogates are. */
export function byBytes(a: string, b: string): number {
  if (inOrderAsUnits.test(a) && inOrderAsUnits.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function textOf(text: string, place: Place | undefined): string {
  if (!text.isWellFormed()) throw unfit(place, 'it holds half of a surrogate pair, which has no UTF-8');
  return `${Buffer.byteLength(text)}:${text}`;
}

function whole(value: number, place: Place | undefined): string {
  if (!Number.isInteger(value)) throw unfit(place, `${value} is no whole number`);
  if (!Number.isSafeInteger(value))
    throw unfit(place, `${value} is beyond what a double holds exactly (a bigint is not)`);
  return String(value);
}

/** An object of JSON's kind, not one of a class. */
export function isDictionary(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const parent = Object.getPrototypeOf(value) as object | null;
  // Not `=== Object.prototype`: under jest, objects of JSON.parse come from another realm.
  return parent === null || Object.getPrototypeOf(parent) === null;
}

function nameOf(value: unknown): string {
  if (value instanceof Number) return 'a number that is not written as a whole one';
  return typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : String(value);
}

function unfit(place: Place | undefined, problem: string): SeedbedError {
  return new SeedbedError('not-bencodable', { path: placeText(place), problem });
}
