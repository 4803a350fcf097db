import { v7 as uuidv7 } from 'uuid';
import type { Queries } from '../database/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { type FileMetadata, placeColumns } from './metadata.ts';
import type { ScaleFile } from './scale-file.ts';

/** A harvested file that is about to become a row. */
export interface NewProduct {
  /** Inside its workspace. */
  readonly filePath: string;
  /** Bytes. */
  readonly size: number;
  /** What its workspace calls this content, see `FileEntry.version`. */
  readonly version: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sha256: string;
  /** Name of the output in the manifest. */
  readonly output: string;
  /** See `productUuids`. */
  readonly uuid: string;
  readonly metadata: FileMetadata | null;
}

/** The execution that made the products. */
export interface Producer {
  readonly jobTypeId: number;
  readonly jobId: number;
  readonly jobExeId: number;
}

/** What products take over from the job's inputs where their own sidecar says nothing (as on Scale). */
export interface SourceDefaults {
  readonly started: string | null;
  readonly ended: string | null;
  readonly sensorClass: string | null;
  readonly sensor: string | null;
  readonly collection: string | null;
  readonly task: string | null;
}

/** Earliest start, latest end and greatest texts of the inputs. */
export function sourceDefaults(inputs: readonly ScaleFile[]): SourceDefaults {
  const values = (pick: (file: ScaleFile) => string | null) =>
    inputs
      .map(pick)
      .filter((value) => value !== null)
      .sort();
  const last = (pick: (file: ScaleFile) => string | null) => values(pick).at(-1) ?? null;
  return {
    started: values((file) => file.source_started)[0] ?? null,
    ended: last((file) => file.source_ended),
    sensorClass: last((file) => file.source_sensor_class),
    sensor: last((file) => file.source_sensor),
    collection: last((file) => file.source_collection),
    task: last((file) => file.source_task),
  };
}

/** Rows in one statement: enough to make round trips cheap, few enough to keep memory flat. */
const batchRows = 100;

/**
 * Catalogues the products of one execution with their lineage. A file that stood at the same path before is superseded.
 * Takes them a batch at a time, and keeps none.
 * @returns their ids in the order of `products`
 */
export async function registerProducts(
  db: Queries,
  workspace: Workspace,
  producer: Producer,
  inputs: readonly ScaleFile[],
  products: Iterable<NewProduct>,
): Promise<number[]> {
  const defaults = sourceDefaults(inputs);
  const ancestors = [...new Set(inputs.map((file) => file.id))];
  const registered: number[] = [];
  let rows: RowText[] = [];
  const register = async () => {
    const ids = await insert(db, workspace, producer, rows);
    await link(db, producer, ancestors, ids);
    registered.push(...ids);
    rows = [];
  };
  for (const product of products) {
    // As text at once: a batch of objects outlives the quick rounds of the garbage collector, and piles up.
    rows.push({ filePath: product.filePath, text: JSON.stringify(await asRow(product, defaults)) });
    if (rows.length === batchRows) await register();
  }
  if (rows.length > 0) await register();
  return registered;
}

/** A row as JSON. */
interface RowText {
  readonly filePath: string;
  readonly text: string;
}

async function asRow(product: NewProduct, defaults: SourceDefaults) {
  const { metadata } = product;
  return {
    uuid: product.uuid,
    version_id: uuidv7(),
    file_path: product.filePath,
    file_name: product.fileName,
    media_type: product.mediaType,
    file_size: product.size,
    sha256: product.sha256,
    file_stat: product.version,
    job_output: product.output,
    data_type_tags: metadata?.dataTypes ?? [],
    meta_data: metadata?.metaData ?? {},
    ...(await placeColumns(metadata)),
    data_started: metadata?.dataStarted ?? null,
    data_ended: metadata?.dataEnded ?? null,
    source_started: metadata?.sourceStarted ?? defaults.started,
    source_ended: metadata?.sourceEnded ?? defaults.ended,
    source_sensor_class: metadata?.sourceSensorClass ?? defaults.sensorClass,
    source_sensor: metadata?.sourceSensor ?? defaults.sensor,
    source_collection: metadata?.sourceCollection ?? defaults.collection,
    source_task: metadata?.sourceTask ?? defaults.task,
  };
}

