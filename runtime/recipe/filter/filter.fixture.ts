import type { Filter, FilterType } from '../../../seed-schema/index.ts';
import { acceptsData } from './accepts-data.ts';
import { fileTypes } from './operators.ts';
import type { FileFacts } from './values.ts';

/** A filter of the input IN, with what is not given as definitions have it by default. */
export function filterOf(members: Partial<Filter>): Filter {
  return {
    name: 'IN',
    type: 'string',
    condition: '==',
    values: ['a'],
    fields: [],
    all_fields: true,
    all_files: true,
    ...members,
  };
}

/** A file of which one fact is known, the one that filters of a type look at. */
export function fileOf(type: FilterType, fact: unknown): FileFacts {
  const members = {
    filename: 'file_name',
    'media-type': 'media_type',
    'data-type': 'data_type_tags',
    'meta-data': 'meta_data',
  };
  return {
    file_name: 'file',
    media_type: 'application/octet-stream',
    data_type_tags: [],
    meta_data: {},
    [members[type as keyof typeof members]]: fact,
  };
}

/** Whether a filter of the input IN passes for one value, or for one file of which this is the fact. */
export function judgedWith(filter: Filter, value: unknown): boolean {
  const { type } = filter;
  const isFile = fileTypes.has(type);
  return acceptsData(
    { filters: [filter], all: true },
    {
      files: isFile ? [{ name: 'IN', media_types: [], required: true, multiple: false }] : [],
      json: isFile ? [] : [{ name: 'IN', type: type as 'string', required: true }],
    },
    { files: isFile ? { IN: [fileOf(type, value)] } : {}, json: isFile ? {} : { IN: value } },
  );
}
