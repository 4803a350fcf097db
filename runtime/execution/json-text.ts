import { nestsDeeper } from '../../seed-schema/json/depth.ts';
import { scanJson } from '../../seed-schema/json/syntax.ts';
import { below } from '../../seed-schema/path.ts';

/** A text that is not the JSON it should be; the message says why, to follow "is not valid: ". */
export class JsonProblem extends Error {
  override readonly name = 'JsonProblem';
}

/**
 * Parses JSON that a stranger wrote: UTF-8, perhaps with a byte-order mark, and not nested too deeply.
 * @param maxDepth of arrays and objects inside each other
 * @throws JsonProblem with line and column
 */
export function parseBoundedJson(text: string | Buffer, { maxDepth }: { maxDepth: number }): unknown {
  const decoded = typeof text === 'string' ? text.replace(/^\uFEFF/, '') : decode(text);
  if (nestsDeeper(decoded, maxDepth)) throw new JsonProblem(`it is nested more than ${maxDepth} levels deep`);
  try {
    return JSON.parse(decoded) as unknown;
  } catch {
    const { fault } = scanJson(decoded, maxDepth);
    if (!fault) throw new JsonProblem('it is not JSON');
    throw new JsonProblem(`line ${fault.line}, column ${fault.column}: ${fault.problem}`);
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new JsonProblem('it is not UTF-8 text');
  }
}

/**
 * Refuses what Postgres's `jsonb` cannot hold, by its place: NUL characters, halves of UTF-16 pairs, numbers beyond what a
 * double can hold (`JSON.parse` makes them infinite).
 * @param value parsed with a bounded depth
 * @throws JsonProblem
 */
export function jsonbSafe<Value>(value: Value): Value {
  const fault = findFault(value);
  if (!fault) return value;
  const place = fault.keys.reduceRight<string>(below, '');
  throw new JsonProblem(`${place || 'it'} ${fault.problem}`);
}

interface Fault {
  readonly problem: string;
  /** From the inside out. A path is made only for what is reported: a document may hold a million numbers. */
  readonly keys: (string | number)[];
}

function findFault(value: unknown): Fault | undefined {
  if (typeof value === 'string') return textFault(value);
  if (typeof value === 'number' && !Number.isFinite(value))
    return { problem: 'is a number that no double can hold', keys: [] };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const fault = (typeof key === 'string' && textFault(key)) || findFault(member);
    if (fault) return { ...fault, keys: [...fault.keys, key] };
  }
  return undefined;
}

function textFault(text: string): Fault | undefined {
  if (text.includes('\0')) return { problem: 'contains a NUL character (\\u0000)', keys: [] };
  if (/\p{Surrogate}/u.test(text)) return { problem: 'contains half of a UTF-16 pair', keys: [] };
  return undefined;
}
