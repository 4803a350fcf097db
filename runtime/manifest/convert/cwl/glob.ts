import { containerPaths } from '../../names.ts';

/**
 * The pattern of an output as a `glob` of CWL: relative to the output directory, and every special character written so that
 * POSIX's glob(3) and Python's agree on it.
 * @returns undefined for what those cannot say: `[[:alpha:]]`, and a backslash in a set
 */
export function globOf(pattern: string): string | undefined {
  const prefix = `${containerPaths.outputs}/`;
  const relative = pattern.startsWith(prefix) ? pattern.slice(prefix.length) : pattern;
  const names = relative.split('/').filter((name) => name !== '' && name !== '.');
  const globs = names.map(globOfName);
  return globs.includes(undefined) ? undefined : globs.join('/');
}

function globOfName(name: string): string | undefined {
  let glob = '';
  for (let at = 0; at < name.length; at++) {
    const character = name[at]!;
    if (character === '\\' && at + 1 < name.length) glob += literal(name[++at]!);
    else if (character === '[') {
      const set = /^\[([!^]?)(\]?[^\]]*)\]/.exec(name.slice(at));
      if (!set) glob += literal('[');
      else if (/[\\[]/.test(set[2]!)) return undefined;
      else {
        // Without its negation sign a set may not begin with ^, which glob(3) may take as one.
        if (set[1] === '' && set[2]!.startsWith('^')) return undefined;
        glob += `[${set[1] === '' ? '' : '!'}${set[2]!}]`;
        at += set[0].length - 1;
      }
    } else glob += character;
  }
  return glob.replace(/\*{2,}/g, '*');
}

function literal(character: string): string {
  return '*?['.includes(character) ? `[${character}]` : character;
}
