import { brackets } from './brackets.ts';
import { classOf, escaped, isClass, literal } from './characters.ts';
import { opened, wholeFlags } from './groups.ts';
import { Unreadable } from './unreadable.ts';

export interface Translation {
  /** For RE2; matches what begins with a match of Python's. */
  readonly expression: string;
  /** Letters after a backslash that mean only themselves, such as `\e`. */
  readonly odd: readonly string[];
}

/** RE2 repeats no more often. */
const mostRepeats = 1000;

/**
 * An expression of Python 2.7, as `re.match` uses it, for RE2: anchored at the beginning only, classes and case of ASCII,
 * `$` also before a last line break. Groups capture nothing.
 * @throws Unreadable
 */
export function translate(source: string): Translation {
  return new Translator(source).run();
}

class Translator {
  #at = 0;
  #text = '';
  /** Whether a quantifier may follow, or why not. */
  #before: 'nothing' | 'item' | 'repeat' = 'nothing';
  #flags = '';
  readonly #source: string;
  readonly #open: number[] = [];
  readonly #names = new Set<string>();
  readonly #odd = new Set<string>();

  constructor(source: string) {
    this.#source = source;
  }

  run(): Translation {
    this.#flags = this.#collectFlags();
    while (this.#at < this.#source.length) this.#one();
    const unclosed = this.#open.pop();
    if (unclosed !== undefined) throw new Unreadable('`(` is never closed by `)`', unclosed);
    const own = [...'ims'].filter((flag) => this.#flags.includes(flag)).join('');
    return { expression: `\\A(?${own}:${this.#text})`, odd: [...this.#odd] };
  }

  /** Flags hold from the beginning, wherever they stand; brackets, comments and what is escaped hide none. */
  #collectFlags(): string {
    let flags = '';
    for (let at = 0; at < this.#source.length;) {
      const character = this.#source[at];
      if (character === '\\') at += 2;
      else if (character === '[') at = brackets(this.#source, at, false).end;
      else if (character === '(') {
        const group = opened(this.#source, at);
        if (group.kind === 'flags') flags += wholeFlags(this.#source.slice(at + 2, group.end - 1), at);
        at = group.end;
      } else at++;
    }
    return flags;
  }

  #one(): void {
    const source = this.#source;
    const at = this.#at;
    const character = source[at] as string;
    if (this.#flags.includes('x') && /[\s#]/.test(character)) return this.#skip(character);
    switch (character) {
      case '\\':
        return this.#escape();
      case '[': {
        const { text, end } = brackets(source, at, this.#flags.includes('u'));
        return this.#put(text, end, 'item');
      }
      case '(':
        return this.#group();
      case ')':
        if (this.#open.pop() === undefined) throw new Unreadable('`)` closes nothing', at);
        return this.#put(')', at + 1, 'item');
      case '|':
      case '^':
        return this.#put(character, at + 1, 'nothing');
      case '$':
        return this.#put(this.#flags.includes('m') ? '$' : '(?:\\n?\\z)', at + 1, 'nothing');
      case '.':
        return this.#put('.', at + 1, 'item');
      case '*':
      case '+':
      case '?':
        return this.#repeat(character, at + 1);
      case '{':
        return this.#braces();
      default: {
        const codePoint = source.codePointAt(at) as number;
        return this.#put(literal(codePoint), at + (codePoint > 0xffff ? 2 : 1), 'item');
      }
    }
  }

  #put(text: string, end: number, before: 'nothing' | 'item' | 'repeat'): void {
    this.#text += text;
    this.#at = end;
    this.#before = before;
  }

  /** White space and comments of a verbose expression. */
  #skip(character: string): void {
    const end = character === '#' ? this.#source.indexOf('\n', this.#at) : this.#at;
    this.#at = end === -1 ? this.#source.length : end + 1;
  }

  #group(): void {
    const { kind, text, end, name } = opened(this.#source, this.#at);
    if (kind !== 'group') {
      this.#at = end;
      return;
    }
    if (name !== undefined && this.#names.has(name))
      throw new Unreadable(`two groups are called ${name}`, this.#at);
    if (name !== undefined) this.#names.add(name);
    this.#open.push(this.#at);
    this.#put(text, end, 'nothing');
  }

  #escape(): void {
    const at = this.#at;
    const letter = this.#source[at + 1];
    if (letter === undefined) throw new Unreadable('it ends with a single backslash', at);
    const isUnicode = this.#flags.includes('u');
    if (letter === 'A') return this.#put('\\A', at + 2, 'nothing');
    if (letter === 'Z') return this.#put('\\z', at + 2, 'nothing');
    if (letter === 'b' || letter === 'B') {
      if (isUnicode) throw new Unreadable(`\`\\${letter}\` cannot be had with the flag u`, at);
      return this.#put(`\\${letter}`, at + 2, 'nothing');
    }
    const members = classOf(isUnicode ? letter.toLowerCase() : letter, isUnicode);
    if (isClass(letter) && members !== undefined) {
      const not = isUnicode && letter !== letter.toLowerCase() ? '^' : '';
      return this.#put(`[${not}${members}]`, at + 2, 'item');
    }
    const character = escaped(this.#source, at, false);
    if (!character)
      throw new Unreadable(
        `\`\\${letter}\` refers back to a group, which only an engine that goes back can do, and such a one can hang`,
        at,
      );
    if (character.isOdd) this.#odd.add(`\\${letter}`);
    this.#put(literal(character.codePoint), at + character.length, 'item');
  }

  /** `{2}`, `{2,}`, `{,3}`, `{2,3}`; anything else in braces is text. */
  #braces(): void {
    const braces = /^\{(\d*)(?:(,)(\d*))?\}/.exec(this.#source.slice(this.#at));
    const [all = '', from = '', comma, to = ''] = braces ?? [];
    if (!braces || (from === '' && !comma)) return this.#put('\\x{7b}', this.#at + 1, 'item');
    const least = Number(from);
    const most = comma ? (to === '' ? undefined : Number(to)) : least;
    if (Math.max(least, most ?? 0) > mostRepeats)
      throw new Unreadable(`${all} repeats more than ${mostRepeats} times`, this.#at);
    if (most !== undefined && most < least)
      throw new Unreadable(`${all} repeats at most less often than at least`, this.#at);
    this.#repeat(most === least ? `{${least}}` : `{${least},${most ?? ''}}`, this.#at + all.length);
  }

  #repeat(text: string, end: number): void {
    if (this.#before === 'nothing')
      throw new Unreadable(`\`${this.#source[this.#at] as string}\` repeats nothing`, this.#at);
    if (this.#before === 'repeat')
      throw new Unreadable('what is repeated is repeated again (`a*+` is not known to Python 2)', this.#at);
    const isLazy = this.#source[end] === '?';
    this.#put(text + (isLazy ? '?' : ''), isLazy ? end + 1 : end, 'repeat');
  }
}