/** @returns ids in the order of the rows */
async function insert(
  db: Queries,
  workspace: Workspace,
  producer: Producer,
  rows: readonly RowText[],
): Promise<number[]> {
  const text = `[${rows.map((row) => row.text).join(',')}]`;
  await supersede(
    db,
    workspace,
    rows.map(({ filePath }) => filePath),
  );
  const inserted = await db.query<{ id: number; file_path: string }>(
    `insert into scale_file
       (workspace_id, job_type_id, job_id, job_exe_id, file_type, has_been_published, is_published, published,
        uuid, version_id, file_path, file_name, media_type, file_size, sha256, file_stat, job_output, data_type_tags,
        meta_data, geometry, bbox, center_point, countries, data_started, data_ended, source_started, source_ended,
        source_sensor_class, source_sensor, source_collection, source_task, recipe_id, recipe_node, batch_id, recipe_type_id)
     select $1, $3, $4, $5, 'PRODUCT', true, true, now(),
       r.uuid, r.version_id, r.file_path, r.file_name, r.media_type, r.file_size, r.sha256, r.file_stat, r.job_output,
       r.data_type_tags, r.meta_data, r.geometry, r.bbox, r.center_point, r.countries, r.data_started, r.data_ended,
       r.source_started, r.source_ended, r.source_sensor_class, r.source_sensor, r.source_collection, r.source_task,
       part.recipe_id, part.recipe_node, part.batch_id, part.recipe_type_id
     from jsonb_to_recordset($2::jsonb) as r (uuid text, version_id uuid, file_path text, file_name text,
       media_type text, file_size bigint, sha256 text, file_stat text, job_output text, data_type_tags text[],
       meta_data jsonb, geometry jsonb, bbox box, center_point point, countries text[], data_started timestamptz, data_ended timestamptz,
       source_started timestamptz, source_ended timestamptz, source_sensor_class text, source_sensor text,
       source_collection text, source_task text)
     left join (select j.recipe_id, j.recipe_node, j.batch_id, p.recipe_type_id
       from job j left join recipe p on p.id = j.recipe_id where j.id = $4) part on true
     returning id, file_path`,
    [workspace.id, text, producer.jobTypeId, producer.jobId, producer.jobExeId],
  );
  const ids = new Map(inserted.map((row) => [row.file_path, row.id]));
  return rows.map(({ filePath }) => ids.get(filePath)!);
}

/**
 * Files that stood at these paths are no longer the current ones. Each path is looked up by itself: rows of this very
 * transaction are in no statistics, and a join would go through all of them again for each batch (half the time of 130,000
 * products); and so would the index of current files, which the outer condition is written not to match.
 */
async function supersede(db: Queries, workspace: Workspace, filePaths: readonly string[]): Promise<void> {
  await db.query(
    `update scale_file f set is_superseded = true, superseded = now(), is_published = false, last_modified = now()
     where (f.is_superseded or f.is_deleted) is false and f.id = any(array(
       select (select o.id from scale_file o
         where o.workspace_id = $1 and md5(o.file_path) = md5(r.file_path) and o.file_path = r.file_path
           and not o.is_superseded and not o.is_deleted)
       from unnest($2::text[]) r (file_path)))`,
    [workspace.id, filePaths],
  );
}

async function link(
  db: Queries,
  producer: Producer,
  ancestors: readonly number[],
  descendants: readonly number[],
): Promise<void> {
  if (ancestors.length === 0 || descendants.length === 0) return;
  await db.query(
    `insert into file_ancestry_link (ancestor_id, descendant_id, job_exe_id, job_id, recipe_id, batch_id)
     select a, d, $3, j.id, j.recipe_id, j.batch_id
     from job j cross join unnest($1::bigint[]) a cross join unnest($2::bigint[]) d where j.id = $4`,
    [ancestors, descendants, producer.jobExeId, producer.jobId],
  );
}
