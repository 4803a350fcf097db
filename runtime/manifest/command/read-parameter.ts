import type { Operation, Parameter, Word, WordReader } from './syntax.ts';
import type { Cursor } from './cursor.ts';

/** Names of the standard may begin with a digit; Bash's own cannot, so `$1x` is one name here. */
const nameCharacter = /[A-Za-z0-9_]/;

/** Deeper ones are nobody's intention, and would overflow the stack. */
const deepest = 50;

/**
 * Reads `NAME` or `{NAME...}` behind a `$`.
 * @param quoted between double quotes
 * @returns undefined, with nothing read, when no parameter follows: the `$` stands for itself
 */
export function readParameter(cursor: Cursor, quoted: boolean, readWord: WordReader): Parameter | undefined {
  const position = cursor.at - 1;
  if (!cursor.skip('{')) {
    const name = cursor.takeWhile(nameCharacter);
    return name === '' ? undefined : { name, position, operation: { kind: 'value' } };
  }
  if (++cursor.depth > deepest) cursor.fail(`\${ is nested more than ${deepest} levels deep`, position);
  const length = cursor.peek() === '#' && nameCharacter.test(cursor.peek(1)) && cursor.skip('#');
  const name = cursor.takeWhile(nameCharacter);
  if (name === '') cursor.fail(`\${ must be followed by a variable's name`);
  const operation: Operation = length ? { kind: 'length' } : readOperation(cursor, quoted, readWord);
  if (cursor.ended) cursor.fail('the brace of ${ is never closed', position);
  if (!cursor.skip('}')) cursor.fail(`\${${name} cannot be followed by ${cursor.peek()}`);
  cursor.depth--;
  return { name, position, operation };
}

function readOperation(cursor: Cursor, quoted: boolean, readWord: WordReader): Operation {
  const orEmpty = cursor.peek() === ':' && /[-=?+]/.test(cursor.peek(1)) && cursor.skip(':');
  const operator = cursor.peek();
  switch (operator) {
    case '-':
    case '=':
    case '?':
    case '+':
      cursor.take();
      return { kind: 'alternative', operator, orEmpty, word: readWord('}', quoted) };
    case ':':
      return readSubstring(cursor, readWord);
    case '#':
    case '%': {
      cursor.take();
      const longest = cursor.skip(operator);
      return {
        kind: 'remove',
        from: operator === '#' ? 'prefix' : 'suffix',
        longest,
        pattern: readWord('}'),
      };
    }
    case '/':
      return readReplace(cursor, readWord);
    case '^':
    case ',': {
      cursor.take();
      const all = cursor.skip(operator);
      const pattern = cursor.peek() === '}' ? undefined : readWord('}');
      return { kind: 'case', to: operator === '^' ? 'upper' : 'lower', all, pattern };
    }
    default:
      return { kind: 'value' };
  }
}

function readSubstring(cursor: Cursor, readWord: WordReader): Operation {
  cursor.take();
  if (cursor.peek() === '}') cursor.fail('the colon must be followed by an offset');
  const offset = readWord(':}');
  const length: Word | undefined = cursor.skip(':') ? readWord('}') : undefined;
  return { kind: 'substring', offset, length };
}

const places = { '/': 'all', '#': 'prefix', '%': 'suffix' } as const;

function readReplace(cursor: Cursor, readWord: WordReader): Operation {
  cursor.take();
  const mode = cursor.peek();
  const which = mode === '/' || mode === '#' || mode === '%' ? places[mode] : 'first';
  if (which !== 'first') cursor.take();
  const pattern = readWord('/}');
  const replacement = cursor.skip('/') ? readWord('}') : [];
  return { kind: 'replace', which, pattern, replacement };
}
