import { RE2JS, RE2JSException } from 're2js';
import { translate } from './translate.ts';
import { Unreadable } from './unreadable.ts';

/** Whether paths match, in time that grows with their length only. */
export interface Expression {
  matches(path: string): boolean;
  /** Letters after a backslash that mean only themselves. */
  readonly odd: readonly string[];
}

/** @returns `problem`: a clause that says why it is none, with what was perhaps meant */
export function readExpression(source: string): Expression | { readonly problem: string } {
  try {
    const { expression, odd } = translate(source);
    const compiled = RE2JS.compile(expression);
    return { odd, matches: (path) => compiled.test(path) || compiled.test(baseName(path)) };
  } catch (error) {
    if (error instanceof Unreadable)
      return { problem: `${error.reason} (at character ${error.at + 1})${meant(source)}` };
    if (error instanceof RE2JSException) return { problem: `RE2 refuses it: ${error.message}` };
    throw error;
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Of what looks like a shell's pattern, such as `*.h5`: the expression for it. */
function meant(source: string): string {
  if (!/^[*?][^\\()[\]{}|+^$]*$/.test(source)) return '';
  const expression = source.replace(/\./g, '\\.').replace(/\*/g, '.*').replace(/\?/g, '.');
  return `; a shell's pattern is no expression: write \`${expression}\``;
}
