import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../database/index.ts';
import { type ScaleFile, scaleFileColumns, scaleFileTables } from './scale-file.ts';

/** Which files are listed, as Scale's clients ask; every member given must hold. Times are ISO 8601 with an offset. */
export interface FileListFilter {
  readonly dataStarted?: string | undefined;
  readonly dataEnded?: string | undefined;
  readonly sourceStarted?: string | undefined;
  readonly sourceEnded?: string | undefined;
  readonly modifiedStarted?: string | undefined;
  readonly modifiedEnded?: string | undefined;
  readonly sensorClasses?: readonly string[] | undefined;
  readonly sensors?: readonly string[] | undefined;
  readonly collections?: readonly string[] | undefined;
  readonly tasks?: readonly string[] | undefined;
  readonly jobOutputs?: readonly string[] | undefined;
  readonly jobTypeIds?: readonly number[] | undefined;
  readonly jobTypeNames?: readonly string[] | undefined;
  readonly jobIds?: readonly number[] | undefined;
  readonly recipeIds?: readonly number[] | undefined;
  readonly recipeNodes?: readonly string[] | undefined;
  readonly recipeTypeIds?: readonly number[] | undefined;
  readonly batchIds?: readonly number[] | undefined;
  readonly fileNames?: readonly string[] | undefined;
  readonly createdStarted?: string | undefined;
  readonly createdEnded?: string | undefined;
  readonly fileTypes?: readonly string[] | undefined;
  readonly mediaTypes?: readonly string[] | undefined;
  /** Tags; a file has one of them. */
  readonly dataTypes?: readonly string[] | undefined;
  /** ISO 3166 codes; a file lies in one of them. */
  readonly countries?: readonly string[] | undefined;
  readonly workspaces?: readonly string[] | undefined;
}

/** Which input files are listed. */
export interface InputFileFilter {
  /** Whose; with `input`: only those that were given as that. */
  readonly of: {
    readonly kind: 'job' | 'recipe';
    readonly id: number;
    readonly input?: string | undefined;
  };
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
  /** What `started` and `ended` are about. */
  readonly timeField: 'last_modified' | 'data' | 'source';
  readonly fileName?: string | undefined;
}

/** Fields that files can be sorted by. */
export const fileOrders: OrderFields = {
  id: { sql: 'f.id', type: 'bigint' },
  file_name: { sql: 'f.file_name', type: 'text' },
  file_path: { sql: 'f.file_path', type: 'text' },
  file_size: { sql: 'f.file_size', type: 'bigint' },
  file_type: { sql: 'f.file_type', type: 'text' },
  media_type: { sql: 'f.media_type', type: 'text' },
  created: { sql: 'f.created', type: 'timestamptz' },
  last_modified: { sql: 'f.last_modified', type: 'timestamptz' },
  data_started: { sql: 'f.data_started', type: 'timestamptz', nullable: true },
  data_ended: { sql: 'f.data_ended', type: 'timestamptz', nullable: true },
  source_started: { sql: 'f.source_started', type: 'timestamptz', nullable: true },
  source_ended: { sql: 'f.source_ended', type: 'timestamptz', nullable: true },
  job_type__name: { sql: 't.name', type: 'text', nullable: true },
  workspace__name: { sql: 'w.name', type: 'text' },
};

