import { below, type JsonPath } from '../path.ts';

interface Fault {
  readonly problem: string;
  /** From the inside out. A path is made only for what is reported: a document may hold a million numbers. */
  readonly keys: (string | number)[];
}

/**
 * The first thing in a document that Postgres's `jsonb` cannot hold: a NUL character, half of a UTF-16 pair, or a number
 * beyond what a double can hold (`JSON.parse` makes it infinite).
 * @param value parsed with a bounded depth
 * @returns its place, and what is wrong with it, to follow the place; undefined when all can be stored
 */
export function findUnstorable(value: unknown): { path: JsonPath; problem: string } | undefined {
  const fault = findFault(value);
  return fault && { path: fault.keys.reduceRight<string>(below, ''), problem: fault.problem };
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
  if (!text.isWellFormed()) return { problem: 'contains half of a UTF-16 pair', keys: [] };
  return undefined;
}
