/** Python 2's classes are those of ASCII, and `\s` knows the vertical tab, which RE2's does not. */
const ascii: Readonly<Record<string, string>> = {
  d: '0-9',
  D: '\\x00-/:-\\x{10FFFF}',
  w: '0-9A-Z_a-z',
  W: '\\x00-/:-@\\[-\\^`\\{-\\x{10FFFF}',
  s: '\\x09-\\x0d\\x20',
  S: '\\x00-\\x08\\x0e-\\x1f\\x21-\\x{10FFFF}',
};

/** With the flag `u`. */
const unicode: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '\\p{L}\\p{N}_',
  s: '\\x09-\\x0d\\x1c-\\x20\\x{85}\\p{Z}',
};

/** What stands for a character that a letter after a backslash means. */
const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** @returns the inside of a bracket for `\d`, `\w`, `\s` and their opposites; undefined: none of them, or none with `u` */
export function classOf(letter: string, isUnicode: boolean): string | undefined {
  return Object.hasOwn(ascii, letter) ? (isUnicode ? unicode : ascii)[letter] : undefined;
}

export function isClass(letter: string): boolean {
  return Object.hasOwn(ascii, letter);
}

/** A character as RE2 reads it, inside brackets and outside. */
export function literal(codePoint: number): string {
  const text = String.fromCodePoint(codePoint);
  return /^[A-Za-z0-9_/ ]$/.test(text) ? text : `\\x{${codePoint.toString(16)}}`;
}

/** A character after a backslash, and how many characters of the expression it takes; the backslash is at `at`. */
export interface Escaped {
  readonly codePoint: number;
  readonly length: number;
  /** A letter that means nothing special: Python 2 took it as itself, Python 3 refuses it. */
  readonly isOdd?: boolean;
}

/** Reads `\n`, `\x41`, `\101`, `\.`; undefined: a reference such as `\1`. */
export function escaped(source: string, at: number, inBrackets: boolean): Escaped | undefined {
  const rest = source.slice(at + 1, at + 5);
  const hex = /^x([0-9a-fA-F]{2})/.exec(rest);
  if (hex) return { codePoint: parseInt(hex[1] as string, 16), length: 4 };
  const octal = (inBrackets ? /^[0-7]{1,3}/ : /^(?:0[0-7]{0,2}|[0-3][0-7]{2})/).exec(rest);
  if (octal) return { codePoint: parseInt(octal[0], 8) & 0xff, length: 1 + octal[0].length };
  if (/^[0-9]/.test(rest)) return undefined;
  const letter = rest.charAt(0);
  if (inBrackets && letter === 'b') return { codePoint: 8, length: 2 };
  const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined;
  if (control !== undefined) return { codePoint: control, length: 2 };
  const codePoint = source.codePointAt(at + 1) as number;
  return { codePoint, length: codePoint > 0xffff ? 3 : 2, isOdd: /[A-Za-z]/.test(letter) };
}
