import { Conditions, type Queries } from '../../database/index.ts';
import { addAreas, type AreaWay } from './area-conditions.ts';
import type { FileFilter } from './filter.ts';
import { jsonPath } from './meta-data.ts';
import { likePattern, wordsQuery } from './name-words.ts';

/** How a statement is to be carried out, where the planner cannot know what is best. */
export interface Ways {
  /** Default: `index`. */
  readonly area?: AreaWay;
  /**
   * Given where files are read in the order of `data_started`: the earliest of those that overlap `dataFrom`, or that time
   * itself. The span is then only looked at, and this bounds the order from below.
   */
  readonly earliest?: string | undefined;
}

/** A filter with the ids of the types that it names: the planner cannot guess how many files there are of a name. */
export interface KnownFilter extends FileFilter {
  readonly namedJobTypes?: readonly number[] | undefined;
  readonly namedRecipeTypes?: readonly number[] | undefined;
  /** Executions of the identities that it names. */
  readonly jobExes?: readonly number[] | undefined;
}

export async function withKnownIds(db: Queries, filter: FileFilter): Promise<KnownFilter> {
  const idsOf = async (table: 'job_type' | 'recipe_type', names: readonly string[] = []) => {
    if (names.length === 0) return undefined;
    const rows = await db.query<{ id: number }>(`select id from ${table} where name = any($1::text[])`, [
      names,
    ]);
    return rows.map(({ id }) => id);
  };
  const namedJobTypes = await idsOf('job_type', filter.jobTypeNames);
  const namedRecipeTypes = await idsOf('recipe_type', filter.recipeTypeNames);
  return { ...filter, namedJobTypes, namedRecipeTypes, jobExes: await executionsOf(db, filter.outputIds) };
}

async function executionsOf(db: Queries, outputIds: readonly string[] = []): Promise<number[] | undefined> {
  if (outputIds.length === 0) return undefined;
  const rows = await db.query<{ id: number }>(
    `select id from job_exe where status <> 'RUNNING' and output_id = any(array(
       select decode(id, 'hex') from unnest($1::text[]) id where id ~ '^[0-9a-f]{64}$'))`,
    [outputIds.map((id) => id.toLowerCase())],
  );
  return rows.map(({ id }) => id);
}

/**
 * What files must meet, over `scale_file f`; `workspaces` also takes `workspace w`.
 * @param values of the statement that the conditions are a part of
 */
export function fileConditions(
  filter: KnownFilter,
  { area = 'index', earliest }: Ways,
  values: unknown[] = [],
): Conditions {
  const conditions = new Conditions(values);
  if (!filter.deleted) conditions.add('not f.is_deleted');
  if (!filter.superseded) conditions.add('not f.is_superseded');
  if (area === 'index' && filter.areas?.length) addSpanOfArea(conditions, filter);
  else addSpan(conditions, filter, earliest);
  addAreas(conditions, filter.areas ?? [], area);
  addNames(conditions, filter);
  for (const condition of filter.metaData ?? [])
    conditions.add(`f.meta_data @@ ${conditions.bind(jsonPath(condition), 'jsonpath')}`);
  addOneOf(conditions, 'f.job_type_id', filter.namedJobTypes);
  addOneOf(conditions, 'f.recipe_type_id', filter.namedRecipeTypes);
  addOneOf(conditions, 'f.job_exe_id', filter.jobExes);
  return conditions
    .within('f.data_started', filter.dataStarted, undefined)
    .within('f.data_ended', undefined, filter.dataEnded)
    .within('f.source_started', filter.sourceStarted, undefined)
    .within('f.source_ended', undefined, filter.sourceEnded)
    .within('f.last_modified', filter.modifiedStarted, filter.modifiedEnded)
    .within('f.created', filter.createdStarted, filter.createdEnded)
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
    .among('f.file_type', filter.fileTypes, 'text')
    .among('f.media_type', filter.mediaTypes, 'text')
    .among('f.sha256', filter.sha256, 'text')
    .overlapping('f.data_type_tags', filter.dataTypes)
    .overlapping('f.countries', filter.countries)
    .among('w.name', filter.workspaces, 'text');
}

function addSpan(
  conditions: Conditions,
  { dataFrom, dataTo }: FileFilter,
  earliest: string | undefined,
): void {
  if (dataFrom === undefined && dataTo === undefined) return;
  const [from, to] = [dataFrom ?? null, dataTo ?? null].map((time) => conditions.bind(time, 'timestamptz'));
  const overlaps = `f.span && tstzrange(${from}, ${to}, '[]')`;
  if (earliest === undefined) conditions.add(overlaps);
  else conditions.add(`coalesce(${overlaps}, false)`).within('f.data_started', earliest, dataTo);
}

/** Milliseconds of a quarter, and when they begin: as `span_quarters` has them. */
const [quarter, firstQuarter] = [7_776_000_000, Date.UTC(2000, 0, 1)];

/** The same as `addSpan`, for the index over areas. */
function addSpanOfArea(conditions: Conditions, { dataFrom, dataTo }: FileFilter): void {
  if (dataFrom === undefined && dataTo === undefined) return;
  const quarters = [dataFrom, dataTo].map((time) => {
    const nth = time === undefined ? NaN : Math.floor((Date.parse(time) - firstQuarter) / quarter);
    return conditions.bind(Number.isNaN(nth) ? null : nth, 'integer');
  });
  const times = [dataFrom, dataTo].map((time) => conditions.bind(time ?? null, 'timestamptz'));
  conditions
    .add(`span_quarters(f.span) && int4range(${quarters.join(', ')}, '[]')`)
    .add(`f.span * '(,)'::tstzrange && tstzrange(${times.join(', ')}, '[]')`);
}

function addNames(conditions: Conditions, { name, words = [] }: FileFilter): void {
  if (name !== undefined) conditions.add(`f.file_name ilike ${conditions.bind(likePattern(name), 'text')}`);
  if (words.length === 0) return;
  const query = conditions.bind(wordsQuery(words), 'text');
  conditions.add(`file_name_words(f.file_name) @@ lower(${query})::tsquery`);
}

/** As `among`, but of no values there is none. */
function addOneOf(conditions: Conditions, column: string, ids: readonly number[] | undefined): void {
  if (ids) conditions.add(`${column} = any(${conditions.bind(ids, 'bigint[]')})`);
}
