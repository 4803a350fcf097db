import { migrations } from '../../migrations/index.ts';
import type { Queries } from './queries.ts';

/** Whether the database has exactly the migrations of this program: nothing pending, and none of a later one. */
export async function isCurrent(db: Queries): Promise<boolean> {
  const rows = await db.query<{ name: string }>('select name from knex_migrations');
  const done = new Set(rows.map(({ name }) => name));
  return done.size === migrations.length && migrations.every(({ name }) => done.has(name));
}
