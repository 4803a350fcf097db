import type { Database } from './database.ts';

/** Of the two-key space of session advisory locks (`advisory-locks.ts`). */
const family = 0x5365656e;

/** The session that announces a process holds the locks of all its parts: what one part holds is not the others'. */
const held = new WeakMap<object, Set<string>>();

/**
 * Has a name for itself among all processes of this database; never waits.
 * @returns what gives it back; undefined when somebody else has it
 */
export async function lockName(
  { presence }: Pick<Database, 'presence'>,
  name: string,
): Promise<(() => Promise<void>) | undefined> {
  const { queries } = presence;
  const mine = held.get(queries) ?? new Set<string>();
  held.set(queries, mine);
  if (mine.has(name)) return undefined;
  mine.add(name);
  try {
    const [row] = await queries.query<{ locked: boolean }>(
      `select pg_try_advisory_lock(${family}, hashtext($1)) as locked`,
      [name],
    );
    if (row!.locked)
      return async () => {
        // Of a session that is lost the lock is free already.
        await queries
          .query(`select pg_advisory_unlock(${family}, hashtext($1))`, [name])
          .catch(() => undefined);
        mine.delete(name);
      };
  } catch (thrown) {
    mine.delete(name);
    throw thrown;
  }
  mine.delete(name);
  return undefined;
}
