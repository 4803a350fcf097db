import { readFile } from 'node:fs/promises';
import type { PublishedDocument } from '../../../seed-schema/index.ts';
import { type Engine, type ImageDetails, loginFor, type RegistryLogin } from '../../engine/index.ts';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import { imageName, manifestFromLabels } from '../../manifest/index.ts';
import { openRegistry, type Registry, type RegistryImage } from '../../registry/index.ts';
import { buildJob, type BuildOptions, type JobDirectory } from '../images/job-directory.ts';
import { interruptible } from '../interruptible.ts';
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
  /** What is done, a line at a time; a line of the engine is `isDetail`. */
  readonly say: (line: string, isDetail?: boolean) => void;
}

/**
 * Pushes an image under its name in the registry. A version that is published is never overwritten, unless that is forced:
 * the same image is left, and for another one the versions are raised in the manifest's file, if that is wanted, and the
 * image is built anew.
 * @throws version-published, image-not-found, invalid-manifest, build-failed, and the errors of registries
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
    const built = await rebuild(publication, job, next, login);
    const target = remoteName(built, options);
    // A build takes its time, and somebody else may have raised the version too.
    if ((await registry.digest(target.repository, target.tag)) !== undefined)
      throw new SeedbedError('version-published', { image: target.reference });
    return await push(publication, built, target, login);
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

/** Writes the versions into the manifest's file and builds; a build that fails or is stopped leaves the file as it was. */
async function rebuild(
  { engine, build, say }: Publication,
  job: JobDirectory,
  { name, ...versions }: { name: string; jobVersion: string; packageVersion: string },
  login: RegistryLogin | undefined,
): Promise<string> {
  const before = await readFile(job.file, 'utf8');
  const after = withVersions(before, versions);
  const loaded = { ...job.loaded, text: withVersions(job.loaded.text, versions) };
  return interruptible(
    async () => {
      await writeManifest(job.file, after);
      say(`${job.file}: jobVersion ${versions.jobVersion}, packageVersion ${versions.packageVersion}`);
      await buildJob(engine, { ...job, loaded, reference: name }, { ...build, login }, (line) =>
        say(line, true),
      );
      say(`built ${name}`);
      return name;
    },
    async (isBuilt) => {
      // Not what its author has changed meanwhile.
      if (!isBuilt && (await readFile(job.file, 'utf8')) === after) await writeManifest(job.file, before);
    },
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

/** Pushes under the name in the registry, which is the engine's for that long, unless it has been before. */
async function push(
  { engine, say }: Publication,
  image: string,
  { reference }: RemoteName,
  login: RegistryLogin | undefined,
): Promise<PublishedDocument> {
  const had = await engine.inspectImage(reference);
  return interruptible(
    async () => {
      await engine.tagImage(image, reference);
      say(`pushing ${reference}`);
      const progress = (line: string) => say(line, true);
      const { digest } = await engine.pushImage(reference, { progress, ...(login && { login }) });
      return { image: reference, digest, already: false };
    },
    async () => {
      if (had) await engine.tagImage(had.id, reference);
      else if (await engine.inspectImage(reference)) await engine.untagImage(reference);
    },
  );
}
