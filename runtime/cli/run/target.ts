import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../../../seed-schema/index.ts';
import type { PullPolicy } from '../../config/index.ts';
import type { Engine, ImageDetails } from '../../engine/index.ts';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import type { Stopwatch, Warning } from '../../execution/index.ts';
import { type Manifest, manifestFromLabels } from '../../manifest/index.ts';
import { buildJob, type JobDirectory, readJobDirectory } from '../images/job-directory.ts';
import { obtainImage } from '../images/obtain-image.ts';
import type { TargetName } from './target-name.ts';

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

/** How targets come to their images. */
export interface Resolution {
  readonly engine: Promise<Engine>;
  readonly pull: PullPolicy;
  readonly stopwatch: Stopwatch;
  readonly progress: (line: string) => void;
}

/**
 * Reads the manifest of a job directory, or of an image that the engine has or can pull.
 * @throws target-not-found, manifest-not-found, invalid-manifest
 */
export async function resolveTarget(target: TargetName, how: Resolution): Promise<Target> {
  switch (target.kind) {
    case 'manifest':
      return fromManifest(target.name, how);
    case 'image':
      return fromImage(target.name, how);
    case 'either':
      if (!(await isDirectory(target.name))) return fromImage(target.name, how);
      return how.stopwatch.time('validate', async () =>
        fromDirectory(await readJobDirectory(target.name), how),
      );
  }
}

/** The image that a manifest names, as it is, like seed-cli; built first where it is not there and can be. */
async function fromManifest(manifest: string | undefined, how: Resolution): Promise<Target> {
  const isFile = manifest !== undefined && !(await isDirectory(path.resolve(manifest)).catch(() => false));
  const directory = isFile ? path.dirname(manifest) : (manifest ?? '.');
  const job = await how.stopwatch.time('validate', () =>
    readJobDirectory(directory, { manifest: isFile ? path.resolve(manifest) : undefined }),
  );
  const found = await (await how.engine).inspectImage(job.reference);
  if (!found && existsSync(path.join(directory, 'Dockerfile'))) return fromDirectory(job, how);
  const target = await fromImage(job.reference, how);
  if (isDeepStrictEqual(target.document, JSON.parse(job.loaded.text))) return { ...target, directory };
  const description = `The image ${job.reference} was built with another manifest than ${job.file}, and is run as it is; \`seed build\` builds it anew.`;
  return { ...target, directory, warnings: [...target.warnings, { name: 'other-manifest', description }] };
}

async function fromImage(
  reference: string,
  { engine, pull, stopwatch, progress }: Resolution,
): Promise<Target> {
  const image = await obtainImage(await engine, reference, {
    policy: pull,
    progress,
    timed: (work) => stopwatch.time('pull', work),
  });
  return stopwatch.time('validate', async () => {
    const loaded = manifestFromLabels(image.labels, reference);
    return {
      ...common(loaded),
      directory: undefined,
      imageReference: reference,
      image: async () => image,
      imageAsItIs: async () => image,
    };
  });
}

function fromDirectory(job: JobDirectory, { engine, pull, stopwatch }: Resolution): Target {
  const { reference } = job;
  return {
    ...common(job.loaded),
    directory: job.directory,
    imageReference: reference,
    image: async (progress) => {
      const builder = await engine;
      return stopwatch.time('build', () => buildJob(builder, job, { pull }, progress));
    },
    imageAsItIs: async () => (await (await engine).inspectImage(reference)) ?? notBuilt(reference),
  };
}

function notBuilt(reference: string): ImageDetails {
  return {
    id: reference,
    identity: '',
    labels: {},
    environment: {},
    entrypoint: [],
    command: [],
    user: '',
    size: 0,
    tags: [],
    repoDigests: [],
    created: new Date(0).toISOString(),
    architecture: '',
    os: '',
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

/** What looks like a path is never looked up as an image. @throws target-not-found */
export async function isDirectory(target: string): Promise<boolean> {
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
