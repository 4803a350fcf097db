import { readFile } from 'node:fs/promises';
import type { FilterOptions } from '../files/filter-options.ts';
import { readFilter } from '../files/read-filter.ts';

/** Options by the names that the service has for them. */
const names = {
  name: 'name',
  word: 'word',
  bbox: 'bbox',
  dataType: 'data_type',
  meta: 'meta_data',
  sha256: 'sha256',
  mediaType: 'media_type',
  fileType: 'file_type',
  sensorClass: 'source_sensor_class',
  sensor: 'source_sensor',
  collection: 'source_collection',
  task: 'source_task',
  jobType: 'job_type_name',
  job: 'job_id',
  output: 'job_output',
  outputId: 'output_id',
  recipeType: 'recipe_type_name',
  recipe: 'recipe_id',
  batch: 'batch_id',
  country: 'country',
  workspace: 'workspace',
  superseded: 'superseded',
  deleted: 'deleted',
} as const satisfies Partial<Record<keyof FilterOptions, string>>;

/** Filters of files as members of a body. @throws invalid-usage */
export async function filterBody(options: FilterOptions): Promise<Record<string, unknown>> {
  await readFilter(options);
  const { from, to, intersects } = options;
  const given = Object.entries(names).flatMap(([option, name]) => {
    const value = options[option as keyof typeof names];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(given),
    ...((from ?? to) !== undefined && { data_time: `${from ?? '..'}/${to ?? '..'}` }),
    // A file, or the shape itself, which is no name of one.
    ...(intersects !== undefined && {
      intersects: await readFile(intersects, 'utf8').catch(() => intersects),
    }),
  };
}
