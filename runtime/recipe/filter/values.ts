import type { Filter } from '../../../seed-schema/index.ts';
import { isObject } from '../../../seed-schema/index.ts';
import { isSubset } from './compare.ts';

/** What filters look at of a file. */
export interface FileFacts {
  readonly file_name: string;
  readonly media_type: string;
  readonly data_type_tags: readonly string[];
  readonly meta_data: unknown;
}

/** What a condition was given, by name. */
export interface FilterData {
  readonly files: Readonly<Record<string, readonly FileFacts[]>>;
  readonly json: Readonly<Record<string, unknown>>;
}

/** What a filter of a type compares of a file. */
export function factOf(type: Filter['type'], file: FileFacts): unknown {
  switch (type) {
    case 'filename':
      return file.file_name;
    case 'media-type':
      return file.media_type;
    case 'data-type':
      return file.data_type_tags;
    default:
      return file.meta_data;
  }
}

/** A JSON value as a filter of a type compares it; undefined when it is not of that type. */
export function jsonOf(type: Filter['type'], value: unknown): unknown {
  switch (type) {
    case 'integer':
    case 'number':
      return numberOf(value);
    case 'object':
      return isObject(value) ? value : undefined;
    default:
      return typeof value === type ? value : undefined;
  }
}

/** A number, or a text that writes one: Scale's definitions have `"values": ["100"]`. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.length > 64 || !/^\s*[-+.\d]/.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) && !/[box]/i.test(value) ? number : undefined;
}

/** A file has several data types: one value is one of them, a list is all of them. */
export function isDataType(tags: unknown, wanted: unknown): boolean {
  if (!Array.isArray(tags)) return false;
  return Array.isArray(wanted) ? isSubset(tags, wanted) && isSubset(wanted, tags) : tags.includes(wanted);
}

/** What stands at a path; a place that is not there counts as null. Items of lists go by their index, from 0. */
export function fieldAt(value: unknown, path: readonly (string | number)[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return null;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}
