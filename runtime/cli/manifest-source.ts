import { stat } from 'node:fs/promises';
import type { Finding } from '../../seed-schema/index.ts';
import { type PullPolicy, readConfig } from '../config/index.ts';
import { createEngine, type ImageDetails } from '../engine/index.ts';
import { isErrno, reasonOf, SeedbedError } from '../errors/index.ts';
import { findManifest, manifestTextFromLabels, readManifestText } from '../manifest/index.ts';
import { obtainImage } from './images/obtain-image.ts';

/** The text of a target's manifest, not judged, and where it came from. */
export interface ManifestSource {
  readonly text: string;
  /** What messages call it: the file, or the image. */
  readonly where: string;
  /** Of the directory: it may have two manifests. */
  readonly warnings: readonly Finding[];
  /** Undefined for a directory or a file. */
  readonly image: ImageDetails | undefined;
}

/**
 * Reads the manifest of a job directory, of a file, or of an image that the engine has or can pull.
 * @param options pull: when to fetch the image (default: SEED_PULL); isPath: the target is no image
 * @throws target-not-found, manifest-not-found, invalid-manifest, and errors of the engine
 */
export async function readManifestSource(
  target: string,
  { pull, isPath = false }: { readonly pull?: PullPolicy | undefined; readonly isPath?: boolean },
): Promise<ManifestSource> {
  const found = await stat(target).catch((thrown: unknown) => {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG')) return undefined;
    throw new SeedbedError('target-not-found', { target, reason: reasonOf(thrown) });
  });
  if (!found && !isPath && isReference(target)) return readImage(target, pull);
  if (!found)
    throw new SeedbedError('target-not-found', { target, reason: 'there is no such file or directory' });
  if (!found.isDirectory())
    return { text: await readManifestText(target), where: target, warnings: [], image: undefined };
  const { text, file, warnings } = await findManifest(target);
  return { text, where: file, warnings, image: undefined };
}

async function readImage(reference: string, pull: PullPolicy | undefined): Promise<ManifestSource> {
  const config = readConfig();
  const engine = await createEngine(config);
  try {
    const image = await obtainImage(engine, reference, { policy: pull ?? config.pull });
    const text = manifestTextFromLabels(image.labels, reference);
    return { text, where: reference, warnings: [], image };
  } finally {
    engine.close();
  }
}

/** What does not look like a path. */
function isReference(target: string): boolean {
  return !/^[./~]|\.json$|\s|^$/.test(target);
}