/** Files that are neither deleted nor superseded. */
export async function listFiles(
  db: Queries,
  filter: FileListFilter,
  order: Order,
  window: Window,
): Promise<ListPage<ScaleFile>> {
  const conditions = new Conditions()
    .add('not f.is_deleted and not f.is_superseded')
    .within('f.data_started', filter.dataStarted, undefined)
    .within('f.data_ended', undefined, filter.dataEnded)
    .within('f.source_started', filter.sourceStarted, undefined)
    .within('f.source_ended', undefined, filter.sourceEnded)
    .within('f.last_modified', filter.modifiedStarted, filter.modifiedEnded)
    .amongLong('f.source_sensor_class', filter.sensorClasses)
    .amongLong('f.source_sensor', filter.sensors)
    .amongLong('f.source_collection', filter.collections)
    .amongLong('f.source_task', filter.tasks)
    .among('f.job_output', filter.jobOutputs, 'text')
    .among('f.job_type_id', filter.jobTypeIds, 'bigint')
    .among('f.job_id', filter.jobIds, 'bigint')
    .among('f.recipe_id', filter.recipeIds, 'bigint')
    .among('f.recipe_node', filter.recipeNodes, 'text')
    .among('f.recipe_type_id', filter.recipeTypeIds, 'bigint')
    .among('f.batch_id', filter.batchIds, 'bigint')
    .among('f.file_name', filter.fileNames, 'text')
    .within('f.created', filter.createdStarted, filter.createdEnded)
    .among('f.file_type', filter.fileTypes, 'text')
    .among('f.media_type', filter.mediaTypes, 'text')
    .overlapping('f.data_type_tags', filter.dataTypes)
    .overlapping('f.countries', filter.countries)
    .among('w.name', filter.workspaces, 'text');
  if (filter.jobTypeNames !== undefined) await addTypes(db, conditions, filter.jobTypeNames);
  const sorted = order.length > 0 ? order : byTime(filter);
  const needsJoins = filter.workspaces ?? sorted.find(({ field }) => field.includes('__'));
  return page(db, needsJoins ? scaleFileTables : 'scale_file f', conditions, sorted, window);
}

/**
 * A range of time sorts by that time. By id the planner would go through all files from the first on, which took 7 s where
 * those of yesterday were meant.
 */
function byTime(filter: FileListFilter): Order {
  const ranges = {
    last_modified: filter.modifiedStarted ?? filter.modifiedEnded,
    created: filter.createdStarted ?? filter.createdEnded,
    data_started: filter.dataStarted ?? filter.dataEnded,
    source_started: filter.sourceStarted ?? filter.sourceEnded,
  };
  const given = Object.entries(ranges).find(([, time]) => time !== undefined);
  return given ? [{ field: given[0], descending: false }] : [];
}

/** Looked up first: the planner cannot guess how many files there are of a name of a job type. */
async function addTypes(db: Queries, conditions: Conditions, names: readonly string[]): Promise<void> {
  const types = await db.query<{ id: number }>('select id from job_type where name = any($1::text[])', [
    names,
  ]);
  const ids = conditions.bind(
    types.map(({ id }) => id),
    'bigint[]',
  );
  conditions.add(`f.job_type_id = any(${ids})`);
}

/** What a job or recipe was given, by id; a file that was given twice is listed once. */
export async function listInputFiles(
  db: Queries,
  filter: InputFileFilter,
  window: Window,
): Promise<ListPage<ScaleFile>> {
  const [from, to] = {
    last_modified: ['f.last_modified', 'f.last_modified'],
    data: ['f.data_started', 'f.data_ended'],
    source: ['f.source_started', 'f.source_ended'],
  }[filter.timeField] as [string, string];
  const conditions = new Conditions()
    .within(from, filter.started, undefined)
    .within(to, undefined, filter.ended)
    .equal('f.file_name', filter.fileName, 'text');
  const { kind, id, input: name } = filter.of;
  const input = name === undefined ? '' : `and i.${kind}_input = ${conditions.bind(name, 'text')}`;
  conditions.add(
    `f.id in (select i.input_file_id from ${kind}_input_file i where i.${kind}_id = ${conditions.bind(id, 'bigint')} ${input})`,
  );
  return page(db, 'scale_file f', conditions, [], window);
}

function page(
  db: Queries,
  tables: string,
  conditions: Conditions,
  order: Order,
  window: Window,
): Promise<ListPage<ScaleFile>> {
  const listing = {
    tables,
    id: 'f.id',
    conditions,
    order,
    fields: fileOrders,
    columns: scaleFileColumns,
    joins: scaleFileTables.replace('scale_file f', 'scale_file f on f.id = page.id'),
  };
  return listPage<ScaleFile>(db, listing, window);
}
