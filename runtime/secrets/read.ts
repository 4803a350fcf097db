import type { Queries } from '../database/index.ts';
import type { SecretKey } from './key.ts';
import type { SecretOwner } from './owner.ts';
import { type Sealed, unseal } from './seal.ts';

/**
 * The values of an owner by name. Only what drives executions reads them, which a rule of lint holds: everything else
 * knows names alone.
 * @throws secret-key-changed, secret-damaged
 */
export async function readSecrets(
  db: Queries,
  key: SecretKey,
  owner: SecretOwner,
): Promise<Map<string, string>> {
  const rows = await db.query<Sealed & { name: string }>(
    `select name, key_id as "keyId", nonce, sealed from secret where owner_kind = $1 and owner_id = $2`,
    [owner.kind, owner.id],
  );
  return new Map(rows.map(({ name, ...sealed }) => [name, unseal(key, owner, name, sealed)]));
}
