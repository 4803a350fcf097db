import { below, type JsonPath } from '../path.ts';
import { type ChangedNumber, isKept } from './changed-number.ts';

/** A place in a text; lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where a text stops being JSON (RFC 8259), and why, in words. */
export interface SyntaxFault extends Place {
  readonly problem: string;
}

/** A member that an object has twice: every parser in use takes the last and says nothing. */
export interface DuplicateMember extends Place {
  readonly path: JsonPath;
}

export interface Scan {
  readonly fault?: SyntaxFault;
  readonly duplicates: readonly DuplicateMember[];
  /** The first number that `JSON.parse` makes another one of. */
  readonly changed?: ChangedNumber | undefined;
}

/** Reads JSON text for what `JSON.parse` does not tell: line and column of a fault, members that stand twice. */
export function scanJson(text: string, deepest = 1000): Scan {
  const scanner = new Scanner(text, deepest);
  try {
    scanner.document();
    return { duplicates: scanner.duplicates, changed: scanner.changed };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return {
      fault: { ...placeAt(text, thrown.at), problem: thrown.message },
      duplicates: scanner.duplicates,
    };
  }
}

/** Line and column of an index. */
export function placeAt(text: string, index: number): Place {
  const before = text.slice(0, index).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** Finding the line of each costs a pass over the text. */
const mostDuplicates = 20;

class Fault extends Error {
  readonly at: number;
  constructor(at: number, problem: string) {
    super(problem);
    this.at = at;
  }
}

const space = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const word = /[\w$.+-]+/y;

class Scanner {
  readonly duplicates: DuplicateMember[] = [];
  changed: ChangedNumber | undefined;
  readonly #text: string;
  readonly #deepest: number;
  #at = 0;

  constructor(text: string, deepest: number) {
    this.#text = text;
    this.#deepest = deepest;
  }

  document(): void {
    this.#value('', 0);
    this.#skip();
    if (this.#at < this.#text.length) this.#fail(`${this.#here()} follows after the end of the document`);
  }

  #value(path: JsonPath, depth: number): void {
    this.#skip();
    const at = this.#at;
    const next = this.#text[at];
    if (depth > this.#deepest) this.#fail(`it is nested more than ${this.#deepest} levels deep`);
    if (next === '{') this.#object(path, depth);
    else if (next === '[') this.#array(path, depth);
    else if (next === '"') this.#string();
    else if (this.#match(number)) this.#number(path, at);
    else this.#literal();
  }

  #object(path: JsonPath, depth: number): void {
    const open = this.#at++;
    const keys = new Set<string>();
    this.#skip();
    if (this.#take('}')) return;
    do {
      this.#skip();
      const start = this.#at;
      if (this.#text[start] !== '"') this.#failAtName(open);
      const key = this.#string();
      if (keys.has(key) && this.duplicates.length < mostDuplicates)
        this.duplicates.push({ ...placeAt(this.#text, start), path: below(path, key) });
      keys.add(key);
      this.#skip();
      if (!this.#take(':')) this.#fail(`a colon is missing after the member name "${key}"`);
      this.#value(below(path, key), depth + 1);
    } while (this.#another('}', open));
  }

  #array(path: JsonPath, depth: number): void {
    const open = this.#at++;
    this.#skip();
    if (this.#take(']')) return;
    let index = 0;
    do this.#value(below(path, index++), depth + 1);
    while (this.#another(']', open));
  }

  /** After an item: whether a comma promises another, or the container closes. */
  #another(close: string, open: number): boolean {
    this.#skip();
    if (this.#take(close)) return false;
    const comma = this.#at;
    if (!this.#take(',')) {
      if (comma >= this.#text.length) this.#failUnclosed(open, close);
      this.#fail(`a comma or ${close} is missing before ${this.#here()}`);
    }
    this.#skip();
    if (this.#text[this.#at] === close) this.#fail(`the comma before ${close} is one too many`, comma);
    return true;
  }

  /** @returns the string's value */
  #string(): string {
    const start = this.#at++;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) this.#fail('this string is never closed', start);
      if (character === '"') break;
      if (character < ' ')
        this.#fail('a string holds a line break or control character; write \\n or \\u....');
      if (character === '\\') {
        if (!/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(this.#text.slice(this.#at, this.#at + 6)))
          this.#fail(
            `${this.#text.slice(this.#at, this.#at + 2)} is no escape of JSON; a backslash is written \\\\`,
          );
        this.#at++;
      }
      this.#at++;
    }
    this.#at++;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #number(path: JsonPath, start: number): void {
    if (this.changed) return;
    const found = this.#text.slice(start, this.#at);
    if (!isKept(found)) this.changed = { path, number: found };
  }

  #literal(): void {
    const start = this.#at;
    this.#match(word);
    const found = this.#text.slice(start, this.#at);
    if (found === 'true' || found === 'false' || found === 'null') return;
    this.#at = start;
    if (start >= this.#text.length) this.#fail('the text ends where a value should stand');
    if (found === '') this.#fail(`a value should stand before ${this.#here()}`);
    this.#fail(`${found.slice(0, 40)} is no value of JSON`);
  }

  #failAtName(open: number): never {
    if (this.#at >= this.#text.length) this.#failUnclosed(open, '}');
    return this.#fail(`a member name in double quotes should stand here, not ${this.#here()}`);
  }

  #failUnclosed(open: number, close: string): never {
    const { line, column } = placeAt(this.#text, open);
    return this.#fail(`the text ends before the ${close} that closes line ${line}, column ${column}`);
  }

  #fail(problem: string, at = this.#at): never {
    throw new Fault(at, problem);
  }

  /** What stands at the present place, for a message. */
  #here(): string {
    const rest = this.#text.slice(this.#at, this.#at + 12);
    if (/^\/[/*]|^#/.test(rest)) return 'a comment, which JSON does not have';
    if (rest.startsWith("'")) return "a single quote; JSON's strings take double quotes";
    return rest === ''
      ? 'the end of the text'
      : (/^[\w$]+/.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0)!));
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skip(): void {
    this.#match(space);
  }
}
