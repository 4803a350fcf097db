import type { BatchRowDocument } from '../../../../seed-schema/index.ts';
import type { Journal } from '../journal/journal.ts';
import type { RowPlaces } from '../journal/row-places.ts';

/** How each row ended, in the order of the rows, read from the journal one by one. */
export async function* rowsIn(journal: Journal, places: RowPlaces): AsyncGenerator<BatchRowDocument> {
  for (const { row, line, place } of places) {
    const entry = await journal.read(place);
    // What an earlier process has written may have stood elsewhere then.
    if ('ended' in entry) yield { ...entry.ended.row, row, line };
  }
}
