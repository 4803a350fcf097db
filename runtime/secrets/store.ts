import type { Queries } from '../database/index.ts';
import type { SecretKey } from './key.ts';
import type { SecretOwner } from './owner.ts';
import { seal } from './seal.ts';

/** Encrypts and keeps values by name; the others of the owner stay as they are. */
export async function setSecrets(
  db: Queries,
  key: SecretKey,
  owner: SecretOwner,
  values: ReadonlyMap<string, string>,
): Promise<void> {
  if (values.size === 0) return;
  const rows = [...values].map(([name, value]) => ({ name, ...seal(key, owner, name, value) }));
  await db.execute(
    `insert into secret (owner_kind, owner_id, name, key_id, nonce, sealed)
     select $1, $2, v.name, $3, v.nonce, v.sealed
     from unnest($4::text[], $5::bytea[], $6::bytea[]) as v (name, nonce, sealed)
     on conflict (owner_kind, owner_id, name) do update
       set key_id = excluded.key_id, nonce = excluded.nonce, sealed = excluded.sealed, last_modified = now()`,
    [
      owner.kind,
      owner.id,
      key.id,
      rows.map(({ name }) => name),
      rows.map(({ nonce }) => nonce),
      rows.map(({ sealed }) => sealed),
    ],
  );
}

/** The names that an owner has values for, sorted. */
export async function secretNames(db: Queries, owner: SecretOwner): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `select name from secret where owner_kind = $1 and owner_id = $2 order by name collate "C"`,
    [owner.kind, owner.id],
  );
  return rows.map(({ name }) => name);
}

/** As `secretNames`, for many owners of a kind; those that have none are left out. */
export async function secretNamesOf(
  db: Queries,
  kind: SecretOwner['kind'],
  ids: readonly number[],
): Promise<Map<number, string[]>> {
  const rows = await db.query<{ id: number; names: string[] }>(
    `select owner_id as id, array_agg(name order by name collate "C") as names from secret
     where owner_kind = $1 and owner_id = any($2) group by owner_id`,
    [kind, ids],
  );
  return new Map(rows.map(({ id, names }) => [id, names]));
}

/** Forgets values; absent ones are fine. @param names of those, or undefined for all of the owner */
export async function removeSecrets(
  db: Queries,
  owner: SecretOwner,
  names?: readonly string[],
): Promise<void> {
  await db.execute(
    `delete from secret where owner_kind = $1 and owner_id = $2 and ($3::text[] is null or name = any($3))`,
    [owner.kind, owner.id, names ?? null],
  );
}
