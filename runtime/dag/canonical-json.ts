import { SeedbedError } from '../errors/index.ts';
import { isDictionary } from './bencode.ts';
import { type Place, placeText } from './path.ts';

type Pending = { readonly text: string } | { readonly value: unknown; readonly place: Place | undefined };

/**
 * JSON by RFC 8785 (JCS): members sorted by UTF-16 code units, no white space, numbers and strings as ECMAScript writes
 * them. One value has one text. No depth is too much for it. Members that are `undefined` are left out, as in JSON.
 * @throws not-canonical-json for what JSON has not: NaN, infinities, bigints, halves of surrogate pairs, instances
 */
export function canonicalJson(value: unknown): string {
  return quickly(value, 0) ?? carefully(value);
}

/** Deeper values are worked off a list. */
const mostLevels = 100;

/** By recursion, which costs a third. @returns undefined for what is too deep, or has no text */
function quickly(value: unknown, level: number): string | undefined {
  if (typeof value === 'string') return quotedQuickly(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (value === null || typeof value === 'boolean') return String(value);
  if (level >= mostLevels) return undefined;
  if (Array.isArray(value)) {
    let text = '';
    for (let at = 0; at < value.length; at++) {
      const item = quickly(value[at], level + 1);
      if (item === undefined) return undefined;
      text += at === 0 ? item : `,${item}`;
    }
    return `[${text}]`;
  }
  if (!isDictionary(value)) return undefined;
  let text = '';
  for (const key of inOrder(Object.keys(value))) {
    const member = value[key];
    if (member === undefined) continue;
    const [name, item] = [quotedQuickly(key), quickly(member, level + 1)];
    if (name === undefined || item === undefined) return undefined;
    text += text === '' ? `${name}:${item}` : `,${name}:${item}`;
  }
  return `{${text}}`;
}

/** Many are in order already. */
function inOrder(keys: string[]): string[] {
  for (let at = 1; at < keys.length; at++) if (keys[at - 1]! > keys[at]!) return keys.sort();
  return keys;
}

/** Nothing in it is escaped. */
const isPlain = /^[ !#-[\]-~]*$/;

function quotedQuickly(text: string): string | undefined {
  if (isPlain.test(text)) return `"${text}"`;
  return text.isWellFormed() ? JSON.stringify(text) : undefined;
}

function carefully(value: unknown): string {
  const parts: string[] = [];
  const pending: Pending[] = [{ value, place: undefined }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if ('text' in next) parts.push(next.text);
    else write(next.value, next.place, parts, pending);
  }
  return parts.join('');
}

function write(value: unknown, place: Place | undefined, parts: string[], pending: Pending[]): void {
  if (typeof value === 'string') parts.push(quoted(value, place));
  else if (value === null || typeof value === 'boolean') parts.push(String(value));
  else if (typeof value === 'number' && Number.isFinite(value)) parts.push(JSON.stringify(value));
  else if (Array.isArray(value)) {
    parts.push('[');
    pending.push({ text: ']' });
    for (let key = value.length - 1; key >= 0; key--) {
      pending.push({ value: value[key] as unknown, place: { parent: place, key } });
      if (key > 0) pending.push({ text: ',' });
    }
  } else if (isDictionary(value)) {
    parts.push('{');
    pending.push({ text: '}' });
    const keys = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort();
    for (let position = keys.length - 1; position >= 0; position--) {
      const key = keys[position]!;
      const at = { parent: place, key };
      pending.push({ value: value[key], place: at });
      pending.push({ text: `${position > 0 ? ',' : ''}${quoted(key, at)}:` });
    }
  } else throw unfit(place, `JSON has no ${typeof value === 'number' ? value : typeof value}`);
}

function quoted(text: string, place: Place | undefined): string {
  if (!text.isWellFormed()) throw unfit(place, 'it holds half of a surrogate pair');
  return JSON.stringify(text);
}

function unfit(place: Place | undefined, problem: string): SeedbedError {
  return new SeedbedError('not-canonical-json', { path: placeText(place), problem });
}
