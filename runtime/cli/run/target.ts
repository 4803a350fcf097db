import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '../../../seed-schema/index.ts';
import type { Engine, ImageDetails } from '../../engine/index.ts';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import type { Stopwatch, Warning } from '../../execution/index.ts';
import {
  imageName,
  type Manifest,
  manifestFromLabels,
  manifestLabel,
  readManifest,
} from '../../manifest/index.ts';

/** What is to be run: a manifest, and the way to its image. */
export interface Target {
  readonly manifest: Manifest;
  /** As its author wrote it, parsed. */
  readonly document: unknown;
  /** Where the sample inputs are; undefined for an image. */
  readonly directory: string | undefined;
  readonly imageReference: string;
  readonly warnings: readonly Warning[];
  /** Builds the image of a job directory; the image itself otherwise. */
  image(progress: (line: string) => void): Promise<ImageDetails>;
  /** The image as it is now, nothing built; without one, what can be said of an image that is not there. */
  imageAsItIs(): Promise<ImageDetails>;
}

/**
 * Reads the manifest of a job directory, or of an image that the engine has or can pull.
 * @throws target-not-found, manifest-not-found, invalid-manifest
 */
export async function resolveTarget(
  target: string,
  engine: Promise<Engine>,
  stopwatch: Stopwatch,
  progress: (line: string) => void,
): Promise<Target> {
  if (await isDirectory(target))
    return stopwatch.time('validate', () => fromDirectory(target, engine, stopwatch));
  const image = await findImage(target, await engine, stopwatch, progress);
  return stopwatch.time('validate', async () => {
    const loaded = manifestFromLabels(image.labels, target);
    return {
      ...common(loaded),
      directory: undefined,
      imageReference: target,
      image: async () => image,
      imageAsItIs: async () => image,
    };
  });
}

async function fromDirectory(
  directory: string,
  engine: Promise<Engine>,
  stopwatch: Stopwatch,
): Promise<Target> {
  const loaded = await readManifest(directory);
  const reference = imageName(loaded.manifest);
  return {
    ...common(loaded),
    directory,
    imageReference: reference,
    image: async (progress) => {
      const builder = await engine;
      const request = {
        directory: path.resolve(directory),
        tag: reference,
        labels: manifestLabel(loaded.text),
      };
      return stopwatch.time('build', () => builder.buildImage(request, progress));
    },
    imageAsItIs: async () => (await (await engine).inspectImage(reference)) ?? notBuilt(reference),
  };
}

function notBuilt(reference: string): ImageDetails {
  return {
    id: reference,
    labels: {},
    environment: {},
    entrypoint: [],
    command: [],
    user: '',
    size: 0,
    tags: [],
  };
}

function common({
  manifest,
  text,
  warnings,
}: {
  manifest: Manifest;
  text: string;
  warnings: readonly Finding[];
}) {
  return {
    manifest,
    document: JSON.parse(text) as unknown,
    warnings: warnings.map(({ name, description }) => ({ name, description })),
  };
}

async function findImage(
  reference: string,
  engine: Engine,
  stopwatch: Stopwatch,
  progress: (line: string) => void,
): Promise<ImageDetails> {
  const found = await engine.inspectImage(reference);
  if (found) return found;
  await stopwatch.time('pull', () => engine.pullImage(reference, progress));
  const pulled = await engine.inspectImage(reference);
  if (pulled) return pulled;
  throw new SeedbedError('target-not-found', {
    target: reference,
    reason: 'the engine does not have it after the pull',
  });
}

/** What looks like a path is never looked up as an image. @throws target-not-found */
async function isDirectory(target: string): Promise<boolean> {
  const refuse = (reason: string) => new SeedbedError('target-not-found', { target, reason });
  const found = await stat(target).catch((thrown: unknown) => {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG')) return undefined;
    throw refuse(reasonOf(thrown));
  });
  if (found?.isDirectory()) return true;
  if (found && /[./]/.test(target)) throw refuse('it is a file; name the directory that holds it');
  if (target === '') throw refuse('the name is empty');
  if (/^[./~]/.test(target) || target.endsWith('/')) throw refuse('there is no such directory');
  if (/[\s\p{C}]|[A-Z][^:]*$/u.test(target.split(':')[0]!))
    throw refuse('there is no such directory, and no image can be called that');
  return false;
}
