import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { PullPolicy } from '../../config/index.ts';
import type { Engine, ImageDetails, RegistryLogin } from '../../engine/index.ts';
import {
  imageName,
  loadManifest,
  type LoadedManifest,
  manifestLabel,
  readManifest,
  readManifestText,
} from '../../manifest/index.ts';

/** A directory from which an image is built. */
export interface JobDirectory {
  readonly directory: string;
  /** The manifest's file. */
  readonly file: string;
  readonly loaded: LoadedManifest;
  /** The image's name by the standard. */
  readonly reference: string;
  /** Absolute; undefined: `Dockerfile` in the directory. */
  readonly dockerfile: string | undefined;
}

/**
 * Reads and judges the manifest of a directory, or another one in its place.
 * @param manifest path of the manifest's file, looked for in the directory too, as seed-cli did
 * @throws manifest-not-found, invalid-manifest
 */
export async function readJobDirectory(
  directory: string,
  {
    manifest,
    dockerfile,
  }: { readonly manifest?: string | undefined; readonly dockerfile?: string | undefined } = {},
): Promise<JobDirectory> {
  const loaded = manifest === undefined ? await readManifest(directory) : await readFrom(directory, manifest);
  return {
    directory,
    file: loaded.file,
    loaded,
    reference: imageName(loaded.manifest),
    dockerfile: dockerfile === undefined ? undefined : path.resolve(dockerfile),
  };
}

async function readFrom(directory: string, manifest: string): Promise<LoadedManifest & { file: string }> {
  const inside = path.join(directory, manifest);
  const isThere = await stat(manifest).then(
    () => true,
    () => false,
  );
  const file = isThere || path.isAbsolute(manifest) ? manifest : inside;
  return { ...loadManifest(await readManifestText(file), file), file };
}

/** What a build takes besides the directory. */
export interface BuildOptions {
  readonly pull: PullPolicy;
  readonly cacheFrom?: readonly string[];
  readonly login?: RegistryLogin | undefined;
}

/** Builds the image under its name, with the manifest in its label. @throws build-failed, buildkit-missing */
export function buildJob(
  engine: Engine,
  { directory, dockerfile, loaded, reference }: JobDirectory,
  { pull, cacheFrom, login }: BuildOptions,
  progress: (line: string) => void,
): Promise<ImageDetails> {
  return engine.buildImage(
    {
      directory: path.resolve(directory),
      tag: reference,
      labels: manifestLabel(loaded.text),
      pull,
      ...(dockerfile !== undefined && { dockerfile }),
      ...(cacheFrom && { cacheFrom }),
      ...(login && { login }),
    },
    progress,
  );
}
