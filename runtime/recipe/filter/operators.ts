import type { Filter, FilterOperator, FilterType } from '../../../seed-schema/index.ts';
import { contains, isSubset, order, sameJson } from './compare.ts';

const ofTexts: readonly FilterOperator[] = ['==', '!=', 'in', 'not in', 'contains'];
const ofNumbers: readonly FilterOperator[] = ['<', '<=', '>', '>=', '==', '!=', 'between', 'in', 'not in'];
const ofObjects: readonly FilterOperator[] = ['subset of', 'superset of'];

/** The operators that each type has; a filter with `fields` has all. As on Scale (data/filter/filter.py). */
export const operatorsOf: Readonly<Record<FilterType, readonly FilterOperator[]>> = {
  boolean: ['==', '!='],
  integer: ofNumbers,
  number: ofNumbers,
  string: ofTexts,
  object: ofObjects,
  filename: ofTexts,
  'media-type': ofTexts,
  'data-type': ofTexts,
  'meta-data': ofObjects,
};

export const allOperators: readonly FilterOperator[] = [...new Set([...ofNumbers, ...ofTexts, ...ofObjects])];

/** Types that look at files; the others look at JSON. */
export const fileTypes: ReadonlySet<string> = new Set(['filename', 'media-type', 'data-type', 'meta-data']);

/** Whether it looks at fields of the value, instead of the value itself. Other types have no fields. */
export function looksAtFields({ type, fields }: Pick<Filter, 'fields'> & { readonly type: string }): boolean {
  return fields.length > 0 && (type === 'object' || type === 'meta-data');
}

/** Whether a value is what one of the filter's values says. */
type Equality = (value: unknown, wanted: unknown) => boolean;

/**
 * Whether an operator holds of one value. A value that it has no meaning for satisfies `!=` and `not in` only.
 * @param is what `==` means for the type
 */
export function holds(
  operator: FilterOperator,
  value: unknown,
  values: readonly unknown[],
  is: Equality = sameJson,
): boolean {
  const [first, second] = values;
  switch (operator) {
    case '<':
      return order(value, first) === -1;
    case '<=':
      return [-1, 0].includes(order(value, first) ?? 2);
    case '>':
      return order(value, first) === 1;
    case '>=':
      return [0, 1].includes(order(value, first) ?? 2);
    case 'between':
      return holds('>=', value, [first]) && holds('<=', value, [second]);
    case '==':
      return is(value, first);
    case '!=':
      return !is(value, first);
    case 'in':
      return values.some((wanted) => is(value, wanted));
    case 'not in':
      return !values.some((wanted) => is(value, wanted));
    case 'contains':
      return values.some((wanted) => contains(value, wanted));
    case 'subset of':
      return isSubset(value, first);
    case 'superset of':
      return isSubset(first, value);
  }
}
