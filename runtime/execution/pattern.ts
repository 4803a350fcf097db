/** One character of a pattern; quoted, it stands for itself. */
export interface PatternCharacter {
  readonly character: string;
  readonly quoted: boolean;
}

/** What one step of a pattern takes. Characters are code points. */
export type PatternToken =
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'set'; readonly negated: boolean; readonly has: (character: string) => boolean };

/** A compiled pattern of the shell (POSIX, "Pattern Matching Notation"): `*`, `?`, `[...]`, `[!...]`, `\x`. */
export type Pattern = readonly PatternToken[];

/** Text in which every special character counts. */
export function unquoted(text: string): PatternCharacter[] {
  return Array.from(text, (character) => ({ character, quoted: false }));
}

/** Compiles a pattern. A `[` that is never closed, and a `\` at the end, stand for themselves. */
export function compilePattern(written: readonly PatternCharacter[]): Pattern {
  const characters = withoutBackslashes(written);
  const tokens: PatternToken[] = [];
  for (let at = 0; at < characters.length; at++) {
    const { character, quoted } = characters[at]!;
    if (quoted) tokens.push({ kind: 'character', character });
    else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '*') {
      if (tokens.at(-1)?.kind !== 'any') tokens.push({ kind: 'any' });
    } else {
      const set = character === '[' ? readSet(characters, at) : undefined;
      tokens.push(set?.token ?? { kind: 'character', character });
      if (set) at = set.end;
    }
  }
  return tokens;
}

/** Whether one character fits a token that takes exactly one. */
export function accepts(token: PatternToken, character: string): boolean {
  if (token.kind === 'character') return token.character === character;
  return token.kind === 'set' ? token.has(character) !== token.negated : true;
}

/** Whether the whole text fits. Two pointers, going back only to the last `*`: no pattern makes it exponential. */
export function matchesWhole(pattern: Pattern, characters: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let taken = 0;
  while (at < characters.length) {
    const next = pattern[token];
    if (next?.kind === 'any') {
      star = token++;
      taken = at;
    } else if (next && accepts(next, characters[at]!)) {
      token++;
      at++;
    } else {
      if (star === -1) return false;
      token = star + 1;
      at = ++taken;
    }
  }
  return pattern.slice(token).every(({ kind }) => kind === 'any');
}

function withoutBackslashes(written: readonly PatternCharacter[]): PatternCharacter[] {
  const characters: PatternCharacter[] = [];
  for (let at = 0; at < written.length; at++) {
    const { character, quoted } = written[at]!;
    const escaped = character === '\\' && !quoted ? written[at + 1] : undefined;
    if (escaped) at++;
    characters.push(escaped ? { character: escaped.character, quoted: true } : { character, quoted });
  }
  return characters;
}

const classes: Readonly<Record<string, RegExp>> = {
  alnum: /[\p{L}\p{Nd}]/u,
  alpha: /\p{L}/u,
  ascii: /[\0-\x7f]/,
  blank: /[ \t]/,
  cntrl: /\p{Cc}/u,
  digit: /\d/,
  graph: /[^\p{Z}\p{C}]/u,
  lower: /\p{Ll}/u,
  print: /[^\p{C}]/u,
  punct: /[\p{P}\p{S}]/u,
  space: /\s/,
  upper: /\p{Lu}/u,
  word: /[\p{L}\p{Nd}_]/u,
  xdigit: /[0-9A-Fa-f]/,
};

/** Reads `[...]` from its `[`. @returns undefined when it is never closed; otherwise also the index of its `]` */
function readSet(
  characters: readonly PatternCharacter[],
  open: number,
): { token: PatternToken; end: number } | undefined {
  const special = (index: number, expected: string) =>
    characters[index]?.character === expected && !characters[index].quoted;
  const members: ((character: string) => boolean)[] = [];
  const negated = special(open + 1, '!') || special(open + 1, '^');
  const first = open + (negated ? 2 : 1);
  for (let at = first; at < characters.length; at++) {
    if (special(at, ']') && at > first)
      return { token: { kind: 'set', negated, has: (found) => members.some((has) => has(found)) }, end: at };
    const named = readClass(characters, at);
    if (named) {
      members.push((found) => named.pattern.test(found));
      at = named.end;
    } else if (special(at + 1, '-') && characters[at + 2] && !special(at + 2, ']')) {
      members.push(between(characters[at]!.character, characters[at + 2]!.character));
      at += 2;
    } else {
      const only = characters[at]!.character;
      members.push((found) => found === only);
    }
  }
  return undefined;
}

/** Reads `[:alpha:]` and its like, inside a set. */
function readClass(
  characters: readonly PatternCharacter[],
  at: number,
): { pattern: RegExp; end: number } | undefined {
  const ahead = characters.slice(at, at + 10).map(({ character, quoted }) => (quoted ? ' ' : character));
  const [whole, name] = /^\[:(\w+):\]/.exec(ahead.join('')) ?? [];
  const pattern = name === undefined ? undefined : classes[name];
  return pattern && { pattern, end: at + whole!.length - 1 };
}

function between(low: string, high: string): (character: string) => boolean {
  const [from, to] = [low.codePointAt(0)!, high.codePointAt(0)!];
  return (character) => character.codePointAt(0)! >= from && character.codePointAt(0)! <= to;
}
