import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Container } from 'dockerode';
import type { Client } from './client.ts';
import { confinement } from './create.ts';
import { isStatus } from './failures.ts';
import { removeContainer } from './remove.ts';

/**
 * Compares size and modification time, to the nanosecond, of a path here and in a container that is not started.
 * @returns undefined where the engine cannot say
 */
export async function isSameFile(
  container: Container,
  source: string,
  target: string,
): Promise<boolean | undefined> {
  const there = await statInContainer(container, target);
  if (there === 'unknown') return undefined;
  if (!there) return false;
  const here = await stat(source, { bigint: true });
  if (here.isFile() && BigInt(there.size) !== here.size) return false;
  return nanoseconds(there.mtime) === here.mtimeNs;
}

/**
 * The same through the directory that holds the file, in a container that is never started: Podman (4.3 at least) cannot
 * look at a file that is bound by itself.
 * @param parent the engine's path of that directory
 */
export async function isSameThroughParent(
  client: Client,
  image: string,
  source: string,
  parent: string,
): Promise<boolean> {
  const target = '/seedbed-probe';
  const container = await client.docker.createContainer({
    Image: image,
    Entrypoint: ['/never-started'],
    HostConfig: {
      ...confinement,
      NetworkMode: 'none',
      Mounts: [{ Type: 'bind', Source: parent, Target: target, ReadOnly: true }],
    },
  });
  try {
    return (await isSameFile(container, source, path.posix.join(target, path.basename(source)))) === true;
  } finally {
    await removeContainer(client, container.id).catch(() => {});
  }
}

async function statInContainer(
  container: Container,
  target: string,
): Promise<PathStat | 'unknown' | undefined> {
  try {
    const response = (await container.infoArchive({ path: target })) as NodeJS.ReadableStream & {
      headers: Record<string, string | undefined>;
    };
    response.resume();
    const header = response.headers['x-docker-container-path-stat'];
    return header ? (JSON.parse(Buffer.from(header, 'base64').toString()) as PathStat) : undefined;
  } catch (thrown) {
    if (isStatus(thrown, 404)) return undefined;
    if (isStatus(thrown, 500)) return 'unknown';
    throw thrown;
  }
}

interface PathStat {
  readonly size: number;
  /** RFC 3339 with up to nine digits of a second. */
  readonly mtime: string;
}

function nanoseconds(time: string): bigint {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  const seconds = Math.floor(Date.parse(time.replace(/\.\d+/, '')) / 1000);
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
}
