import type { ScaleFile } from '../catalog/index.ts';
import { isDictionary } from '../dag/index.ts';

/** Members of the context document that say what a file is, wherever it lies and whoever made it; in the order of RFC 8785. */
const descriptive = [
  'countries',
  'data_ended',
  'data_started',
  'data_type_tags',
  'geometry',
  'media_type',
  'meta_data',
  'source_collection',
  'source_ended',
  'source_sensor',
  'source_sensor_class',
  'source_started',
  'source_task',
] as const satisfies readonly (keyof ScaleFile)[];

/**
 * What a job can read of a file in INPUT_METADATA and its outputs may depend on. Left out is what says where the file lies,
 * when it was catalogued and by what it was made (ids, path, workspace, URL, times of the row, job, recipe, batch), since
 * the same bytes would never be the same input then; and members that say nothing.
 */
export function describedFile(file: Pick<ScaleFile, (typeof descriptive)[number]>): Record<string, unknown> {
  const described: Record<string, unknown> = {};
  for (const name of descriptive) if (!saysNothing(file[name])) described[name] = file[name];
  return described;
}

function saysNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.length === 0;
  return isDictionary(value) && Object.keys(value).length === 0;
}
