import { readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import type { PublishedDocument } from '../../../seed-schema/index.ts';
import { type Engine, type ImageDetails, loginFor, type RegistryLogin } from '../../engine/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { imageName, manifestFromLabels } from '../../manifest/index.ts';
import { openRegistry, type Registry, type RegistryImage } from '../../registry/index.ts';
import { buildJob, type BuildOptions, type JobDirectory } from '../images/job-directory.ts';
import type { RegistryOptions } from '../registry-options.ts';
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
    return await push(publication, built, remoteName(built, options), login);
  } finally {
    registry.close();
  }
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

/** Writes the versions into the manifest's file and builds; a build that fails leaves the file as it was. */
async function rebuild(
  { engine, build, say }: Publication,
  job: JobDirectory,
  { name, ...versions }: { name: string; jobVersion: string; packageVersion: string },
  login: RegistryLogin | undefined,
): Promise<string> {
  const before = await readFile(job.file, 'utf8');
  await replaceFile(job.file, withVersions(before, versions));
  say(`${job.file}: jobVersion ${versions.jobVersion}, packageVersion ${versions.packageVersion}`);
  try {
    const loaded = { ...job.loaded, text: withVersions(job.loaded.text, versions) };
    await buildJob(engine, { ...job, loaded, reference: name }, { ...build, login }, (line) =>
      say(line, true),
    );
    say(`built ${name}`);
    return name;
  } catch (thrown) {
    await replaceFile(job.file, before);
    throw thrown;
  }
}

/** Whole or not at all; a link stays one. */
async function replaceFile(file: string, text: string): Promise<void> {
  const real = await realpath(file);
  const { mode } = await stat(real);
  const next = `${real}.seedbed-${process.pid}`;
  await writeFile(next, text, { mode: mode & 0o777 });
  await rename(next, real);
}

async function push(
  { engine, say }: Publication,
  image: string,
  remote: RemoteName,
  login: RegistryLogin | undefined,
): Promise<PublishedDocument> {
  const isAlias = remote.reference !== image;
  if (isAlias) await engine.tagImage(image, remote.reference);
  try {
    say(`pushing ${remote.reference}`);
    const progress = (line: string) => say(line, true);
    const { digest } = await engine.pushImage(remote.reference, { progress, ...(login && { login }) });
    return { image: remote.reference, digest, already: false };
  } finally {
    if (isAlias) await engine.untagImage(remote.reference);
  }
}
