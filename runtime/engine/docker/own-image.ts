import { Readable } from 'node:stream';
import type { Client } from './client.ts';
import { inspectImage } from './inspect-image.ts';
import { jsonLines } from './json-lines.ts';
import { type TarEntry, tarball } from './tarball.ts';

/**
 * Makes sure that the engine has an image that we make ourselves, without a registry.
 * @param tag of these very contents
 * @param files programs by name, below `/`
 */
export async function ensureOwnImage(
  client: Client,
  tag: string,
  files: Readonly<Record<string, Buffer>>,
  changes: readonly string[],
): Promise<void> {
  if (await inspectImage(client, tag)) return;
  const entries = Object.entries(files).map(([name, content]): TarEntry => ({
    type: 'file',
    name,
    content,
    mode: 0o755,
  }));
  const archive = Readable.from(tarball(entries), { objectMode: false });
  // The tag within `repo`, because Podman 4.3 overlooks the parameter of its own.
  const options = { repo: tag, changes: [...changes] };
  const stream = await client.docker.importImage(archive, options as never);
  for await (const { error } of jsonLines<{ error?: string }>(stream as unknown as Readable))
    if (error !== undefined) throw new Error(error);
}
