import type { Queries } from '../database/index.ts';
import type { SecretKey } from './key.ts';
import type { SecretOwner } from './owner.ts';
import { type Sealed, unseal } from './seal.ts';

/**
 * The values of owners by name, those of later ones over those of earlier ones. Only what drives executions, signs messages or opens workspaces reads them, which a rule of lint holds: everything else
 * knows names alone.
 * @throws secret-key-changed, secret-damaged
 */
export async function readSecrets(
  db: Queries,
  key: SecretKey,
  ...owners: readonly SecretOwner[]
): Promise<Map<string, string>> {
  const rows = await db.query<Sealed & { name: string; nth: number }>(
    `select s.name, s.key_id as "keyId", s.nonce, s.sealed, o.nth::integer
     from unnest($1::text[], $2::bigint[]) with ordinality as o (kind, id, nth)
     join secret s on s.owner_kind = o.kind and s.owner_id = o.id order by o.nth`,
    [owners.map(({ kind }) => kind), owners.map(({ id }) => id)],
  );
  return new Map(rows.map(({ name, nth, ...sealed }) => [name, unseal(key, owners[nth - 1]!, name, sealed)]));
}
