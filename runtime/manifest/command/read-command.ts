import { SeedbedError } from '../../errors/index.ts';
import { readAnsiC } from './ansi-c-quoting.ts';
import { Cursor } from './cursor.ts';
import { readParameter } from './read-parameter.ts';
import type { Piece, Word } from './syntax.ts';

const blanks = ' \t\n';

/** Which characters a backslash takes its meaning from between double quotes; in an operand there also `}`. */
const escapedInQuotes = '$`"\\';

/** A command as it was read. */
export interface ReadCommand {
  /** Up to where the problem is, if there is one. */
  readonly words: readonly Word[];
  /** `invalid-command`: why it cannot be expanded, whatever values the variables have. */
  readonly problem?: SeedbedError;
}

/**
 * Cuts `interface.command` into words at unquoted blanks and reads their quotes and parameters, by Bash's rules. The
 * validation and the launch both read it here, so that they agree.
 */
export function readCommand(command: string): ReadCommand {
  const words: Piece[][] = [];
  try {
    readWords(new Cursor(command), words);
    return { words };
  } catch (thrown) {
    if (thrown instanceof SeedbedError && thrown.error === 'invalid-command')
      return { words, problem: thrown };
    throw thrown;
  }
}

function readWords(cursor: Cursor, words: Piece[][]): void {
  for (;;) {
    while (!cursor.ended && blanks.includes(cursor.peek())) cursor.take();
    if (cursor.ended) return;
    const word: Piece[] = [];
    words.push(word);
    readPieces(cursor, word, blanks);
  }
}

/** @param insideQuotes the operand of a parameter that stands between double quotes */
function readPieces(cursor: Cursor, pieces: Piece[], stops: string, insideQuotes = false): Piece[] {
  let apostrophe = false;
  while (!cursor.ended && (apostrophe || !stops.includes(cursor.peek()))) {
    const start = cursor.at;
    const character = cursor.take();
    if (character === '\\') readBackslash(cursor, pieces, insideQuotes ? `${escapedInQuotes}}` : undefined);
    else if (character === '"') readDoubleQuoted(cursor, pieces, start);
    else if (character === '$') readDollar(cursor, pieces, insideQuotes, true);
    else if (character === "'" && !insideQuotes) readSingleQuoted(cursor, pieces, start);
    else {
      // In "${V:-'}'}" Bash keeps the single quotes, yet hides from the closing brace what stands between them.
      if (character === "'") apostrophe = !apostrophe;
      add(pieces, character, false);
    }
  }
  return pieces;
}

function readSingleQuoted(cursor: Cursor, pieces: Piece[], start: number): void {
  add(pieces, cursor.takeWhile(/[^']/), true);
  if (!cursor.skip("'")) cursor.fail('the single quote is never closed', start);
}

/** From behind the opening quote. */
function readDoubleQuoted(cursor: Cursor, pieces: Piece[], start: number): void {
  add(pieces, '', true);
  while (!cursor.skip('"')) {
    if (cursor.ended) cursor.fail('the double quote is never closed', start);
    const character = cursor.take();
    if (character === '\\') readBackslash(cursor, pieces, escapedInQuotes);
    else if (character === '$') readDollar(cursor, pieces, true, false);
    else add(pieces, character, true);
  }
}

/** @param escaped what a backslash applies to; undefined: to everything */
function readBackslash(cursor: Cursor, pieces: Piece[], escaped: string | undefined): void {
  const next = cursor.peek();
  if (next === '\n') cursor.take();
  else if (next === '' || (escaped !== undefined && !escaped.includes(next))) add(pieces, '\\', true);
  else add(pieces, cursor.take(), true);
}

/** @param quotes whether `$'...'` and `$"..."` have a meaning here */
function readDollar(cursor: Cursor, pieces: Piece[], quoted: boolean, quotes: boolean): void {
  const start = cursor.at - 1;
  if (quotes && cursor.skip("'")) return add(pieces, readAnsiC(cursor), true);
  if (quotes && cursor.skip('"')) return readDoubleQuoted(cursor, pieces, start);
  const parameter = readParameter(cursor, quoted, (stops, insideQuotes) =>
    readPieces(cursor, [], stops, insideQuotes),
  );
  if (parameter) pieces.push({ kind: 'parameter', parameter, quoted });
  else add(pieces, '$', quoted);
}

function add(pieces: Piece[], text: string, quoted: boolean): void {
  const last = pieces.at(-1);
  if (last?.kind === 'text' && last.quoted === quoted)
    pieces[pieces.length - 1] = { kind: 'text', text: last.text + text, quoted };
  else pieces.push({ kind: 'text', text, quoted });
}
