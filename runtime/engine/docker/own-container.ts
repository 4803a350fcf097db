import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Client } from './client.ts';
import { isStatus } from './failures.ts';
import { isWithin } from './mount-table.ts';

/** A directory of the engine's machine, and where this process sees it. */
export interface OwnMount {
  readonly source: string;
  readonly target: string;
}

/**
 * Where this process runs in a container of the engine it talks to (Docker outside of Docker): that container's mounts.
 * @returns undefined when it does not
 */
export async function ownMounts(client: Client): Promise<OwnMount[] | undefined> {
  if (!existsSync('/.dockerenv') && !existsSync('/run/.containerenv')) return undefined;
  const table = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  for (const id of [containerIdFrom(table), hostname()]) {
    // A hostname that the user chose may be the name of another container.
    if (id === undefined || !/^([0-9a-f]{64}|[0-9a-f]{12})$/.test(id)) continue;
    try {
      const { Mounts } = await client.docker.getContainer(id).inspect();
      return Mounts.filter((mount) => mount.Source).map((mount) => ({
        source: mount.Source,
        target: mount.Destination,
      }));
    } catch (thrown) {
      if (!isStatus(thrown, 404)) throw thrown;
    }
  }
  return undefined;
}

/**
 * Engines mount /etc/hostname and its like from a directory that is called as the container's id. Only those mounts
 * count: a machine that runs containers has others with ids in them.
 */
export function containerIdFrom(mountTable: string): string | undefined {
  for (const line of mountTable.split('\n')) {
    const [, , , root = '', point = ''] = line.split(' ');
    if (!['/etc/hostname', '/etc/hosts', '/etc/resolv.conf'].includes(point)) continue;
    const id = /\/(?:overlay-)?containers\/([0-9a-f]{64})\//.exec(root)?.[1];
    if (id) return id;
  }
  return undefined;
}

/** The engine's path of one of ours; undefined: on the container's own disk, which the engine cannot bind. */
export function translate(mounts: readonly OwnMount[], file: string): string | undefined {
  let best: OwnMount | undefined;
  for (const mount of mounts)
    if (isWithin(file, mount.target) && (!best || mount.target.length > best.target.length)) best = mount;
  if (!best) return undefined;
  const rest = best.target === '/' ? file : file.slice(best.target.length);
  return `${best.source.replace(/\/$/, '')}${rest}` || '/';
}
