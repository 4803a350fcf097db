import { FilterProblem } from './filter.ts';

/** What a member of `meta_data` must be. */
export interface MetaCondition {
  /** Names of members, from the outermost one. */
  readonly path: readonly string[];
  readonly operator: '=' | '<' | '<=' | '>' | '>=';
  readonly value: string;
}

const form = /^((?:"[^"]*"|[^."<>=]+)(?:\.(?:"[^"]*"|[^."<>=]+))*)(<=|>=|=|<|>)([^]*)$/;

/**
 * `a.b=value`, also with `<`, `<=`, `>`, `>=`. A name that has a dot or a sign stands in double quotes: `"a.b".c=1`.
 * @throws FilterProblem
 */
export function readMetaCondition(text: string): MetaCondition {
  const [, keys, operator, value] = form.exec(text) ?? [];
  if (keys === undefined || text.includes('\0'))
    throw new FilterProblem(
      'takes the path of a member and its value, as cloud.cover=0.1 or cloud.cover<=0.1',
    );
  const path = [...keys.matchAll(/"([^"]*)"|[^.]+/g)].map(([key, quoted]) => quoted ?? key);
  return { path, operator: operator as MetaCondition['operator'], value: value! };
}

/**
 * As text of Postgres's type `jsonpath`, for the operator `@@`. A value that reads as a number, true, false or null is that or
 * the same text; ranges compare numbers with numbers, and other texts sign by sign. Lists are looked into.
 */
export function jsonPath({ path, operator, value }: MetaCondition): string {
  const member = `$${path.map((key) => `.${JSON.stringify(key)}`).join('')}`;
  const text = JSON.stringify(value);
  const isNumber =
    /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d{1,3})?$/.test(value) && Number.isFinite(Number(value));
  if (operator !== '=') return `${member} ${operator} ${isNumber ? value : text}`;
  const isOther = isNumber || ['true', 'false', 'null'].includes(value);
  return isOther ? `${member} == ${value} || ${member} == ${text}` : `${member} == ${text}`;
}
