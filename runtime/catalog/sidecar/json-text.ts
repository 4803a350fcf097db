import { nestsDeeper } from '../../../seed-schema/json/depth.ts';
import { findUnstorable } from '../../../seed-schema/json/storable.ts';
import { scanJson } from '../../../seed-schema/json/syntax.ts';

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
 * Refuses what Postgres's `jsonb` cannot hold, by its place.
 * @param value parsed with a bounded depth
 * @throws JsonProblem
 */
export function jsonbSafe<Value>(value: Value): Value {
  const fault = findUnstorable(value);
  if (fault) throw new JsonProblem(`${fault.path || 'it'} ${fault.problem}`);
  return value;
}
