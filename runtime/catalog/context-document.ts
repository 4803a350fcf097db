import type { Geometry } from 'geojson';
import type { ScaleFile } from './scale-file.ts';

/** A file as jobs read it in the context document (`INPUT_METADATA`): Scale's members, in Scale's order. */
export async function contextFile(file: ScaleFile): Promise<Record<string, unknown>> {
  return {
    id: file.id,
    file_name: file.file_name,
    workspace: file.workspace,
    data_type_tags: file.data_type_tags,
    media_type: file.media_type,
    file_type: file.file_type,
    file_size: file.file_size,
    file_path: file.file_path,
    is_deleted: file.is_deleted,
    url: file.url,
    created: file.created,
    deleted: file.deleted,
    data_started: file.data_started,
    data_ended: file.data_ended,
    source_started: file.source_started,
    source_ended: file.source_ended,
    source_sensor_class: file.source_sensor_class,
    source_sensor: file.source_sensor,
    source_collection: file.source_collection,
    source_task: file.source_task,
    last_modified: file.last_modified,
    geometry: file.geometry && (await asText(file.geometry)),
    center_point: file.center_point && `POINT (${file.center_point.x} ${file.center_point.y})`,
    countries: file.countries,
    job_type: file.job_type,
    job: file.job,
    job_exe: file.job_exe,
    job_output: file.job_output,
    recipe_type: file.recipe_type,
    recipe: file.recipe,
    recipe_node: file.recipe_node,
    batch: file.batch,
    is_superseded: file.is_superseded,
    superseded: file.superseded,
    meta_data: file.meta_data,
  };
}

/** The library is loaded only when a file has an area. */
async function asText(geometry: Geometry): Promise<string> {
  const { wellKnownText } = await import('./wkt.ts');
  return wellKnownText(geometry);
}

/** What something was given, by input. */
export interface GivenData {
  readonly files: ReadonlyMap<string, readonly ScaleFile[]>;
  readonly json: ReadonlyMap<string, unknown>;
}

/**
 * The context document of a job: `{"JOB": {input: [file, ...] | value}}` with every input of its interface, and `RECIPE`
 * with those of its recipe. As on Scale, a job without file inputs has no `JOB` member, and a recipe without input no
 * `RECIPE`.
 */
export async function contextDocument(
  files: GivenData['files'],
  json: GivenData['json'],
  recipe?: GivenData,
): Promise<Record<string, unknown>> {
  return {
    ...(files.size > 0 && { JOB: await member({ files, json }) }),
    ...(recipe && recipe.files.size + recipe.json.size > 0 && { RECIPE: await member(recipe) }),
  };
}

async function member({ files, json }: GivenData): Promise<Record<string, unknown>> {
  const members: [string, unknown][] = [];
  for (const [name, rows] of files) members.push([name, await Promise.all(rows.map(contextFile))]);
  return Object.fromEntries([...members, ...json]);
}
