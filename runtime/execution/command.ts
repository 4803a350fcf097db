import { readCommand } from '../manifest/index.ts';
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
  const { words, problem } = readCommand(command);
  if (problem) throw problem;
  const scope = new Map(variables);
  return words.flatMap((word) => splitFields(expandWord(word, scope)));
}
