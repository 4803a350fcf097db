import { createReadStream } from 'node:fs';
import { type ChangedNumber, changedNumber } from '../../../../seed-schema/index.ts';
import { SeedbedError } from '../../../errors/index.ts';

/** More than any task that was meant: brackets that are never closed must not fill the memory. */
const longestValue = 16 * 2 ** 20;

/** A value of a file of JSON, and the line on which it begins, from 1. */
export interface JsonEntry {
  readonly value: unknown;
  readonly line: number;
  /** A number in it that is another one in `value`. */
  readonly changed?: ChangedNumber | undefined;
}

/**
 * Reads a file of JSON as a stream: the members of one array, or objects one after the other (JSON Lines). Only one of them
 * is in memory.
 * @throws intake-file-invalid
 */
export async function* jsonValues(file: string): AsyncGenerator<JsonEntry> {
  const refuse = (problem: string) => new SeedbedError('intake-file-invalid', { file, problem });
  let [line, begun] = [1, 0];
  let [depth, inString, escaped, inArray, isOver] = [0, false, false, false, false];
  let text = '';
  const parsed = (): JsonEntry => {
    try {
      return { value: JSON.parse(text) as unknown, line: begun, changed: changedNumber(text) };
    } catch (thrown) {
      throw refuse(`the value on line ${begun} is no JSON: ${(thrown as Error).message}`);
    } finally {
      text = '';
    }
  };
  let isFirst = true;
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    let from = 0;
    for (let at = isFirst && chunk.startsWith('\uFEFF') ? 1 : 0; at < chunk.length; at++) {
      const sign = chunk[at]!;
      if (sign === '\n') line++;
      if (depth === 0) {
        if (/\s/.test(sign) || (sign === ',' && inArray)) continue;
        if (sign === '[' && !inArray && begun === 0) {
          [inArray, begun] = [true, line];
          continue;
        }
        if (sign === ']' && inArray && !isOver) {
          isOver = true;
          continue;
        }
        if (sign !== '{' || isOver)
          throw refuse(`line ${line} has ${JSON.stringify(sign)} where a task, an object, begins`);
        [depth, begun, from] = [1, line, at];
        continue;
      }
      if (inString) {
        if (escaped) escaped = false;
        else if (sign === '\\') escaped = true;
        else if (sign === '"') inString = false;
      } else if (sign === '"') inString = true;
      else if (sign === '{' || sign === '[') depth++;
      else if ((sign === '}' || sign === ']') && --depth === 0) {
        text += chunk.slice(from, at + 1);
        yield parsed();
        from = at + 1;
      }
    }
    isFirst = false;
    if (depth > 0) text += chunk.slice(from);
    if (text.length > longestValue)
      throw refuse(`the value on line ${begun} is larger than ${longestValue / 2 ** 20} MiB`);
  }
  if (depth > 0) throw refuse(`the value on line ${begun} has no end`);
  if (inArray && !isOver) throw refuse('its array has no end');
}
