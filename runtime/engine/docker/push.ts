import { SeedbedError } from '../../errors/index.ts';
import type { TransferOptions } from '../engine.ts';
import type { Client } from './client.ts';
import { credentialsFor } from './credentials.ts';
import { engineFailure, engineReason, isConnectionLost, oneLine } from './failures.ts';
import { inspectImage } from './inspect-image.ts';
import { nameProblem, splitReference } from './reference.ts';
import { pushFailure } from './transfer-failure.ts';
import { followTransfer } from './transfer-lines.ts';

/**
 * Pushes one image, under the name that it has, with the login that is given or that Docker's command stored.
 * @param directory Docker's configuration directory
 * @throws image-not-found, invalid-image-name, image-login-needed, image-login-refused, push-refused, push-unreachable
 */
export async function pushImage(
  client: Client,
  directory: string,
  reference: string,
  { progress, login }: TransferOptions,
): Promise<{ digest: string }> {
  const name = splitReference(reference);
  const problem = name.digest === undefined ? nameProblem(name) : 'an image is pushed by a tag';
  if (problem !== undefined)
    throw new SeedbedError('invalid-image-name', { name: reference, reason: problem });
  if (!(await inspectImage(client, reference)))
    throw new SeedbedError('image-not-found', { image: reference });
  const authconfig = await credentialsFor(directory, reference, login);
  const refuse = (reason: string, cause?: unknown) =>
    pushFailure({ reference, login: authconfig, reason }, cause);
  try {
    const stream = await client.docker
      .getImage(name.repository)
      .push({ tag: name.tag ?? 'latest', authconfig: authconfig ?? {} });
    const { error, digest } = await followTransfer(stream, progress);
    if (error !== undefined) throw refuse(oneLine(error));
    return { digest: digest ?? (await digestOf(client, reference, name.repository)) };
  } catch (thrown) {
    if (thrown instanceof SeedbedError) throw thrown;
    if (isConnectionLost(thrown)) throw engineFailure(client.where, `push ${reference}`, thrown);
    throw refuse(engineReason(thrown), thrown);
  }
}

/** For engines that do not report it. */
async function digestOf(client: Client, reference: string, repository: string): Promise<string> {
  const { repoDigests = [] } = (await inspectImage(client, reference)) ?? {};
  const found = repoDigests.find((entry) => entry.startsWith(`${repository}@`)) ?? repoDigests[0];
  if (found === undefined) throw new Error('the engine does not say which digest it pushed');
  return splitReference(found).digest!;
}
