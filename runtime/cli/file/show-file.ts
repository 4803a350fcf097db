import { contextFile, filesById, lineageOf, type ScaleFile } from '../../catalog/index.ts';
import { readConfig } from '../../config/index.ts';
import { connect } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { bytes } from '../format.ts';
import { write } from '../progress/writer.ts';
import { areaWords, shownName } from '../run/summary.ts';
import { fileId } from '../service/job-id.ts';
import { moment } from '../service/words.ts';
import { oneLine } from '../table.ts';
import type { FileOptions } from './options.ts';

/** Neighbours that are counted one by one. */
const mostNeighbours = 10_000;

/** `seed file ID`. @returns 0 @throws not-found */
export async function showFile(text: string, { format }: FileOptions): Promise<0> {
  const id = fileId(text);
  const db = await connect(readConfig());
  try {
    const [file] = await filesById(db, [id]);
    if (!file) throw new SeedbedError('not-found', { what: `file ${id}` });
    const lineage = await lineageOf(db, id, { depth: 1, links: mostNeighbours, direction: 'both' });
    const near = (distance: number) => lineage!.files.filter((one) => one.distance === distance);
    const made = { from: near(-1).map((one) => one.id), of: near(1).map((one) => one.id) };
    const document = {
      ...(await contextFile(file)),
      uuid: file.uuid,
      sha256: file.sha256,
      geometry: file.geometry,
      made_from: made.from,
      made_of_it: made.of,
    };
    await write(
      process.stdout,
      format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : asText(file, made),
    );
    return 0;
  } finally {
    await db.close();
  }
}

type Fact = readonly [name: string, value: string | null | undefined];

function asText(file: ScaleFile, made: { readonly from: number[]; readonly of: number[] }): string {
  const state = [
    file.file_type,
    ...(file.is_superseded ? [`superseded ${moment(file.superseded)}`] : []),
    ...(file.is_deleted ? [`deleted ${moment(file.deleted)}`] : []),
  ];
  const { job_type: type, job, job_output: output, recipe } = file;
  const facts: Fact[] = [
    ['file', `${file.id}, ${shownName(file.file_name)}`],
    ['state', state.join(', ')],
    ['workspace', file.workspace.name],
    ['path', shownName(file.file_path)],
    ['url', file.url],
    ['size', bytes(file.file_size)],
    ['type', file.media_type],
    ['tags', file.data_type_tags.join(', ')],
    ['sha256', file.sha256],
    ['uuid', file.uuid],
    ['data', span(file.data_started, file.data_ended)],
    ['area', file.geometry && areaWords(file.geometry)],
    ['countries', file.countries.join(', ')],
    ['sensor', both(file.source_sensor_class, file.source_sensor)],
    ['source', span(file.source_started, file.source_ended)],
    ['collection', file.source_collection],
    ['task', file.source_task],
    ['made by', type && job && `job ${job.id}, ${type.name} ${type.version}, as ${output}`],
    ['recipe', recipe && `${recipe.id}, ${file.recipe_type?.name}, node ${file.recipe_node}`],
    ['made from', ids(made.from)],
    ['given on', ids(made.of)],
    ['created', moment(file.created)],
    ['modified', moment(file.last_modified)],
    ...Object.entries(file.meta_data).map(([name, value], at): Fact => {
      const shown = JSON.stringify(value);
      return [
        at === 0 ? 'metadata' : '',
        `${name} = ${shown.length > 300 ? `${shown.slice(0, 300)}…` : shown}`,
      ];
    }),
  ];
  return facts
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name.padEnd(12)}${oneLine(value!)}\n`)
    .join('');
}

function span(started: string | null, ended: string | null): string {
  const times = [started, ended].filter((time) => time !== null).map(moment);
  return [...new Set(times)].join(' to ');
}

function both(...texts: (string | null)[]): string {
  return texts.filter((text) => text !== null).join(', ');
}

/** The first of them. */
function ids(all: readonly number[]): string {
  if (all.length === 0) return '';
  const shown = all.slice(0, 10).join(', ');
  return all.length > 10
    ? `files ${shown} and ${all.length - 10} more`
    : `file${all.length > 1 ? 's' : ''} ${shown}`;
}
