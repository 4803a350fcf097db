import type { Geometry } from 'geojson';
import {
  Conditions,
  type Listing,
  listPage,
  type ListPage,
  type Order,
  type Queries,
  type Window,
} from '../database/index.ts';
import { type ScaleFile, scaleFileColumns, scaleFileTables } from './scale-file.ts';
import { withKnownIds } from './search/conditions.ts';
import type { FileFilter } from './search/filter.ts';
import { fileOrders, planFewFiles, planFiles } from './search/plan.ts';

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

/**
 * Files that are neither deleted nor superseded, unless those are asked for too.
 * @param order none: what is found by time by that time, spans with the newest first, and everything else by id
 */
export async function listFiles(
  db: Queries,
  filter: FileFilter,
  order: Order,
  window: Window,
): Promise<ListPage<ScaleFile>> {
  const known = await withKnownIds(db, filter);
  const shapes = (filter.areas ?? []).flatMap(({ geometry }) => geometry ?? []);
  const few = planFewFiles(db, known, order, shapes.length > 0);
  const page = few && (await listPlanned(db, few, shapes, window));
  if (page && !page.isEstimate) return page;
  return listPlanned(db, await planFiles(db, known, order, shapes.length > 0), shapes, window);
}

async function listPlanned(
  db: Queries,
  listing: Listing,
  shapes: readonly Geometry[],
  window: Window,
): Promise<ListPage<ScaleFile>> {
  if (shapes.length === 0) return listPage<ScaleFile>(db, listing, window);
  // turf is loaded only where something is looked for by its shape.
  const { listTouching } = await import('./search/list-touching.ts');
  return listTouching(db, listing, shapes, window);
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
  const listing = {
    tables: 'scale_file f',
    id: 'f.id',
    conditions,
    order: [],
    fields: fileOrders,
    columns: scaleFileColumns,
    joins: scaleFileTables.replace('scale_file f', 'scale_file f on f.id = page.id'),
  };
  return listPage<ScaleFile>(db, listing, window);
}
