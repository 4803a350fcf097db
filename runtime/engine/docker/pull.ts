import { SeedbedError } from '../../errors/index.ts';
import type { TransferOptions } from '../engine.ts';
import type { Client } from './client.ts';
import { credentialsFor } from './credentials.ts';
import { engineFailure, engineReason, isConnectionLost, oneLine } from './failures.ts';
import { isReference } from './inspect-image.ts';
import { jsonLines } from './json-lines.ts';
import { withTag } from './reference.ts';

interface PullLine {
  readonly status?: string;
  readonly id?: string;
  readonly error?: string;
  readonly progressDetail?: { readonly current?: number };
}

/**
 * Pulls one image, with the login that is given or that Docker's command stored.
 * @param directory Docker's configuration directory
 * @throws target-not-found
 */
export async function pullImage(
  client: Client,
  directory: string,
  reference: string,
  { progress, login }: TransferOptions,
): Promise<void> {
  const refuse = (reason: string, cause?: unknown) =>
    new SeedbedError('target-not-found', { target: reference, reason }, { cause });
  if (!isReference(reference)) throw refuse('that is no image reference');
  const authconfig = await credentialsFor(directory, reference, login);
  try {
    const stream = await client.docker.createImage(authconfig ?? {}, { fromImage: withTag(reference) });
    for await (const line of jsonLines<PullLine>(stream)) {
      if (line.error !== undefined) throw refuse(oneLine(line.error));
      if (line.status && line.progressDetail?.current === undefined)
        progress?.(line.id ? `${line.id}: ${line.status}` : line.status);
    }
  } catch (thrown) {
    if (thrown instanceof SeedbedError) throw thrown;
    if (isConnectionLost(thrown)) throw engineFailure(client.where, `pull ${reference}`, thrown);
    throw refuse(engineReason(thrown), thrown);
  }
}
