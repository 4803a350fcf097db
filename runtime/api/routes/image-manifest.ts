import { SeedbedError } from '../../errors/index.ts';
import { manifestTextFromLabels, parseManifest } from '../../manifest/index.ts';
import type { Context } from '../context.ts';

/**
 * The manifest in the label of an image, not judged yet. The image is fetched as the pull policy has it.
 * @throws target-not-found when the image cannot be had; manifest-not-found, invalid-manifest
 */
export async function manifestOfImage({ engineFor, config }: Context, reference: string): Promise<unknown> {
  const engine = await engineFor(reference);
  const refuse = (reason: string) => new SeedbedError('target-not-found', { target: reference, reason });
  let image = config.pull === 'always' ? undefined : await engine.inspectImage(reference);
  if (!image) {
    if (config.pull === 'never') throw refuse('the engine does not have it, and the pull policy is never');
    await engine.pullImage(reference).catch((thrown: unknown) => {
      if (!(thrown instanceof SeedbedError) || thrown.error !== 'pull-refused') throw thrown;
      throw refuse(String(thrown.parameters.reason));
    });
    image = await engine.inspectImage(reference);
  }
  if (!image) throw refuse('the engine does not have it after the pull');
  return parseManifest(manifestTextFromLabels(image.labels, reference), reference);
}
