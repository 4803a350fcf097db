import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { type BaseImage, baseImages } from '../dockerfile/base-images.ts';
import { type BuildKitNeed, buildKitNeeds } from '../dockerfile/needs-buildkit.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import type { BuildRequest, ImageDetails } from '../engine.ts';
import { baseImageFailure, BaseImageProblem } from './base-image-problem.ts';
import { fetchCaches, loginsFor, present, requireImages } from './build-images.ts';
import type { Credentials } from './credentials.ts';
import type { EngineFacts } from './capabilities.ts';
import { buildClassic } from './classic-build.ts';
import type { Client } from './client.ts';
import { type DockerfileSource, readDockerfile } from './dockerfile-source.ts';
import { engineFailure, engineReason, isConnectionLost, statusOf } from './failures.ts';
import { inspectImage } from './inspect-image.ts';

export interface BuildContext {
  readonly client: Client;
  /** Docker's configuration directory, for logins to the registries of base images. */
  readonly configuration: string;
  readonly facts: () => Promise<EngineFacts>;
}

/** One build, decided: what either builder gets. */
export interface BuildJob {
  readonly client: Client;
  readonly dockerfile: DockerfileSource;
  /** The parameters of the request that both know. */
  readonly parameters: Readonly<Record<string, unknown>> & { readonly t: string };
  readonly cacheFrom: readonly string[];
  /** The logins that may be used, by registry. */
  readonly registries: Readonly<Record<string, Credentials>>;
  readonly progress: (line: string) => void;
}

/**
 * Builds with the engine's ordinary builder, and with BuildKit only where the Dockerfile needs it: so the layers that
 * the ordinary one has cached stay of use. Podman's only builder understands it all.
 * @throws build-failed, buildkit-missing, base-image-absent; image-login-needed, image-login-refused, pull-unreachable for a
 *   base image or the frontend of a `# syntax=` line
 */
export async function buildImage(
  context: BuildContext,
  request: BuildRequest,
  progress: (line: string) => void,
): Promise<ImageDetails> {
  const { client } = context;
  const { tag, directory } = request;
  try {
    const dockerfile = await readDockerfile(directory, request.dockerfile);
    const parsed = parseDockerfile(dockerfile.text);
    const bases = baseImages(parsed);
    if (request.pull === 'never') await requireImages(client, dockerfile.label, bases);
    // The image of a frontend is fetched as a base image is.
    const { syntax } = parsed;
    const fetched = syntax ? [...bases, { reference: syntax.image, line: syntax.line }] : bases;
    const job = await decide(context, request, dockerfile, fetched, progress);
    await build(context, job, buildKitNeeds(parsed), request).catch((thrown: unknown) => {
      const isBase = thrown instanceof BaseImageProblem;
      throw (isBase && baseImageFailure(thrown, fetched, job.registries)) || thrown;
    });
    const image = await inspectImage(client, tag);
    if (image) return image;
    throw new Error('the engine has no such image after the build');
  } catch (thrown) {
    if (thrown instanceof SeedbedError) throw thrown;
    if (isConnectionLost(thrown)) throw engineFailure(client.where, `build ${tag}`, thrown);
    const reason = engineReason(thrown);
    throw new SeedbedError('build-failed', { image: tag, reason, directory }, { cause: thrown });
  }
}

async function build(
  { client, configuration, facts }: BuildContext,
  job: BuildJob,
  needs: readonly BuildKitNeed[],
  { pull = 'missing' }: BuildRequest,
): Promise<void> {
  const withBuildKit = async () => {
    const { buildWithBuildKit } = await import('./buildkit/build.ts');
    const caches = pull === 'never' ? await present(client, job.cacheFrom) : job.cacheFrom;
    await buildWithBuildKit(job, {
      needs,
      caches,
      mayPull: pull !== 'never',
      apiVersion: (await facts()).apiVersion,
    });
  };
  if (needs.length > 0 && !(await facts()).isPodman) return withBuildKit();
  try {
    if (pull !== 'never') await fetchCaches(job, configuration, pull);
    await buildClassic(job);
  } catch (thrown) {
    if (!isClassicGone(thrown)) throw thrown;
    await withBuildKit();
  }
}

/** Docker has announced that it will remove its ordinary builder. */
function isClassicGone(thrown: unknown): boolean {
  return statusOf(thrown) !== undefined && /(classic|legacy) builder|buildkit/i.test(reasonOf(thrown));
}

async function decide(
  { client, configuration }: BuildContext,
  { tag, labels, cacheFrom = [], pull, login }: BuildRequest,
  dockerfile: DockerfileSource,
  fetched: readonly BaseImage[],
  progress: (line: string) => void,
): Promise<BuildJob> {
  const references = [...fetched.map(({ reference }) => reference), ...cacheFrom];
  return {
    client,
    dockerfile,
    parameters: {
      t: tag,
      labels: { ...labels },
      ...(pull === 'always' && { pull: true }),
    },
    cacheFrom,
    registries: await loginsFor(configuration, references, login),
    progress,
  };
}
