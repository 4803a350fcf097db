import type { PullPolicy } from '../../config/index.ts';
import type { Engine, ImageDetails } from '../../engine/index.ts';
import type { Origin } from '../../provenance/index.ts';
import { obtainImage } from '../images/obtain-image.ts';

/** The image that an execution had, or one of its name. */
export interface FoundImage {
  readonly image: ImageDetails;
  /** Why it may be another one, for people. */
  readonly doubt?: string;
}

/**
 * The image by its id; where the engine has it no more, the one that its name stands for now, pulled if need be. One of the same
 * layers and configuration is the same, whatever its id.
 * @throws target-not-found when it cannot be had
 */
export async function sameImage(
  engine: Engine,
  { image: reference, imageId, imageIdentity }: Pick<Origin, 'image' | 'imageId' | 'imageIdentity'>,
  policy: PullPolicy,
  progress: (line: string) => void,
): Promise<FoundImage> {
  const same = imageId === null ? undefined : await engine.inspectImage(imageId);
  if (same) return { image: same };
  const image = await obtainImage(engine, reference, { policy, progress });
  if (imageIdentity !== null && image.identity === imageIdentity) return { image };
  if (imageId === null) return { image, doubt: `which image ${reference} was then was not written down` };
  if (image.id === imageId) return { image };
  return { image, doubt: `${reference} is the image ${image.id} now, and was ${imageId}` };
}
