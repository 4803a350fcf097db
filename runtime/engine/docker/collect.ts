import { mkdir, rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ContainerInspectInfo } from 'dockerode';
import type { ExecutionKey, LaunchSpec } from '../engine.ts';
import type { Client } from './client.ts';
import { isStatus } from './failures.ts';
import { label } from './names.ts';
import { handOver, isOwn } from './ownership.ts';
import type { Sharing } from './sharing.ts';
import { unpackDirectory } from './untar.ts';

export interface CollectContext {
  readonly client: Client;
  readonly sharing: Sharing;
  /** Files that a job may leave. */
  readonly limit: number;
}

/**
 * Brings everything of OUTPUT_DIR into the caller's directory, as the caller's own.
 * @param name the container's
 * @param known what an earlier inspection said of it; undefined: it is asked for
 */
export async function collect(
  context: CollectContext,
  spec: LaunchSpec,
  key: ExecutionKey,
  name: string,
  known?: Pick<ContainerInspectInfo, 'Config' | 'Image'>,
): Promise<void> {
  const { client, sharing, limit } = context;
  const { Config, Image } = known ?? (await client.docker.getContainer(name).inspect());
  const { directory, target } = spec.output;
  if (Config.Labels[label.staging] === 'archive') return fetchOutput(client, name, target, directory, limit);
  if (process.geteuid?.() === 0 || (await isOwn(directory, limit))) return;
  const place = await sharing.locate(directory);
  const handover = {
    image: Image,
    installation: key.installation,
    runtime: Config.Labels[label.runtime] ?? '',
  };
  const given = place !== undefined && (await handOver(client, { ...handover, directory: place }));
  if (given && (await isOwn(directory, limit))) return;
  await fetchInstead(client, name, target, directory, limit);
}

/**
 * The engine's copy in place of a directory whose files nobody could give to this user. What they can't delete of that
 * directory stays beside it, as `<directory>.foreign`.
 */
async function fetchInstead(client: Client, name: string, target: string, directory: string, limit: number) {
  const [copy, foreign] = [`${directory}.copy`, `${directory}.foreign`];
  await mkdir(copy);
  await fetchOutput(client, name, target, copy, limit);
  await rename(directory, foreign);
  await rename(copy, directory);
  await rm(foreign, { recursive: true, force: true }).catch(() => {});
}

async function fetchOutput(client: Client, name: string, target: string, directory: string, limit: number) {
  let archive: Readable;
  try {
    archive = (await client.docker.getContainer(name).getArchive({ path: target })) as unknown as Readable;
  } catch (thrown) {
    if (isStatus(thrown, 404)) return;
    throw thrown;
  }
  await unpackDirectory(archive, directory, limit);
}
