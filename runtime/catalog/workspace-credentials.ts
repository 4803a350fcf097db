import type { Config } from '../config/index.ts';
import type { Queries } from '../database/index.ts';
import { loadSecretKey, removeSecrets, setSecrets } from '../secrets/index.ts';
import { readSecrets } from '../secrets/read.ts';

/** Of a workspace's broker; kept in the secrets store, never in its row. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

type KeyConfig = Pick<Config, 'home' | 'secretKey' | 'secretKeyFile'>;

/** @returns undefined when it has none of its own @throws secret-key-changed, secret-damaged */
export async function workspaceCredentials(
  db: Queries,
  config: KeyConfig,
  id: number,
): Promise<Credentials | undefined> {
  const values = await readSecrets(db, await loadSecretKey(config), { kind: 'workspace', id });
  const accessKeyId = values.get('access_key_id');
  const secretAccessKey = values.get('secret_access_key');
  return accessKeyId !== undefined && secretAccessKey !== undefined
    ? { accessKeyId, secretAccessKey }
    : undefined;
}

/** @param credentials null: it has none any more */
export async function keepWorkspaceCredentials(
  tx: Queries,
  config: KeyConfig,
  id: number,
  credentials: Credentials | null,
): Promise<void> {
  const owner = { kind: 'workspace', id } as const;
  if (credentials === null) return removeSecrets(tx, owner);
  const { accessKeyId, secretAccessKey } = credentials;
  const values = new Map([
    ['access_key_id', accessKeyId],
    ['secret_access_key', secretAccessKey],
  ]);
  await setSecrets(tx, await loadSecretKey(config), owner, values);
}
