import type { Cursor } from './cursor.ts';

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

const hexadecimal = /[0-9a-fA-F]/;
const octal = /[0-7]/;

/**
 * Reads `$'...'` ("ANSI-C Quoting" in Bash's manual) from behind its opening quote. Escapes of single bytes must come to
 * UTF-8 together; a NUL, which ends the text in Bash, is refused.
 */
export function readAnsiC(cursor: Cursor): string {
  const start = cursor.at - 2;
  const bytes: Buffer[] = [];
  while (!cursor.skip("'")) {
    if (cursor.ended) cursor.fail("the quote $' is never closed", start);
    const at = cursor.at;
    const character = cursor.take();
    const piece = character === '\\' ? readEscape(cursor) : Buffer.from(character);
    if (piece.includes(0)) cursor.fail('an argument cannot hold a NUL character', at);
    bytes.push(piece);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(bytes));
  } catch {
    return cursor.fail("the bytes of $'...' are not UTF-8", start);
  }
}

function readEscape(cursor: Cursor): Buffer {
  const letter = cursor.peek();
  if (octal.test(letter)) return Buffer.of(parseInt(cursor.takeWhile(octal, 3), 8) & 0xff);
  cursor.take();
  if (letter === 'x') return numbered(cursor, 2, letter, (code) => Buffer.of(code));
  if (letter === 'u') return numbered(cursor, 4, letter, (code) => characterOf(cursor, code));
  if (letter === 'U') return numbered(cursor, 8, letter, (code) => characterOf(cursor, code));
  if (letter === 'c') return Buffer.of(controlOf(cursor.take()));
  return Buffer.from(simple[letter] ?? `\\${letter}`);
}

/** Without digits the escape is no escape. */
function numbered(cursor: Cursor, digits: number, letter: string, make: (code: number) => Buffer): Buffer {
  const text = cursor.takeWhile(hexadecimal, digits);
  return text === '' ? Buffer.from(`\\${letter}`) : make(parseInt(text, 16));
}

function characterOf(cursor: Cursor, code: number): Buffer {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) cursor.fail('there is no such character');
  return Buffer.from(String.fromCodePoint(code));
}

function controlOf(character: string): number {
  return character === '?' ? 0x7f : (character.codePointAt(0) ?? 0) & 0x1f;
}
