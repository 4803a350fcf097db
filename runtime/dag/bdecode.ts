import { SeedbedError } from '../errors/index.ts';
import type { Bencodable } from './bencode.ts';

const [zero, nine, colon] = [0x30, 0x39, 0x3a];
const [dictionary, end, integer, list] = [0x64, 0x65, 0x69, 0x6c];
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A list or dictionary that is being read. */
type Open =
  | { readonly list: Bencodable[] }
  | { readonly entries: [string, Bencodable][]; key: string | undefined; last: Buffer | undefined };

/**
 * Reads what `bencode` writes, and only that: keys sorted and each once, no leading zeros, nothing behind the end, strings
 * in UTF-8. Integers that a double does not hold become bigints. No depth is too much for it.
 * @throws bencode-invalid with the byte where it went wrong
 */
export function bdecode(bytes: Uint8Array): Bencodable {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const open: Open[] = [];
  let at = 0;
  for (;;) {
    const begun = at;
    const inner = open.at(-1);
    const lead = source[at];
    let value: Bencodable;
    if (lead === end && inner) {
      if (!('list' in inner) && inner.key !== undefined) throw invalid(at, 'the key before has no value');
      open.pop();
      at++;
      value = 'list' in inner ? inner.list : Object.fromEntries(inner.entries);
    } else if (inner && !('list' in inner) && inner.key === undefined) {
      const { bytes: key, next } = readBytes(source, at);
      if (inner.last && Buffer.compare(inner.last, key) >= 0)
        throw invalid(begun, 'the keys are not sorted by their bytes, each once');
      inner.last = key;
      inner.key = asText(key, begun);
      at = next;
      continue;
    } else if (lead === list || lead === dictionary) {
      open.push(lead === list ? { list: [] } : { entries: [], key: undefined, last: undefined });
      at++;
      continue;
    } else if (lead === integer) ({ value, next: at } = readInteger(source, at));
    else {
      const { bytes: text, next } = readBytes(source, at);
      value = asText(text, begun);
      at = next;
    }
    const outer = open.at(-1);
    if (!outer) {
      if (at < source.length) throw invalid(at, 'something follows the end');
      return value;
    }
    if ('list' in outer) outer.list.push(value);
    else {
      outer.entries.push([outer.key!, value]);
      outer.key = undefined;
    }
  }
}

function readInteger(source: Buffer, start: number): { value: number | bigint; next: number } {
  const stop = source.indexOf(end, start);
  const text = stop < 0 ? '' : source.toString('latin1', start + 1, stop);
  if (!/^(0|-?[1-9]\d*)$/.test(text)) throw invalid(start, 'no integer stands here');
  const value = Number(text);
  return { value: Number.isSafeInteger(value) ? value : BigInt(text), next: stop + 1 };
}

function readBytes(source: Buffer, start: number): { bytes: Buffer; next: number } {
  let at = start;
  let length = 0;
  for (; isDigit(source[at]); at++) length = Math.min(length * 10 + source[at]! - zero, source.length);
  const leading = source[start] === zero && at - start > 1;
  if (at === start || leading || source[at] !== colon)
    throw invalid(
      start,
      at >= source.length ? 'it ends too early' : `${shown(source[start])} begins no value`,
    );
  const next = at + 1 + length;
  if (next > source.length) throw invalid(start, 'it ends within a string');
  return { bytes: source.subarray(at + 1, next), next };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine;
}

function shown(byte: number | undefined): string {
  return byte !== undefined && byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `byte ${byte}`;
}

function asText(bytes: Buffer, at: number): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw invalid(at, 'the string is not UTF-8');
  }
}

function invalid(position: number, problem: string): SeedbedError {
  return new SeedbedError('bencode-invalid', { position, problem });
}
