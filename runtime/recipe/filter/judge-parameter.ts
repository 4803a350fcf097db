import {
  below,
  type DataInterface,
  type Filter,
  type FilterType,
  type JsonParameterType,
  type JsonPath,
  nearest,
} from '../../../seed-schema/index.ts';
import { listed } from '../../../seed-schema/words.ts';
import { fileParameter, jsonParameter } from '../interface.ts';
import { error, type FilterFinding, warning } from './findings.ts';
import { fileTypes } from './operators.ts';

const numbers: readonly FilterType[] = ['integer', 'number'];

/** Types of filters for each type of JSON input. An array has none; with `forEach` its elements have. */
const typesFor: Readonly<Record<JsonParameterType, readonly FilterType[]>> = {
  array: [],
  boolean: ['boolean'],
  integer: numbers,
  number: numbers,
  object: ['object'],
  string: ['string'],
};

/** Of a condition with more inputs; each name takes some 20 µs to compare. */
const mostNames = 100;

/**
 * What is wrong with the input that a filter names: there is none, or it is not of the filter's type.
 * @param isHinted whether to look for the name that was meant
 */
export function judgeParameter(
  { name, type }: Pick<Filter, 'name' | 'type'>,
  parameters: DataInterface,
  path: JsonPath,
  isHinted: boolean,
): FilterFinding[] {
  const json = jsonParameter(parameters, name);
  const where = below(path, json || fileParameter(parameters, name) ? 'type' : 'name');
  const mismatch = (words: string) => [
    error('MISMATCHED_TYPE', where, `${where} is ${type}, and ${name} is ${words}`),
  ];
  if (json) {
    if (typesFor[json.type].includes(type)) return [];
    if (json.type === 'array') return mismatch('an array, which filters cannot look at but with forEach');
    return mismatch(`JSON of the type ${json.type}; the filter must be ${listed(typesFor[json.type])}`);
  }
  if (fileParameter(parameters, name))
    return fileTypes.has(type) ? [] : mismatch(`a file; the filter must be ${listed([...fileTypes])}`);
  const names = [...parameters.files, ...parameters.json].map((parameter) => parameter.name);
  const meant = isHinted && names.length <= mostNames ? nearest(name, names) : undefined;
  return [
    warning(
      'UNMATCHED_FILTER',
      where,
      `${where} is ${name}, and the condition has no such input, so that the filter never passes` +
        (meant === undefined ? '' : `; did you mean ${meant}?`),
    ),
  ];
}
