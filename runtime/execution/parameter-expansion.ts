import { failAt, type Operation, type Parameter, type Word } from '../manifest/index.ts';
import { type Fragment, textOf } from './fragments.ts';
import { compilePattern, matchesWhole, type Pattern } from './pattern.ts';
import { findMatches, matchPrefix, matchSuffix } from './pattern-search.ts';

/** A variable as a command may expand it. */
export interface CommandVariable {
  readonly value: string;
  /** Whether an unquoted expansion is cut at blanks, as Bash does; false for paths and JSON. */
  readonly splittable: boolean;
}

/** Assigned to by `${V:=word}`; by name. */
export type Scope = Map<string, CommandVariable>;

/** Characters. One argument may have 131,071 bytes; nested replacements could make a few bytes exhaust the memory. */
const longest = 2 ** 20;

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

/** Expands a word without splitting it. @throws invalid-command */
export function expandWord(word: Word, scope: Scope): Fragment[] {
  return word.flatMap((piece): Fragment[] => {
    if (piece.kind === 'text') return [{ text: piece.text, quoted: piece.quoted, splits: true }];
    const fragments = expand(piece.parameter, scope);
    if (!piece.quoted) return fragments;
    return [{ text: textOf(fragments), quoted: true, splits: fragments.every(({ splits }) => splits) }];
  });
}

function expand(parameter: Parameter, scope: Scope): Fragment[] {
  const { name, operation, position } = parameter;
  const variable = scope.get(name);
  if (operation.kind === 'alternative') return alternative(parameter, operation, scope);
  if (operation.kind === 'length') return plain(String(Array.from(variable?.value ?? '').length));
  if (!variable) return [];
  const keep = (text: string): Fragment[] => [{ text, quoted: false, splits: variable.splittable }];
  if (operation.kind === 'value') return keep(variable.value);
  const characters = Array.from(variable.value);
  if (operation.kind === 'substring') return keep(substring(characters, operation, scope, position));
  if (operation.kind === 'remove') return keep(remove(characters, operation, scope));
  if (operation.kind === 'case') return keep(changeCase(characters, operation, scope));
  return replace(characters, operation, scope, keep, position);
}

function plain(text: string): Fragment[] {
  return [{ text, quoted: false, splits: true }];
}

function alternative({ name, position }: Parameter, operation: Of<'alternative'>, scope: Scope): Fragment[] {
  const { operator, orEmpty, word } = operation;
  const variable = scope.get(name);
  const given = variable !== undefined && !(orEmpty && variable.value === '');
  if (operator === '+') return given ? expandWord(word, scope) : [];
  if (given) return [{ text: variable.value, quoted: false, splits: variable.splittable }];
  if (operator === '-') return expandWord(word, scope);
  if (operator === '?') failAt(position, `${name}: ${asWritten(word) || 'it has no value'}`);
  const fragments = expandWord(word, scope);
  const assigned = { value: textOf(fragments), splittable: fragments.every(({ splits }) => splits) };
  scope.set(name, assigned);
  return [{ text: assigned.value, quoted: false, splits: assigned.splittable }];
}

/** The word of `${V:?word}` for a message, its own parameters unexpanded: they may be secret. */
function asWritten(word: Word): string {
  return word.map((piece) => (piece.kind === 'text' ? piece.text : `$${piece.parameter.name}`)).join('');
}

function substring(characters: string[], operation: Of<'substring'>, scope: Scope, position: number): string {
  const total = characters.length;
  const number = (word: Word) => wholeNumber(textOf(expandWord(word, scope)), position);
  const offset = number(operation.offset);
  const start = offset < 0 ? total + offset : offset;
  const length = operation.length && number(operation.length);
  if (start < 0 || start > total) return '';
  const end = length === undefined ? total : length < 0 ? total + length : start + length;
  if (end < start) failAt(position, 'the substring ends before it begins');
  return characters.slice(start, end).join('');
}

/** Bash evaluates arithmetic here; a whole decimal number, perhaps in parentheses, is what we take. Nothing is 0. */
function wholeNumber(text: string, position: number): number {
  const bare = /^\s*\(([^()]*)\)\s*$/.exec(text)?.[1] ?? text;
  if (bare.trim() === '') return 0;
  if (!/^\s*[-+]?\s*(?:0|[1-9]\d*)\s*$/.test(bare))
    failAt(position, 'offset and length must be whole numbers');
  return Number(bare.replace(/\s/g, ''));
}

function patternOf(word: Word, scope: Scope): Pattern {
  return compilePattern(
    expandWord(word, scope).flatMap(({ text, quoted }) =>
      Array.from(text, (character) => ({ character, quoted })),
    ),
  );
}

function remove(characters: string[], operation: Of<'remove'>, scope: Scope): string {
  const pattern = patternOf(operation.pattern, scope);
  if (operation.from === 'prefix')
    return characters.slice(matchPrefix(pattern, characters, operation.longest) ?? 0).join('');
  const taken = matchSuffix(pattern, characters, operation.longest) ?? 0;
  return characters.slice(0, characters.length - taken).join('');
}

function changeCase(characters: string[], { to, all, pattern: word }: Of<'case'>, scope: Scope): string {
  const pattern: Pattern = word ? patternOf(word, scope) : [{ kind: 'one' }];
  const change = (character: string) => {
    if (!matchesWhole(pattern, [character])) return character;
    const changed = to === 'upper' ? character.toUpperCase() : character.toLowerCase();
    // Bash knows only cases of one character: ß stays.
    return Array.from(changed).length === 1 ? changed : character;
  };
  return characters.map((character, index) => (all || index === 0 ? change(character) : character)).join('');
}

function replace(
  characters: string[],
  { which, pattern: word, replacement }: Of<'replace'>,
  scope: Scope,
  keep: (text: string) => Fragment[],
  position: number,
): Fragment[] {
  const pattern = patternOf(word, scope);
  const inserted = expandWord(replacement, scope).map((fragment) => ({ ...fragment, quoted: false }));
  const spans = findMatches(pattern, characters, which);
  if (characters.length + spans.length * textOf(inserted).length > longest)
    failAt(position, `it expands to more than ${longest} characters`);
  const result: Fragment[] = [];
  let done = 0;
  for (const { start, end } of spans) {
    result.push(...keep(characters.slice(done, start).join('')), ...inserted);
    done = end;
  }
  return [...result, ...keep(characters.slice(done).join(''))];
}
