import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedDocument } from '../../../seed-schema/index.ts';
import { type Engine, type ImageDetails, loginFor, type RegistryLogin } from '../../engine/index.ts';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import { imageName, manifestFromLabels } from '../../manifest/index.ts';
import { openRegistry, type Registry, type RegistryImage } from '../../registry/index.ts';
import { buildJob, type BuildOptions, type JobDirectory } from '../images/job-directory.ts';
import { interruptible } from '../interruptible.ts';
import { lockFile } from '../process-lock.ts';
import type { RegistryOptions } from '../registry-options.ts';
import { replaceFile } from '../whole-file.ts';
import { type Bump, bumpOf, type BumpOptions } from './bump-options.ts';
import { raisedVersions, withVersions } from './raise-version.ts';
import { type RemoteName, remoteName } from './remote-name.ts';

/** What is to be published, and how. */
export interface Publication {
  readonly engine: Engine;
  /** Reference of the engine's image. */
  readonly image: string;
  /** The directory to build a raised version from; read only then. */
  readonly job: () => Promise<JobDirectory>;
  readonly options: Pick<RegistryOptions, 'registry' | 'org'> & BumpOptions;
  /** Of the command line; otherwise the stored one counts. */
  readonly login: RegistryLogin | undefined;
  readonly build: Omit<BuildOptions, 'login'>;
  /** `SEED_HOME`. */
  readonly home: string;
  /** What is done, a line at a time; a line of the engine is `isDetail`. */
  readonly say: (line: string, isDetail?: boolean) => void;
}

/**
 * Pushes an image under its name in the registry. A version that is published is never overwritten, unless that is forced:
 * the same image is left, and for another one the versions are raised in the manifest's file, if that is wanted, and the
 * image is built anew.
 * @throws version-published, version-taken, publication-in-progress, image-not-found, invalid-manifest, build-failed, and the errors of registries
 */
export async function publishImage(publication: Publication): Promise<PublishedDocument> {
  const { engine, image, options, say } = publication;
  const bump = bumpOf(options);
  const details = await engine.inspectImage(image);
  if (!details) throw new SeedbedError('image-not-found', { image });
  if (isId(image, details))
    throw new SeedbedError('invalid-usage', {
      problem: `${image} is the id of an image, and one is published by its name, NAME:TAG`,
    });
  const { manifest } = manifestFromLabels(details.labels, image);
  const remote = remoteName(image, options);
  const login = publication.login ?? (await loginFor(remote.host));
  if (options.force) return push(publication, image, remote, login);

  const registry = openRegistry(options.registry ?? remote.host, login ? { login } : {});
  try {
    const there = await registry.image(remote.repository, remote.tag);
    if (!there) return await push(publication, image, remote, login);
    if (!bump && isSame(details, there))
      return { image: remote.reference, digest: there.digest, already: true };
    if (!bump) throw new SeedbedError('version-published', { image: remote.reference });
    say(`${remote.reference} is published already`);
    const job = await publication.job();
    if (job.loaded.manifest.job.name !== manifest.job.name)
      throw new SeedbedError('invalid-usage', {
        problem: `${job.file} is the manifest of ${job.loaded.manifest.job.name}, not of ${manifest.job.name}, so its version cannot be raised; name the job directory with -d`,
      });
    const next = await raise(job, bump, registry, options);
    return await publishRaised(publication, job, next, registry, login);
  } finally {
    registry.close();
  }
}

/** Engines take the beginning of an id, too. */
function isId(image: string, { id, tags }: ImageDetails): boolean {
  const isName = tags.some((tag) => tag.startsWith(image));
  return !isName && [id, id.slice('sha256:'.length)].some((text) => text.startsWith(image));
}

function isSame(local: ImageDetails, there: RegistryImage): boolean {
  return local.id === there.id || local.repoDigests.some((known) => known.endsWith(`@${there.digest}`));
}

/** The next versions that are not published yet. */
async function raise(job: JobDirectory, bump: Bump, registry: Registry, options: Publication['options']) {
  const { manifest } = job.loaded;
  for (let versions = raisedVersions(manifest.job, bump); ; versions = raisedVersions(versions, bump)) {
    const name = imageName({ job: { ...manifest.job, ...versions } });
    const { repository, tag } = remoteName(name, options);
    if ((await registry.digest(repository, tag)) === undefined) return { ...versions, name };
  }
}

