import { below, type Filter, isObject, type JsonPath } from '../../../seed-schema/index.ts';
import { found } from '../../../seed-schema/words.ts';
import { valuesOfField } from './accepts-data.ts';
import { error, type FilterFinding, warning } from './findings.ts';
import { looksAtFields } from './operators.ts';
import { numberOf } from './values.ts';

/** What is wrong with the values of a filter, or with those for one of its fields. */
export function judgeValues(filter: Filter, values: readonly unknown[], path: JsonPath): FilterFinding[] {
  return [
    ...judgeCount(filter, values, path),
    ...values.flatMap((value, index) => judgeValue(filter, value, below(path, index))),
  ];
}

/** The same for those of a field: a list, or a value that stands alone. */
export function judgeFieldValues(filter: Filter, index: number, path: JsonPath): FilterFinding[] {
  const values = valuesOfField(filter, index);
  if (Array.isArray(filter.values[index])) return judgeValues(filter, values, path);
  return [...judgeCount(filter, values, path), ...judgeValue(filter, values[0], path)];
}

function judgeCount({ condition }: Filter, { length }: readonly unknown[], path: JsonPath): FilterFinding[] {
  if (length === 0) return [error('VALUE_ERROR', path, `${path} is empty; give at least one value`)];
  if (['in', 'not in', 'contains'].includes(condition)) return [];
  const most = condition === 'between' ? 2 : 1;
  if (length > most)
    return [
      warning(
        'UNUSED_VALUES',
        path,
        `${path} has ${length} values, and ${condition} looks at ${most}; the rest is ignored`,
      ),
    ];
  if (length < most)
    return [
      warning(
        'MISSING_VALUES',
        path,
        `${path} has one value, and between needs the least and the greatest; it never holds`,
      ),
    ];
  return [];
}

function judgeValue(filter: Filter, value: unknown, path: JsonPath): FilterFinding[] {
  const is = `${path} is ${found(value)}`;
  const isNumber = filter.type === 'integer' || filter.type === 'number';
  const number = numberOf(value);
  if (isNumber && number === undefined) return [error('VALUE_ERROR', path, `${is}; it must be a number`)];
  if (filter.type === 'integer' && typeof value === 'string' && !Number.isInteger(number))
    return [error('VALUE_ERROR', path, `${is}; it must be a whole number`)];
  const wanted = looksAtFields(filter) ? wantedOfField(filter) : wantedOf(filter);
  if (wanted === undefined || wanted.accepts(value)) return [];
  return [
    warning(
      'MISMATCHED_VALUES',
      path,
      `${is}, and ${filter.condition} of ${filter.type} finds ${wanted.words} only`,
    ),
  ];
}

interface Wanted {
  readonly words: string;
  accepts(value: unknown): boolean;
}

const isText = (value: unknown) => typeof value === 'string';
const texts: Wanted = { words: 'texts', accepts: isText };

/** Values that a filter can be met by at all; undefined: any. */
function wantedOf({ type, condition }: Filter): Wanted | undefined {
  switch (type) {
    case 'integer':
    case 'number':
      return undefined;
    case 'boolean':
      return { words: 'true and false', accepts: (value) => typeof value === 'boolean' };
    case 'object':
    case 'meta-data':
      return { words: 'objects', accepts: isObject };
    case 'data-type':
      if (condition === 'contains') return texts;
      return {
        words: 'texts and lists of texts',
        accepts: (value) => isText(value) || (Array.isArray(value) && value.every(isText)),
      };
    default:
      return texts;
  }
}

function wantedOfField({ condition }: Filter): Wanted | undefined {
  switch (condition) {
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'between':
      return {
        words: 'numbers and texts',
        accepts: (value) => isText(value) || typeof value === 'number',
      };
    case 'subset of':
    case 'superset of':
      return {
        words: 'objects and lists',
        accepts: (value) => isObject(value) || Array.isArray(value),
      };
    default:
      return undefined;
  }
}
