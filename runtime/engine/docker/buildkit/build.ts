import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { Readable } from 'node:stream';
import { SeedbedError } from '../../../errors/index.ts';
import { withoutSyntax } from '../../dockerfile/frontend.ts';
import type { BuildKitNeed } from '../../dockerfile/needs-buildkit.ts';
import { isOrdinaryFrontend, parseDockerfile } from '../../dockerfile/parse.ts';
import { BaseImageProblem } from '../base-image-problem.ts';
import type { BuildJob } from '../build.ts';
import { engineReason, isStatus, oneLine } from '../failures.ts';
import { jsonLines } from '../json-lines.ts';
import { registryNamed } from '../registry-address.ts';
import { contextFiles, dockerfileFiles } from './files.ts';
import { openSession, type Session } from './session.ts';
import { BuildStatus, withoutFrame } from './status.ts';

interface BuildKitOptions {
  /** What in the Dockerfile asks for it. */
  readonly needs: readonly BuildKitNeed[];
  /** Those of `cacheFrom` that may be asked for. */
  readonly caches: readonly string[];
  /** Whether a frontend's image may be fetched. */
  readonly mayPull: boolean;
  readonly apiVersion: string;
}

interface BuildLine {
  readonly id?: string;
  readonly aux?: unknown;
  readonly error?: string;
}

const advice = '`# syntax=docker/dockerfile:1` as first line would fetch a newer one';

/** The first API with BuildKit. */
const oldestApi = [1, 39] as const;

/**
 * Builds with BuildKit: the request starts it, and it fetches Dockerfile, context and logins from our session. The
 * frontend is the one that the engine has built in, which needs no registry; the one that `# syntax=` names only
 * where that does not understand the file, or where it is no version of Docker's own.
 * @throws buildkit-missing
 */
export async function buildWithBuildKit(job: BuildJob, options: BuildKitOptions): Promise<void> {
  const { dockerfile } = job;
  requireApi(job, options);
  const { syntax } = parseDockerfile(dockerfile.text);
  if (syntax && !isOrdinaryFrontend(syntax.image)) return buildOnce(job, options, dockerfile.text);
  try {
    await buildOnce(job, options, withoutSyntax(dockerfile.text));
  } catch (thrown) {
    const reason = engineReason(thrown);
    if (thrown instanceof SeedbedError || !isParseError(reason)) throw thrown;
    if (!syntax || !options.mayPull) throw tooOld(job, options, `${reason}; ${advice}`) ?? thrown;
    job.progress(`The engine's own frontend does not know it all; fetching ${syntax.image}`);
    await buildOnce(job, options, dockerfile.text).catch((second: unknown) => {
      const problem = engineReason(second);
      const isFrontend = problem.includes('docker/dockerfile');
      throw (isFrontend && tooOld(job, options, `${reason}; ${problem}`)) || second;
    });
  }
}

function requireApi(job: BuildJob, options: BuildKitOptions): void {
  const [major = 0, minor = 0] = options.apiVersion.split('.').map(Number);
  if (major < oldestApi[0] || (major === oldestApi[0] && minor < oldestApi[1]))
    throw missing(job, options.needs[0], 'this engine is too old to have it');
}

async function buildOnce(job: BuildJob, { needs, caches }: BuildKitOptions, text: string): Promise<void> {
  const { client, dockerfile, parameters, cacheFrom, registries } = job;
  let session: Session | undefined;
  let problem: Error | undefined;
  try {
    session = await openSession(client, sharedKey(dockerfile.directory), {
      async files(name, paths) {
        if (name === 'dockerfile') return dockerfileFiles(dockerfile, text);
        // Its rules are ours to apply.
        if (paths.length === 1 && paths[0] === '.dockerignore') return [];
        return contextFiles(dockerfile).catch((thrown: Error) => {
          problem = thrown;
          throw thrown;
        });
      },
      login: async (host) => registries[registryNamed(host)],
    });
    const stream = await client.docker.buildImage(Readable.from([]), {
      ...parameters,
      ...(caches.length > 0 && { cachefrom: JSON.stringify(caches) }),
      // So that this image can be a cache for the next.
      ...(cacheFrom.length > 0 && { buildargs: { BUILDKIT_INLINE_CACHE: '1' } }),
      dockerfile: dockerfile.nameInContext,
      remote: 'client-session',
      session: session.id,
      // A number, because the library opens a session of its own for the text.
      version: 2 as never,
    } as object);
    await follow(stream, job.progress);
  } catch (thrown) {
    if (problem) throw problem;
    const reason = engineReason(thrown);
    if (isStatus(thrown, 400, 404, 405, 501) && /buildkit|page not found|session/i.test(reason))
      throw missing(job, needs[0], `this engine does not have it (${reason})`, thrown);
    throw thrown;
  } finally {
    session?.close();
  }
}

/** Passes lines on; ends with the builder's complaint and what the failed step printed last. */
async function follow(stream: NodeJS.ReadableStream, progress: (line: string) => void): Promise<void> {
  const status = new BuildStatus(progress);
  for await (const { id, aux, error } of jsonLines<BuildLine>(stream)) {
    if (error !== undefined) {
      const reason = status.failure ?? withoutFrame(oneLine(error));
      throw status.fetching === undefined ? new Error(reason) : new BaseImageProblem(status.fetching, reason);
    }
    if (id === 'moby.buildkit.trace' && typeof aux === 'string') status.read(aux);
  }
}

/** The builder keeps a copy of each context for the next build of it. */
function sharedKey(directory: string): string {
  return createHash('sha256').update(`${hostname()}:${directory}`).digest('hex');
}

function isParseError(reason: string): boolean {
  return /parse error|unknown (instruction|flag)|unknown key|unexpected key|not supported for/i.test(reason);
}

/** A complaint about one of the lines for which BuildKit was chosen says that it is too old for them. */
function tooOld(job: BuildJob, { needs }: BuildKitOptions, reason: string): SeedbedError | undefined {
  const need = needs.find(({ instruction }) => {
    const flag = /--([\w-]+)/.exec(instruction)?.[1];
    return flag === undefined ? instruction.includes('<<') : reason.includes(flag);
  });
  return need && missing(job, need, `that of this engine is too old for it (${reason})`);
}

function missing(
  { dockerfile }: BuildJob,
  need: BuildKitNeed | undefined,
  reason: string,
  cause?: unknown,
): SeedbedError {
  const { line, instruction } = need ?? { line: 1, instruction: 'the engine builds with nothing else' };
  return new SeedbedError(
    'buildkit-missing',
    { dockerfile: dockerfile.label, line, instruction, reason },
    { cause },
  );
}
