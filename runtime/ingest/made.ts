import type { Queries } from '../database/index.ts';
import { nameOfTitle } from '../recipes/index.ts';

const longest = 40;

/**
 * Gives a new strike or scan its name: the one that is wanted, or one made of its title, with a number behind it where
 * that is taken.
 * @param insert inserts the row of that name. Returns its id; undefined: the name is taken
 * @returns the id; undefined: the wanted name is taken
 */
export async function insertNamed(
  kind: 'strike' | 'scan',
  { name, title }: { readonly name?: string | undefined; readonly title: string },
  insert: (name: string) => Promise<number | undefined>,
): Promise<number | undefined> {
  if (name !== undefined) return insert(name);
  const base = nameOfTitle(title).slice(0, longest) || kind;
  for (let number = 1; ; number++) {
    const id = await insert(number === 1 ? base : `${base}-${number}`);
    if (id !== undefined) return id;
  }
}

export async function isNameTaken(db: Queries, kind: 'strike' | 'scan', name: string): Promise<boolean> {
  const rows = await db.query(`select from ${kind} where project_id = 1 and name = $1`, [name]);
  return rows.length > 0;
}

/** How many of its files stand where, by status; none: left out. */
export async function progressOf(
  db: Queries,
  kind: 'strike' | 'scan',
  id: number,
): Promise<Record<string, number>> {
  const rows = await db.query<{ status: string; count: number }>(
    `select status, count(*) as count from ingest where ${kind}_id = $1::bigint group by status order by status`,
    [id],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}