/**
 * Writes the versions into the manifest's file, builds and pushes. Where that fails or is stopped, the file is left as it was:
 * versions that nobody can fetch are not its author's.
 */
async function publishRaised(
  publication: Publication,
  job: JobDirectory,
  { name, ...versions }: { name: string; jobVersion: string; packageVersion: string },
  registry: Registry,
  login: RegistryLogin | undefined,
): Promise<PublishedDocument> {
  const { engine, build, options, say } = publication;
  const unlock = await lockManifest(publication.home, job.file);
  const before = await readFile(job.file, 'utf8').catch(async (thrown: unknown) => {
    await unlock();
    throw thrown;
  });
  const after = withVersions(before, versions);
  const loaded = { ...job.loaded, text: withVersions(job.loaded.text, versions) };
  const target = remoteName(name, options);
  const pushed = pushing(publication, name, target, login);
  return interruptible(
    async () => {
      await writeManifest(job.file, after);
      say(`${job.file}: jobVersion ${versions.jobVersion}, packageVersion ${versions.packageVersion}`);
      await buildJob(engine, { ...job, loaded, reference: name }, { ...build, login }, (line) =>
        say(line, true),
      );
      say(`built ${name}`);
      // A build takes its time, and somebody else may have raised the version too.
      if ((await registry.digest(target.repository, target.tag)) !== undefined)
        throw new SeedbedError('version-taken', { image: target.reference });
      return pushed.work();
    },
    async (isDone) => {
      try {
        // Not what its author has changed meanwhile.
        if (!isDone && (await readFile(job.file, 'utf8')) === after) await writeManifest(job.file, before);
      } finally {
        await unlock();
        await pushed.tidy();
      }
    },
  );
}

/**
 * Two that raise a version in one file would each take the other's for its author's. The lock is no file of the job's
 * directory, all of which goes into the image.
 * @throws publication-in-progress
 */
async function lockManifest(home: string, file: string): Promise<() => Promise<void>> {
  const directory = path.join(home, 'publishing');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const name = createHash('sha256')
    .update(await realpath(file))
    .digest('hex');
  return lockFile(
    path.join(directory, `${name}.lock`),
    ({ pid, host }) => new SeedbedError('publication-in-progress', { path: file, pid, host }),
  );
}

/** @throws result-file-unusable, disk-full */
async function writeManifest(file: string, text: string): Promise<void> {
  try {
    await replaceFile(file, text);
  } catch (thrown) {
    if (isErrno(thrown, 'ENOSPC', 'EDQUOT'))
      throw new SeedbedError('disk-full', { what: file }, { cause: thrown });
    throw new SeedbedError(
      'result-file-unusable',
      { path: file, reason: reasonOf(thrown) },
      { cause: thrown },
    );
  }
}

/** Pushes under the name in the registry. */
function push(
  publication: Publication,
  image: string,
  remote: RemoteName,
  login: RegistryLogin | undefined,
): Promise<PublishedDocument> {
  const { work, tidy } = pushing(publication, image, remote, login);
  return interruptible(work, tidy);
}

/** A push, and what is to be done after it: the name in the registry is the engine's for that long, unless it has been before. */
function pushing(
  { engine, say }: Publication,
  image: string,
  { reference }: RemoteName,
  login: RegistryLogin | undefined,
): { work(): Promise<PublishedDocument>; tidy(): Promise<void> } {
  let before: { readonly id: string | undefined } | undefined;
  return {
    async work() {
      before = { id: (await engine.inspectImage(reference))?.id };
      await engine.tagImage(image, reference);
      say(`pushing ${reference}`);
      const progress = (line: string) => say(line, true);
      const { digest } = await engine.pushImage(reference, { progress, ...(login && { login }) });
      return { image: reference, digest, already: false };
    },
    async tidy() {
      if (!before) return;
      if (before.id !== undefined) await engine.tagImage(before.id, reference);
      else if (await engine.inspectImage(reference)) await engine.untagImage(reference);
    },
  };
}
