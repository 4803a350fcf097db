import { FilterProblem } from './filter.ts';

/** A word of a name, or its beginning. Case does not matter. */
export interface Word {
  readonly text: string;
  readonly isBeginning: boolean;
}

/** As the function `file_name_words` of the database has it. */
const between = /[ \t\n\r!-/:-@[-`{-~]+/;

/**
 * The words of a text, each of which a name must have; `*` after the last one makes it the beginning of one.
 * @throws FilterProblem for a text without a letter or digit
 */
export function readWords(text: string): Word[] {
  const parts = text.split(between).filter((part) => part !== '');
  if (parts.length === 0 || text.includes('\0'))
    throw new FilterProblem('takes a word, perhaps with * at its end');
  const isBeginning = text.endsWith('*') && !between.test(text.at(-2)!);
  return parts.map((part, nth) => ({ text: part, isBeginning: isBeginning && nth === parts.length - 1 }));
}

/** As text of Postgres's type `tsquery`. The database is to make them as small as it made those of the names. */
export function wordsQuery(words: readonly Word[]): string {
  return words.map(({ text, isBeginning }) => `'${text}'${isBeginning ? ':*' : ''}`).join(' & ');
}

/** A text that names contain, or a pattern with `*` and `?`, for `ilike`. */
export function likePattern(name: string): string {
  const escaped = name.replace(/[\\%_]/g, '\\$&');
  return /[*?]/.test(name) ? escaped.replaceAll('*', '%').replaceAll('?', '_') : `%${escaped}%`;
}
