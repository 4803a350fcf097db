import type { DataInterface, FileParameter, JsonParameter } from '../../../seed-schema/index.ts';
import { fileParameter, jsonParameter } from '../interface.ts';
import type { Change } from './recipe-diff.ts';

/**
 * Why input that was given for one interface may not do for another; nothing when it always does. Media types are only
 * warned of elsewhere, as on Scale.
 */
export function inputMisfits(before: DataInterface, after: DataInterface): Change[] {
  return [
    ...after.files.flatMap((parameter) => fileMisfit(before, parameter)),
    ...after.json.flatMap((parameter) => jsonMisfit(before, parameter)),
  ].map((problem) => ({ name: 'INPUT_CHANGE', description: `Input interface has changed: ${problem}` }));
}

function fileMisfit(before: DataInterface, { name, required, multiple }: FileParameter): string[] {
  const given = fileParameter(before, name);
  if (!given)
    return jsonParameter(before, name)
      ? [`the input ${name} takes files now, and had a JSON value before`]
      : missing(name, required);
  return [
    ...optional(name, required, given),
    ...(given.multiple && !multiple
      ? [`the input ${name} takes one file only now, and took several before`]
      : []),
  ];
}

function jsonMisfit(before: DataInterface, { name, required, type }: JsonParameter): string[] {
  const given = jsonParameter(before, name);
  if (!given)
    return fileParameter(before, name)
      ? [`the input ${name} has a JSON value now, and took files before`]
      : missing(name, required);
  const fits = given.type === type || (given.type === 'integer' && type === 'number');
  return [
    ...optional(name, required, given),
    ...(fits ? [] : [`the input ${name} is of the type ${type} now, and was ${given.type} before`]),
  ];
}

function missing(name: string, required: boolean): string[] {
  return required ? [`the input ${name} is required and new`] : [];
}

function optional(name: string, required: boolean, given: { readonly required: boolean }): string[] {
  return required && !given.required ? [`the input ${name} is required now, and was optional before`] : [];
}
