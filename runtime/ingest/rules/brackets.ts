import { classOf, escaped, isClass, literal } from './characters.ts';
import { Unreadable } from './unreadable.ts';

/** One member of `[...]`: a character, or a class such as `\d`. */
interface Member {
  readonly text: string;
  /** Undefined: a class. */
  readonly codePoint?: number;
  readonly end: number;
}

/**
 * `[...]` as RE2 reads it. In Python nothing but `]`, `\`, `^` and `-` is special in it: no `[:alpha:]`, no `&&`.
 * @param at index of `[`
 * @returns with the index behind `]`
 */
export function brackets(source: string, at: number, isUnicode: boolean): { text: string; end: number } {
  let next = at + 1;
  const isNegated = source[next] === '^';
  if (isNegated) next++;
  const first = next;
  let text = '';
  while (source[next] !== ']' || next === first) {
    const from = member(source, next, at, isUnicode);
    next = from.end;
    const isRange = source[next] === '-' && next + 1 < source.length && source[next + 1] !== ']';
    if (!isRange) {
      text += from.text;
      continue;
    }
    const to = member(source, next + 1, at, isUnicode);
    if (from.codePoint === undefined || to.codePoint === undefined)
      throw new Unreadable('a range in brackets goes from one character to another, not to a class', next);
    if (from.codePoint > to.codePoint)
      throw new Unreadable('a range in brackets ends before it begins', next);
    text += `${from.text}-${to.text}`;
    next = to.end;
  }
  return { text: `[${isNegated ? '^' : ''}${text}]`, end: next + 1 };
}

function member(source: string, at: number, opened: number, isUnicode: boolean): Member {
  const codePoint = source.codePointAt(at);
  if (codePoint === undefined) throw new Unreadable('`[` is never closed by `]`', opened);
  if (source[at] !== '\\')
    return { text: literal(codePoint), codePoint, end: at + (codePoint > 0xffff ? 2 : 1) };
  const letter = source[at + 1];
  if (letter === undefined) throw new Unreadable('it ends with a single backslash', at);
  const members = classOf(letter, isUnicode);
  if (members !== undefined) return { text: members, end: at + 2 };
  if (isClass(letter)) throw new Unreadable(`\`\\${letter}\` in brackets cannot be had with the flag u`, at);
  const character = escaped(source, at, true);
  if (!character) throw new Unreadable('no character has that number', at);
  return {
    text: literal(character.codePoint),
    codePoint: character.codePoint,
    end: at + character.length,
  };
}
