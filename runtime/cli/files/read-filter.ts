import { readFile } from 'node:fs/promises';
import { instant } from '../../../seed-schema/index.ts';
import {
  type FileFilter,
  FilterProblem,
  readBox,
  readChecksum,
  readMetaCondition,
  readSearchArea,
  readWords,
} from '../../catalog/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { FilterOptions } from './filter-options.ts';

/** @throws invalid-usage */
export async function readFilter(options: FilterOptions): Promise<FileFilter> {
  const [from, to] = [time('--from', options.from), time('--to', options.to)];
  if (from !== undefined && to !== undefined && Date.parse(from) > Date.parse(to))
    throw new SeedbedError('invalid-usage', { problem: `--from ${from} is after --to ${to}` });
  const boxes = await each('--bbox', options.bbox, readBox);
  const shapes = await each('--intersects', options.intersects, readShape);
  const words = await each('--word', options.word, readWords);
  const ids = (option: string, texts: string[] | undefined) =>
    texts?.map((text) => wholeNumber(option, text));
  return {
    name: options.name,
    words: words.flat(),
    dataFrom: from,
    dataTo: to,
    areas: [...boxes, ...shapes],
    metaData: await each('--meta', options.meta, readMetaCondition),
    sha256: await each('--sha256', options.sha256, readChecksum),
    dataTypes: options.dataType,
    mediaTypes: options.mediaType,
    fileTypes: options.fileType === undefined ? undefined : [options.fileType],
    sensorClasses: options.sensorClass,
    sensors: options.sensor,
    collections: options.collection,
    tasks: options.task,
    jobTypeNames: options.jobType,
    jobIds: ids('--job', options.job),
    jobOutputs: options.output,
    recipeTypeNames: options.recipeType,
    recipeIds: ids('--recipe', options.recipe),
    batchIds: ids('--batch', options.batch),
    outputIds: options.outputId,
    countries: options.country,
    workspaces: options.workspace,
    superseded: options.superseded,
    deleted: options.deleted,
  };
}

/** @throws invalid-usage */
export function wholeNumber(option: string, text: string, most = Number.MAX_SAFE_INTEGER): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
  throw new SeedbedError('invalid-usage', {
    problem: `${option} takes a whole number from 1 to ${most}, not "${text}"`,
  });
}

/** What an option's values mean. @throws invalid-usage for a `FilterProblem` */
async function each<T>(
  option: string,
  given: string | readonly string[] | undefined = [],
  read: (text: string) => T | Promise<T>,
): Promise<T[]> {
  try {
    return await Promise.all([given].flat().map(async (text) => read(text)));
  } catch (error) {
    if (!(error instanceof FilterProblem)) throw error;
    throw new SeedbedError('invalid-usage', { problem: `${option} ${error.message}` });
  }
}

/** GeoJSON or well-known text, or a file of that. */
async function readShape(text: string) {
  const isShape = /^\s*(\{|(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\b|GEOMETRYCOLLECTION\b)/i.test(
    text,
  );
  if (isShape) return readSearchArea(text);
  const content = await readFile(text, 'utf8').catch((error: Error) => {
    throw new FilterProblem(`takes a file or well-known text; the file cannot be read: ${error.message}`);
  });
  return readSearchArea(content);
}

function time(option: string, text: string | undefined): string | undefined {
  if (text === undefined || instant(text) !== undefined) return text;
  throw new SeedbedError('invalid-usage', {
    problem: `${option} takes a time with an offset, such as 2019-10-14T00:00:00Z, not ${JSON.stringify(text)}`,
  });
}
