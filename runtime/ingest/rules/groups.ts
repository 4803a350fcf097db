import { Unreadable } from './unreadable.ts';

const backtracking = 'which only an engine that goes back can do, and such a one can hang';

/** Beginnings of groups that RE2 has not. */
const refused: readonly (readonly [beginning: string, reason: string])[] = [
  ['(?=', `\`(?=...)\` looks ahead, ${backtracking}`],
  [
    '(?!',
    `\`(?!...)\` looks ahead, ${backtracking}: write what the name may be instead, or put a rule before this one`,
  ],
  ['(?<=', `\`(?<=...)\` looks behind, ${backtracking}`],
  ['(?<!', `\`(?<!...)\` looks behind, ${backtracking}`],
  ['(?P=', `\`(?P=...)\` refers back to a group, ${backtracking}`],
  ['(?P>', '`(?P>...)` is not known to Python'],
  ['(?(', `\`(?(...)...)\` depends on a group, ${backtracking}`],
  ['(?>', `\`(?>...)\` is a group without way back, ${backtracking}`],
  ['(?<', 'Python writes the name of a group as `(?P<name>...)`'],
];

export interface Opened {
  readonly kind: 'group' | 'flags' | 'comment';
  /** As RE2 writes it. */
  readonly text: string;
  readonly end: number;
  readonly name?: string;
}

/** What begins with the `(` at `at`. Groups lose their numbers and names: only whether a name matches is asked. */
export function opened(source: string, at: number): Opened {
  if (source[at + 1] !== '?') return { kind: 'group', text: '(?:', end: at + 1 };
  const rest = source.slice(at);
  for (const [beginning, reason] of refused) if (rest.startsWith(beginning)) throw new Unreadable(reason, at);
  if (rest.startsWith('(?#')) {
    const closed = source.indexOf(')', at);
    if (closed === -1) throw new Unreadable('a comment is never closed', at);
    return { kind: 'comment', text: '', end: closed + 1 };
  }
  const named = /^\(\?P<([^>]*)>/.exec(rest);
  if (named) {
    const [all, name = ''] = named;
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new Unreadable(`${JSON.stringify(name)} cannot name a group`, at);
    return { kind: 'group', text: '(?:', end: at + all.length, name };
  }
  const flags = /^\(\?([A-Za-z]*)(?:-([A-Za-z]+))?([:)])/.exec(rest);
  if (!flags) throw new Unreadable('`(?` is followed by nothing that Python knows', at);
  const [all, on = '', off = '', ending] = flags;
  if (on === '' && off === '' && ending === ')')
    throw new Unreadable('`(?` is followed by nothing that Python knows', at);
  if (ending === ')') {
    if (off) throw new Unreadable('flags are switched off for a group only: `(?-i:...)`', at);
    return { kind: 'flags', text: '', end: at + all.length };
  }
  for (const flag of on + off)
    if (!'ims'.includes(flag)) throw new Unreadable(`the flag ${flag} cannot be set for one group`, at);
  return { kind: 'group', text: `(?${on}${off && `-${off}`}:`, end: at + all.length };
}

/** Flags that hold for the whole expression; in Python 2 wherever they stand. @param letters of one `(?...)` */
export function wholeFlags(letters: string, at: number): string {
  for (const flag of letters) {
    if (flag === 'L') throw new Unreadable('the flag L depends on the language of a machine', at);
    if (!'aimsux'.includes(flag)) throw new Unreadable(`${flag} is no flag of Python`, at);
  }
  return letters;
}
