import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config/index.ts';
import { isErrno, reasonOf } from '../../errors/index.ts';

/** What decides which paths of this machine a job may see. */
export interface HostPaths {
  /** Absolute directories below which paths may be mounted (SEED_HOST_ROOTS). */
  readonly roots: readonly string[];
  /** SEED_HOME. */
  readonly home: string;
  /** Of the engines on this machine: who can reach one commands the engine. */
  readonly engineSockets?: readonly string[];
  /** Where the key for secrets is, when that is not below `home`. */
  readonly secretKeyFile?: string;
}

/** @param engineSockets of the engines on this machine */
export function hostPathsOf(
  { hostRoots: roots, home, secretKeyFile }: Pick<Config, 'hostRoots' | 'home' | 'secretKeyFile'>,
  engineSockets: readonly string[],
): HostPaths {
  return { roots, home, engineSockets, ...(secretKeyFile !== undefined && { secretKeyFile }) };
}

export interface HostPathProblem {
  readonly name: 'HOST_ABSOLUTE_PATH' | 'MOUNT_NOT_ALLOWED' | 'MOUNT_FORBIDDEN' | 'MOUNT_NOT_FOUND';
  /** To follow the path: what is wrong, and what to do. */
  readonly problem: string;
}

/**
 * Whether a job may see a path of this machine, judged by where its links lead.
 * @returns the path without links, which is the one to mount; or why not
 */
export async function judgeHostPath(
  hostPath: string,
  paths: HostPaths,
): Promise<{ readonly real: string } | HostPathProblem> {
  if (!path.isAbsolute(hostPath))
    return { name: 'HOST_ABSOLUTE_PATH', problem: 'is not absolute; write it from / on' };
  const given = path.normalize(hostPath);
  const roots = [...paths.roots, ...(await Promise.all(paths.roots.map(withoutLinks)))];
  const outside: HostPathProblem = {
    name: 'MOUNT_NOT_ALLOWED',
    problem:
      paths.roots.length === 0
        ? 'may not be mounted: this Seedbed has no directories for mounts; set SEED_HOST_ROOTS'
        : `lies below none of ${paths.roots.join(', ')}; name a path below one of them, or add one to SEED_HOST_ROOTS`,
  };
  // By the name alone first: whether a path elsewhere exists is nothing to tell.
  if (!roots.some((root) => isWithin(given, root))) return outside;
  const seen = await look(given);
  if ('problem' in seen) return seen;
  const forbidden = await whyForbidden(seen.real, paths);
  if (forbidden) return { name: 'MOUNT_FORBIDDEN', problem: `${forbidden}; name another path` };
  if (roots.some((root) => isWithin(seen.real, root))) return seen;
  return { ...outside, problem: `leads out of the directories for mounts: it ${outside.problem}` };
}

async function look(given: string): Promise<{ readonly real: string } | HostPathProblem> {
  try {
    const real = await realpath(given);
    const kind = await lstat(real);
    if (kind.isDirectory() || kind.isFile()) return { real };
    const what = kind.isSocket() ? 'a socket' : 'a device or a pipe';
    return { name: 'MOUNT_FORBIDDEN', problem: `is ${what}; name a directory or a file` };
  } catch (thrown) {
    const why = isErrno(thrown, 'ENOENT', 'ENOTDIR')
      ? 'does not exist'
      : `cannot be used (${reasonOf(thrown)})`;
    return { name: 'MOUNT_NOT_FOUND', problem: `${why}; make it, or correct the path` };
  }
}

/** @param real without links */
async function whyForbidden(real: string, paths: HostPaths): Promise<string | undefined> {
  if (real === path.parse(real).root) return 'is the whole file system';
  const guarded = [
    [paths.home, 'SEED_HOME'],
    // As root the embedded database lives elsewhere, behind a link.
    [path.join(paths.home, 'database'), 'the embedded database'],
    ...(paths.secretKeyFile === undefined ? [] : [[paths.secretKeyFile, 'the key for secrets']]),
    ...(paths.engineSockets ?? []).map((socket) => [socket, "the container engine's socket"]),
  ] as [string, string][];
  for (const [place, what] of guarded) {
    const guardedPath = await withoutLinks(place);
    if (isWithin(guardedPath, real)) return `holds ${what}`;
    if (isWithin(real, guardedPath)) return `lies in ${what}`;
  }
  return undefined;
}

/** One that does not exist yet is taken by its name. */
async function withoutLinks(place: string): Promise<string> {
  return realpath(place).catch(() => path.normalize(place));
}

/** Whether a normal absolute path is a directory, or lies below it. */
function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`);
}
