import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import path from 'node:path';
import type { Config } from '../config/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { makeKeyFile, readKeyFile } from './key-file.ts';

/** What secrets are encrypted with. Printing it shows no byte of it. */
export interface SecretKey {
  /** Tells keys apart, 16 hexadecimal digits; of no use for finding the key. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: KeyObject;
}

/**
 * The key that the configuration names: SEED_SECRET_KEY, the file SEED_SECRET_KEY_FILE, or else `secret.key` under
 * SEED_HOME, which the first process that needs it makes.
 * @throws secret-key-unusable when it is malformed, or in a file that is missing or that others may read; home-unusable
 */
export async function loadSecretKey(
  config: Pick<Config, 'home' | 'secretKey' | 'secretKeyFile'>,
): Promise<SecretKey> {
  if (config.secretKey !== undefined) return parseKey(config.secretKey, 'SEED_SECRET_KEY');
  if (config.secretKeyFile !== undefined)
    return parseKey(await readKeyFile(config.secretKeyFile), config.secretKeyFile);
  const file = secretKeyFile(config);
  await makeKeyFile(file);
  return parseKey(await readKeyFile(file), file);
}

/** The file that holds the key when the environment does not. */
export function secretKeyFile(config: Pick<Config, 'home' | 'secretKeyFile'>): string {
  return config.secretKeyFile ?? path.join(config.home, 'secret.key');
}

function parseKey(text: string, where: string): SecretKey {
  const base64 = text.trim();
  const bytes = Buffer.from(base64, 'base64');
  // Buffer.from skips what is no base64; only what comes back the same was all of it.
  if (bytes.length !== 32 || bytes.toString('base64').replace('=', '') !== base64.replace(/=$/, ''))
    throw new SeedbedError('secret-key-unusable', { where, reason: 'it is not 32 bytes in base64' });
  const id = createHmac('sha256', bytes).update('seedbed key id').digest('hex').slice(0, 16);
  return { id, key: createSecretKey(bytes) };
}
