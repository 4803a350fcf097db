import { SeedbedError } from '../../errors/index.ts';
import type { TransferOptions } from '../engine.ts';
import type { Client } from './client.ts';
import { credentialsFor } from './credentials.ts';
import { engineFailure, engineReason, isConnectionLost, oneLine } from './failures.ts';
import { isReference } from './inspect-image.ts';
import { withTag } from './reference.ts';
import { pullFailure } from './transfer-failure.ts';
import { followTransfer } from './transfer-lines.ts';

/**
 * Pulls one image, with the login that is given or that Docker's command stored.
 * @param directory Docker's configuration directory
 * @throws pull-refused, pull-unreachable, image-login-needed, image-login-refused
 */
export async function pullImage(
  client: Client,
  directory: string,
  reference: string,
  { progress, login }: TransferOptions,
): Promise<void> {
  if (!isReference(reference))
    throw new SeedbedError('pull-refused', { image: reference, reason: 'that is no image reference' });
  const authconfig = await credentialsFor(directory, reference, login);
  const refuse = (reason: string, cause?: unknown) =>
    pullFailure({ reference, login: authconfig, reason }, cause);
  try {
    const stream = await client.docker.createImage(authconfig ?? {}, { fromImage: withTag(reference) });
    const { error } = await followTransfer(stream, progress);
    if (error !== undefined) throw refuse(oneLine(error));
  } catch (thrown) {
    if (thrown instanceof SeedbedError) throw thrown;
    if (isConnectionLost(thrown)) throw engineFailure(client.where, `pull ${reference}`, thrown);
    throw refuse(engineReason(thrown), thrown);
  }
}
