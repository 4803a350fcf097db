/** One expansion of a variable that the platform makes. */
export interface Reference {
  readonly name: string;
  /** What stands between the braces, e.g. `INPUT/#/-d `; without braces, the name. */
  readonly expression: string;
}

/** One argument of a command, as far as it is known without the variables' values. */
export interface Word {
  /** Its text without quotes, escapes and expansions. */
  readonly literal: string;
  readonly references: readonly Reference[];
}

export interface ReadCommand {
  readonly words: readonly Word[];
  /** Why it cannot be expanded. */
  readonly problem?: string;
}

const variable = /[A-Za-z_][A-Za-z0-9_]*/y;

/**
 * Reads `interface.command` by Bash's rules of quoting, for the warnings about it. Nothing is expanded between single
 * quotes or after a backslash, so those are no references. References inside the braces of others are read too, 20 deep.
 */
export function readCommand(command: string, levels = 20): ReadCommand {
  const words: Word[] = [];
  let word: { literal: string; references: Reference[] } | undefined;
  let inDouble = -1;
  for (let i = 0; i < command.length; i++) {
    const character = command[i]!;
    if (inDouble === -1 && /\s/.test(character)) {
      if (word) words.push(word);
      word = undefined;
      continue;
    }
    word ??= { literal: '', references: [] };
    if (character === '\\') word.literal += command[++i] ?? '';
    else if (character === '"') inDouble = inDouble === -1 ? i : -1;
    else if (character === "'" && inDouble === -1) {
      const end = command.indexOf("'", i + 1);
      if (end === -1)
        return { words: [...words, word], problem: `the single quote at character ${i + 1} is not closed` };
      word.literal += command.slice(i + 1, end);
      i = end;
    } else if (character === '$') {
      const end = readReference(command, i, word.references, levels);
      if (end === -1)
        return { words: [...words, word], problem: `the brace at character ${i + 2} is not closed` };
      if (end === i) word.literal += '$';
      i = end;
    } else word.literal += character;
  }
  if (word) words.push(word);
  if (inDouble !== -1)
    return { words, problem: `the double quote at character ${inDouble + 1} is not closed` };
  return { words };
}

/** @returns index of the last character of the reference that begins at `start`; `start` itself: none; -1: not closed */
function readReference(command: string, start: number, references: Reference[], levels: number): number {
  const braced = command[start + 1] === '{';
  variable.lastIndex = start + (braced ? 2 : 1);
  const name = variable.exec(command)?.[0];
  if (!braced) {
    if (name) references.push({ name, expression: name });
    return start + (name?.length ?? 0);
  }
  const end = closingBrace(command, start + 2);
  if (end === -1 || !name) return end;
  const expression = command.slice(start + 2, end);
  references.push({ name, expression });
  if (levels > 0) {
    const inner = readCommand(expression.slice(name.length), levels - 1);
    references.push(...inner.words.flatMap((word) => word.references));
  }
  return end;
}

/** Index of the brace that closes an expansion, with the expansions and escapes inside it skipped. */
function closingBrace(command: string, start: number): number {
  let depth = 1;
  for (let i = start; i < command.length; i++) {
    if (command[i] === '\\') i++;
    else if (command[i] === '$' && command[i + 1] === '{') depth++;
    else if (command[i] === '}' && --depth === 0) return i;
  }
  return -1;
}
