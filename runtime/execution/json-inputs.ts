import { isOfType } from '../../seed-schema/json/types.ts';
import { kindOf } from '../../seed-schema/words.ts';
import { SeedbedError } from '../errors/index.ts';
import type { InputJson } from '../manifest/manifest.ts';
import { JsonProblem, jsonbSafe, parseBoundedJson } from '../catalog/sidecar/index.ts';
import type { JsonValue } from './request.ts';

/** Nobody types more on a command line. */
const defaultDepth = 100;

/**
 * A JSON input as the user wrote it: JSON text of the declared type or, where that is `string`, bare text.
 * @returns the value, and the text of its variable: strings bare, everything else as written, so that numbers keep digits
 *   that a double would lose
 * @throws invalid-json-input
 */
export function readJsonInput(
  { name, type }: Pick<InputJson, 'name' | 'type'>,
  text: string,
  maxDepth = defaultDepth,
): { value: unknown; environment: string } {
  try {
    if (type === 'string') {
      const value = jsonbSafe(readString(text, maxDepth));
      return { value, environment: value };
    }
    const value = parseBoundedJson(text, { maxDepth });
    jsonbSafe(value);
    const fits = isOfType(type, value) && (type !== 'integer' || isWhole(text.trim()));
    if (!fits) throw new JsonProblem(`it is ${typeof value === 'number' ? text.trim() : kindOf(value)}`);
    return { value, environment: text.trim() };
  } catch (thrown) {
    if (!(thrown instanceof JsonProblem)) throw thrown;
    throw new SeedbedError('invalid-json-input', { name, type, problem: thrown.message });
  }
}

/** A JSON input of the catalogue, as a job is given it. */
export function asJson(value: unknown): JsonValue {
  return { value, environment: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** A string of JSON, or whatever else the text is, bare. */
function readString(text: string, maxDepth: number): string {
  if (!text.trimStart().startsWith('"')) return text;
  try {
    const value = parseBoundedJson(text, { maxDepth });
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}

/** Whether JSON's text of a number is an integer's. A double cannot tell: 12345678901234567890.5 becomes whole in one. */
function isWhole(text: string): boolean {
  const [, whole = '', fraction = '', exponent = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const behindPoint = (whole + fraction).slice(Math.max(whole.length + Number(exponent), 0));
  return /^0*$/.test(behindPoint);
}
