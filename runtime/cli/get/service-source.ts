import { readFile } from 'node:fs/promises';
import type { Client, Parameters } from '../../client/index.ts';
import type { FilterOptions } from '../files/filter-options.ts';
import type { FileSource, Wanted } from './source.ts';

/** Files of a service. @param options judged already */
export function serviceSource(client: Client, options: FilterOptions): FileSource {
  return {
    where: client.url,
    list: async (ids, limit) => {
      if (ids.length > 0) return Promise.all(ids.map((id) => client.file(id)));
      const wanted: Wanted[] = [];
      const query = await queryOf(options);
      for (let cursor: string | null = ''; cursor !== null && wanted.length < limit;) {
        const size = Math.min(1000, limit - wanted.length);
        const page = await client.files({ ...query, order: '-id', page_size: size, cursor });
        wanted.push(...page.results.map(({ id, file_name, file_size }) => ({ id, file_name, file_size })));
        const next = (page as { next?: string | null }).next ?? null;
        cursor = next === null ? null : new URL(next, client.url).searchParams.get('cursor');
      }
      return wanted;
    },
    checksum: (id) => client.checksum(id),
    fetch: (file, directory, signal, onBytes) =>
      client.fetch(file.id, directory, { size: file.file_size, signal, onBytes }),
    close: async () => undefined,
  };
}

/** The filters as parameters of `GET files/`. */
async function queryOf(options: FilterOptions): Promise<Parameters> {
  const { from, to, intersects } = options;
  const shape =
    intersects === undefined ? undefined : await readFile(intersects, 'utf8').catch(() => intersects);
  return {
    data_time: from === undefined && to === undefined ? undefined : `${from ?? '..'}/${to ?? '..'}`,
    bbox: options.bbox,
    intersects: shape,
    name: options.name,
    word: options.word,
    meta_data: options.meta,
    sha256: options.sha256,
    superseded: options.superseded,
    deleted: options.deleted,
    data_type: options.dataType,
    media_type: options.mediaType,
    file_type: options.fileType,
    source_sensor_class: options.sensorClass,
    source_sensor: options.sensor,
    source_collection: options.collection,
    source_task: options.task,
    job_type_name: options.jobType,
    job_id: options.job,
    job_output: options.output,
    recipe_type_name: options.recipeType,
    recipe_id: options.recipe,
    batch_id: options.batch,
    output_id: options.outputId,
    country: options.country,
    workspace: options.workspace,
  };
}
