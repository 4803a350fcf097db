import { cursorOf, type Order, type Queries } from '../database/index.ts';
import { listFiles } from './list.ts';
import type { ScaleFile } from './scale-file.ts';
import type { FileFilter } from './search/filter.ts';

export interface FilePage {
  /** All files that match, on whatever page. */
  readonly count: number;
  /** Cursor of the next page; null on the last one. */
  readonly next: number | null;
  readonly files: readonly ScaleFile[];
}

const newestFirst: Order = [{ field: 'id', descending: true }];

/**
 * Files, newest first.
 * @param limit files on one page; @param before those with a smaller id: the cursor of the page before
 */
export async function searchFiles(
  db: Queries,
  filter: FileFilter,
  limit: number,
  before?: number,
): Promise<FilePage> {
  const cursor = before === undefined ? '' : cursorOf({ keys: [`${before}`], id: before }, newestFirst);
  const page = await listFiles(db, filter, newestFirst, { offset: 0, limit, cursor, isExact: true });
  return { count: page.count, next: page.hasNext ? page.rows.at(-1)!.id : null, files: page.rows };
}
