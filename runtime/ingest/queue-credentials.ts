import type { S3Monitor, StrikeConfiguration } from '../../seed-schema/index.ts';
import type { Config } from '../config/index.ts';
import type { Queries } from '../database/index.ts';
import { loadSecretKey, removeSecrets, setSecrets } from '../secrets/index.ts';
import { readSecrets } from '../secrets/read.ts';

export type QueueCredentials = NonNullable<S3Monitor['credentials']>;

const names = ['access_key_id', 'secret_access_key'] as const;

/** Takes the credentials of the queue out of a configuration, which is shown to whoever may read. */
export function withoutCredentials(configuration: StrikeConfiguration): {
  readonly configuration: StrikeConfiguration;
  readonly credentials: QueueCredentials | undefined;
} {
  if (configuration.monitor.type !== 's3') return { configuration, credentials: undefined };
  const { credentials, ...monitor } = configuration.monitor;
  return { configuration: { ...configuration, monitor }, credentials };
}

/**
 * Keeps the credentials of a strike's queue in the store of secrets. Those that it has stay where a bucket is watched with
 * none, as in a configuration that was read and sent back; a directory needs none.
 */
export async function keepCredentials(
  tx: Queries,
  config: Config,
  strikeId: number,
  { type }: StrikeConfiguration['monitor'],
  credentials: QueueCredentials | undefined,
): Promise<void> {
  const owner = { kind: 'strike', id: strikeId } as const;
  if (type !== 's3') await removeSecrets(tx, owner);
  else if (credentials)
    await setSecrets(
      tx,
      await loadSecretKey(config),
      owner,
      new Map(names.map((name) => [name, credentials[name]])),
    );
}

/** @returns undefined where the strike has none: those of the workspace's surroundings are used */
export async function queueCredentials(
  db: Queries,
  config: Config,
  strikeId: number,
): Promise<QueueCredentials | undefined> {
  const values = await readSecrets(db, await loadSecretKey(config), { kind: 'strike', id: strikeId });
  const [access_key_id, secret_access_key] = names.map((name) => values.get(name));
  if (access_key_id === undefined || secret_access_key === undefined) return undefined;
  return { access_key_id, secret_access_key };
}
