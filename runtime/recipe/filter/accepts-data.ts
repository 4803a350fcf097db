import type { DataFilter, DataInterface, Filter } from '../../../seed-schema/index.ts';
import { fileParameter, jsonParameter } from '../interface.ts';
import { sameJson } from './compare.ts';
import { fileTypes, holds, looksAtFields } from './operators.ts';
import { factOf, fieldAt, type FilterData, isDataType, jsonOf, numberOf } from './values.ts';

/**
 * Whether a condition accepts what it was given. docs/conditions.md has the meaning of each operator. A filter of what has
 * no value fails; a filter without filters accepts.
 * @param filter one that `judgeFilter` finds no error in
 * @param parameters what the condition takes; with `forEach`: each time
 */
export function acceptsData(
  { filters, all }: DataFilter,
  parameters: DataInterface,
  data: FilterData,
): boolean {
  return filters.length === 0 || quantified(all, filters, (filter) => passes(filter, parameters, data));
}

/** Whether one filter passes. */
export function passes(filter: Filter, parameters: DataInterface, { files, json }: FilterData): boolean {
  const { name, type } = filter;
  if (fileTypes.has(type)) {
    const given = fileParameter(parameters, name) && Object.hasOwn(files, name) ? files[name]! : [];
    return (
      given.length > 0 && quantified(filter.all_files, given, (file) => holdsOf(filter, factOf(type, file)))
    );
  }
  const value =
    jsonParameter(parameters, name) && Object.hasOwn(json, name) ? jsonOf(type, json[name]) : undefined;
  return value !== undefined && holdsOf(filter, value);
}

function holdsOf(filter: Filter, value: unknown): boolean {
  const { type, condition, values, fields, all_fields } = filter;
  if (looksAtFields(filter))
    return quantified(all_fields, [...fields.entries()], ([index, path]) =>
      holds(condition, fieldAt(value, path), valuesOfField(filter, index)),
    );
  const isNumber = type === 'integer' || type === 'number';
  return holds(
    condition,
    value,
    isNumber ? values.map(numberOf) : values,
    type === 'data-type' ? isDataType : sameJson,
  );
}

/** The values for a field: a list of them, or one that stands alone. */
export function valuesOfField({ values }: Pick<Filter, 'values'>, index: number): readonly unknown[] {
  const given = values[index];
  return Array.isArray(given) ? given : [given];
}

function quantified<Item>(all: boolean, items: readonly Item[], test: (item: Item) => boolean): boolean {
  return all ? items.every(test) : items.some(test);
}
