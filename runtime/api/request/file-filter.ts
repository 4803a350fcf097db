import {
  type FileFilter,
  FilterProblem,
  readBox,
  readChecksum,
  readMetaCondition,
  readSearchArea,
  readWords,
  type SearchArea,
} from '../../catalog/index.ts';
import { flag, numbers, one, several, text, texts, time, type Values, words } from './parameters.ts';
import { type Query, refuse } from './query.ts';
import { sourceFilter, sourceParameters } from './source-filter.ts';
import { readTimeSpan, type TimeSpan } from './time-span.ts';

/** By what files are found. */
export const fileParameters = {
  data_time: one(
    { type: 'string', examples: ['2019-10-14T00:00:00Z/P30D'] },
    'Their data overlap it: an interval of ISO 8601, `FROM/TO`, `FROM/P1D`, `FROM/..`.',
    spanOf,
  ),
  bbox: text(
    '`WEST,SOUTH,EAST,NORTH` in degrees: their bounding box touches it. West greater than east crosses the antimeridian.',
  ),
  intersects: text('GeoJSON or well-known text: their data touch it.'),
  name: text('Part of the name, or a pattern with `*` and `?`.'),
  word: texts('Whole words of the name, or with `*` their beginnings, as `LC08*`; all of them are there.'),
  meta_data: {
    ...several(
      { type: 'string', examples: ['cloud.cover<=0.1', 'product=L1TP'] },
      'A member of `meta_data` and what it must be: `PATH=VALUE`, or with `<`, `<=`, `>`, `>=`. `meta_data.PATH=VALUE` is the same.',
      metaConditions,
    ),
    hasPaths: true,
  },
  sha256: texts('Checksum of the content, 64 hexadecimal digits.'),
  superseded: flag('Also files that a newer version took the place of.'),
  deleted: flag('Also files that were deleted.'),
  data_started: time('Data not before then.'),
  data_ended: time('Data not after then.'),
  source_started: time('Collected not before then.'),
  source_ended: time('Collected not after then.'),
  modified_started: time('Last modified not before then.'),
  modified_ended: time('Last modified not after then.'),
  ...sourceParameters,
  job_output: texts('Name of the output that it is of.'),
  job_type_id: numbers('Job type that made it.'),
  job_type_name: texts('Name of the job type that made it.'),
  job_id: numbers('Job that made it.'),
  output_id: texts('Identity of the execution that made it.'),
  recipe_id: numbers('Recipe that made it.'),
  recipe_node: texts('Node of the recipe that made it.'),
  recipe_type_id: numbers('Recipe type that made it.'),
  recipe_type_name: texts('Name of the recipe type that made it.'),
  batch_id: numbers('Batch that made it.'),
  file_name: texts('Name, without directories.'),
  created_started: time('Catalogued not before then.'),
  created_ended: time('Catalogued not after then.'),
  file_type: words(['SOURCE', 'PRODUCT'], 'Whether a job made it.'),
  media_type: texts('Media type, as image/tiff.'),
  data_type: texts('Tag; a file has one of them.'),
  country: texts('ISO 3166 code of a country; a file lies in one of them.'),
  workspace: texts('Name of its workspace.'),
};

/** The same, as `listFiles` takes it. @throws invalid-request */
export async function fileFilter(query: Values<typeof fileParameters>): Promise<FileFilter> {
  const { bbox, intersects } = query;
  const areas: SearchArea[] = [];
  if (bbox !== undefined) areas.push(understood('bbox', () => readBox(bbox)));
  if (intersects !== undefined) {
    const area = await readSearchArea(intersects).catch((error: unknown) => error);
    areas.push(
      understood('intersects', () => {
        if (area instanceof Error) throw area;
        return area as SearchArea;
      }),
    );
  }
  return {
    ...sourceFilter(query),
    areas,
    dataFrom: query.data_time?.from,
    dataTo: query.data_time?.to,
    name: query.name,
    words: query.word?.flatMap((word) => understood('word', () => readWords(word))),
    metaData: query.meta_data?.map((text) => understood('meta_data', () => readMetaCondition(text))),
    sha256: query.sha256?.map((text) => understood('sha256', () => readChecksum(text))),
    superseded: query.superseded,
    deleted: query.deleted,
    dataStarted: query.data_started,
    dataEnded: query.data_ended,
    sourceStarted: query.source_started,
    sourceEnded: query.source_ended,
    modifiedStarted: query.modified_started,
    modifiedEnded: query.modified_ended,
    createdStarted: query.created_started,
    createdEnded: query.created_ended,
    jobOutputs: query.job_output,
    jobTypeIds: query.job_type_id,
    jobTypeNames: query.job_type_name,
    jobIds: query.job_id,
    recipeIds: query.recipe_id,
    recipeNodes: query.recipe_node,
    recipeTypeIds: query.recipe_type_id,
    recipeTypeNames: query.recipe_type_name,
    batchIds: query.batch_id,
    outputIds: query.output_id,
    fileNames: query.file_name,
    fileTypes: query.file_type,
    mediaTypes: query.media_type,
    dataTypes: query.data_type,
    countries: query.country,
    workspaces: query.workspace,
  };
}

/** @throws invalid-request for a `FilterProblem`, by the name of its parameter */
function understood<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof FilterProblem ? refuse(name, error.message) : error;
  }
}

function spanOf(query: Query, name: string): TimeSpan | undefined {
  const given = query.text(name);
  const span = given === undefined ? undefined : readTimeSpan(given);
  if (given === undefined || span) return span;
  const example = '2019-10-14T00:00:00Z/2019-11-14T00:00:00Z';
  throw refuse(
    name,
    `must be an interval whose times have an offset, as ${example}, not ${JSON.stringify(given.slice(0, 100))}`,
  );
}

/** Of `meta_data=a.b>=1`, and of `meta_data.a.b>=1`, which an address has as the name `meta_data.a.b>` and the value `1`. */
function metaConditions(query: Query, name: string): string[] | undefined {
  const dotted = query
    .names()
    .filter((one) => one.startsWith(`${name}.`))
    .flatMap((one) => {
      const condition = one.slice(name.length + 1);
      return query.texts(one)?.map((value) => `${condition}=${value}`) ?? [condition];
    });
  const all = [...(query.texts(name) ?? []), ...dotted];
  return all.length > 0 ? all : undefined;
}
