import { type Order, orderBy, type Queries } from '../database/index.ts';
import { withKnownIds } from './search/conditions.ts';
import type { FileFilter } from './search/filter.ts';
import { planFiles } from './search/plan.ts';

/**
 * The ids of all files that match, in chunks, as they stand now: the server keeps its place, so that a million of them cost
 * one search and no memory.
 * @param tx a transaction, in which one such search is under way at a time
 * @param order as of `listFiles`
 * @param size of a chunk
 */
export async function* eachFile(
  tx: Queries,
  filter: FileFilter,
  order: Order,
  size = 5000,
): AsyncGenerator<readonly number[]> {
  const shapes = (filter.areas ?? []).flatMap(({ geometry }) => geometry ?? []);
  const listing = await planFiles(tx, await withKnownIds(tx, filter), order);
  const { tables, conditions, order: sorted, fields } = listing;
  const columns = shapes.length > 0 ? 'f.id, f.geometry, f.bbox::text as bbox_text' : 'f.id';
  // turf is loaded only where something is looked for by its shape.
  const matches =
    shapes.length > 0 ? (await import('./search/list-touching.ts')).matchesOf(shapes) : () => true;
  await tx.query(
    `declare each_file no scroll cursor for
     select ${columns} from ${tables} where ${conditions.text} order by ${orderBy(sorted, fields, 'f.id')}`,
    conditions.values,
  );
  try {
    for (let isEnd = false; !isEnd;) {
      const rows = await tx.query<Parameters<typeof matches>[0] & { readonly id: number }>(
        `fetch ${size} from each_file`,
      );
      isEnd = rows.length < size;
      const ids = rows.filter(matches).map(({ id }) => id);
      if (ids.length > 0) yield ids;
    }
  } finally {
    await tx.query('close each_file').catch(() => undefined);
  }
}
