import type { Parameter, Word } from './command-syntax.ts';
import { readWords } from './command-words.ts';
import { splitFields } from './fragments.ts';
import { type CommandVariable, expandWord } from './parameter-expansion.ts';

export type { CommandVariable } from './parameter-expansion.ts';

/**
 * Expands `interface.command` into arguments by Bash's rules (the standard, "Variable injection"): quotes, `$V`,
 * `${V...}` with every operator that Bash has for plain variables, word splitting. An expanded value is never read
 * again, so whatever is in it stays data.
 *
 * Where it is not Bash:
 * - values of paths and JSON (`splittable: false`) stay one argument without quotes too;
 * - no shell runs it: `*`, `~`, `{a,b}`, `#`, `|`, `;`, `<`, `>`, `&`, `$(...)`, `` `...` `` and `$?`, `$@`, `$$`...
 *   are text, and a line break is a blank;
 * - a name may begin with a digit (the standard allows it), offsets are whole decimal numbers, and `&` in a replacement is
 *   `&` as it was before Bash 5.2;
 * - `${!V}` and `${V@...}` are refused, and so is what is malformed in an operand that is not needed;
 * - Bash 5.2 drops the word of `"${V:-"$W"x}"`, and misses a prefix whose pattern ends in a quoted `*`; this does not.
 * @throws invalid-command
 */
export function expandCommand(command: string, variables: ReadonlyMap<string, CommandVariable>): string[] {
  const scope = new Map(variables);
  return readWords(command).flatMap((word) => splitFields(expandWord(word, scope)));
}

/** The names of all variables that a command refers to. @throws invalid-command */
export function variablesOf(command: string): Set<string> {
  const names = new Set<string>();
  const pending = [...readWords(command)];
  for (let word = pending.pop(); word; word = pending.pop())
    for (const piece of word)
      if (piece.kind === 'parameter') {
        names.add(piece.parameter.name);
        pending.push(...operandsOf(piece.parameter));
      }
  return names;
}

function operandsOf({ operation }: Parameter): Word[] {
  switch (operation.kind) {
    case 'alternative':
      return [operation.word];
    case 'substring':
      return operation.length ? [operation.offset, operation.length] : [operation.offset];
    case 'remove':
      return [operation.pattern];
    case 'replace':
      return [operation.pattern, operation.replacement];
    case 'case':
      return operation.pattern ? [operation.pattern] : [];
    default:
      return [];
  }
}
