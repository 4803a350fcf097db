import type { Geometry } from 'geojson';
import type { Queries } from '../database/index.ts';
import { type BoundingBox, placeColumns } from './metadata.ts';

/** Rows that are read and written at once. */
const batchRows = 500;

interface Placed {
  readonly id: number;
  readonly geometry: Geometry | null;
  readonly box: readonly [east: number, north: number, west: number, south: number] | null;
  readonly countries: readonly string[];
}

/**
 * Fills `scale_file.countries` of rows that have a place: those that were catalogued before countries were, or with other
 * borders. May be ended and begun again at any time.
 * @param isAll also rows that have countries already
 * @param onProgress is told how many rows have been looked at
 * @returns how many rows were looked at, and how many changed
 */
export async function fillCountries(
  db: Queries,
  {
    isAll = false,
    onProgress = () => undefined,
  }: { isAll?: boolean; onProgress?: (looked: number) => void } = {},
): Promise<{ looked: number; changed: number }> {
  let [last, looked, changed] = [0, 0, 0];
  for (;;) {
    const rows = await db.query<Placed>(
      `select id, geometry, countries, case when bbox is not null
         then json_build_array((bbox[0])[0], (bbox[0])[1], (bbox[1])[0], (bbox[1])[1]) end as box
       from scale_file
       where id > $1 and (geometry is not null or bbox is not null) and ($2 or countries = '{}')
       order by id limit $3`,
      [last, isAll, batchRows],
    );
    if (rows.length === 0) return { looked, changed };
    changed += await fill(db, rows);
    looked += rows.length;
    last = rows.at(-1)!.id;
    onProgress(looked);
  }
}

async function fill(db: Queries, rows: readonly Placed[]): Promise<number> {
  const found = await Promise.all(
    rows.map(async ({ id, geometry, box, countries: before }) => {
      const { countries } = await placeColumns({ geometry, bbox: box && boxOf(box) });
      return { id, countries, isChanged: countries.join() !== before.join() };
    }),
  );
  const changed = found.filter(({ isChanged }) => isChanged);
  if (changed.length > 0)
    await db.query(
      `update scale_file f set countries = r.countries
       from jsonb_to_recordset($1::jsonb) as r (id bigint, countries text[]) where f.id = r.id`,
      [JSON.stringify(changed)],
    );
  return changed.length;
}

function boxOf([east, north, west, south]: NonNullable<Placed['box']>): BoundingBox {
  return { west, south, east, north };
}
