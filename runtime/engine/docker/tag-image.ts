import { SeedbedError } from '../../errors/index.ts';
import type { Client } from './client.ts';
import { isStatus } from './failures.ts';
import { inspectImage } from './inspect-image.ts';
import { nameProblem, splitReference } from './reference.ts';

/** @throws image-not-found, invalid-image-name */
export async function tagImage(client: Client, source: string, target: string): Promise<void> {
  const name = splitReference(target);
  const problem =
    name.digest === undefined
      ? nameProblem(name)
      : 'a digest follows from what the image holds and cannot be given';
  if (problem !== undefined) throw new SeedbedError('invalid-image-name', { name: target, reason: problem });
  const { id } = await existing(client, source);
  await client.docker.getImage(id).tag({ repo: name.repository, tag: name.tag ?? 'latest' });
}

/** @throws image-not-found, invalid-image-name for an id: with that, the engine would remove every name */
export async function untagImage(client: Client, reference: string): Promise<void> {
  const { id } = await existing(client, reference);
  if (id.startsWith(reference) || id.slice('sha256:'.length).startsWith(reference))
    throw new SeedbedError('invalid-image-name', { name: reference, reason: 'it is the id of an image' });
  try {
    await client.docker.getImage(reference).remove();
  } catch (thrown) {
    if (isStatus(thrown, 404))
      throw new SeedbedError('image-not-found', { image: reference }, { cause: thrown });
    throw thrown;
  }
}

async function existing(client: Client, reference: string) {
  const image = await inspectImage(client, reference);
  if (!image) throw new SeedbedError('image-not-found', { image: reference });
  return image;
}
