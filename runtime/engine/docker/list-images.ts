import type { ImageSummary } from '../engine.ts';
import type { Client } from './client.ts';
import { imageId } from './inspect-image.ts';

/** Every image that is no mere layer of another. */
export async function listImages(client: Client): Promise<ImageSummary[]> {
  const images = await client.docker.listImages();
  return images.map(({ Id, RepoTags, Labels, Size, Created }) => ({
    id: imageId(Id),
    // An image without a name is called so.
    tags: (RepoTags ?? []).filter((tag) => tag !== '<none>:<none>'),
    labels: Labels ?? {},
    size: Size,
    created: new Date(Created * 1000).toISOString(),
  }));
}
