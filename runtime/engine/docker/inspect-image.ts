import type { ImageDetails } from '../engine.ts';
import { imageIdentity } from '../image-identity.ts';
import type { Client } from './client.ts';
import { isStatus } from './failures.ts';

/** @returns undefined when the engine has no such image, also for what cannot be a reference */
export async function inspectImage(client: Client, reference: string): Promise<ImageDetails | undefined> {
  if (!isReference(reference)) return undefined;
  try {
    const image = await client.docker.getImage(reference).inspect();
    const { Config, RootFS } = image;
    return {
      id: imageId(image.Id),
      identity: imageIdentity({ layers: RootFS.Layers ?? [], config: { ...Config } }),
      labels: Config.Labels ?? {},
      environment: Object.fromEntries((Config.Env ?? []).map(splitVariable)),
      entrypoint: asList(Config.Entrypoint),
      command: asList(Config.Cmd),
      user: Config.User ?? '',
      size: image.Size,
      tags: image.RepoTags ?? [],
      repoDigests: image.RepoDigests ?? [],
      created: new Date(Date.parse(image.Created) || 0).toISOString(),
      architecture: image.Architecture,
      os: image.Os,
    };
  } catch (thrown) {
    if (isStatus(thrown, 400, 404)) return undefined;
    throw thrown;
  }
}

/** Podman leaves the algorithm out. */
export function imageId(id: string): string {
  return id.startsWith('sha256:') ? id : `sha256:${id}`;
}

/** Whether a text can stand in the engine's address as an image: its other characters would change the address. */
export function isReference(text: string): boolean {
  return /^[\w][\w.\-/:@]*$/.test(text) && !/(^|\/)\.\.?(\/|$)/.test(text);
}

function splitVariable(variable: string): [string, string] {
  const at = variable.indexOf('=');
  return at < 0 ? [variable, ''] : [variable.slice(0, at), variable.slice(at + 1)];
}

function asList(value: string | string[] | null | undefined): string[] {
  if (value == null) return [];
  return Array.isArray(value) ? value : [value];
}
