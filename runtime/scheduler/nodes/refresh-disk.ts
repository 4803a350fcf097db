import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import { diskPromises, reportDisk } from '../../jobs/index.ts';
import type { DrivenNode } from './driven-node.ts';
import { freeMiB } from './open-node.ts';

/** Changes of less are no news, MiB. */
const leastMiB = 16;
/** Files of one execution that are counted; what the others take is counted as not used yet. */
const mostFiles = 20_000;

interface Seen {
  readonly free: number;
  readonly disk: number;
  readonly hasPromises: boolean;
}

const seen = new WeakMap<DrivenNode, Seen>();

/**
 * Brings what a node has of disk up to date: what is free now, and what its executions have used of what they were
 * promised, since the promise is taken off as a whole. A disk that nobody uses costs no query.
 */
export async function refreshDisk(
  db: LastingDatabase,
  node: DrivenNode,
  { home, node: { share } }: Pick<Config, 'home' | 'node'>,
): Promise<void> {
  const free = await freeMiB(home);
  const last = seen.get(node);
  if (last && !last.hasPromises && Math.abs(last.free - free) < leastMiB) return;
  const promises = await diskPromises(db, node.id);
  let used = 0;
  for (const { disk, attemptDirectory } of promises) used += Math.min(disk, await usedMiB(attemptDirectory));
  const disk = Math.floor((free + used) * share);
  const isNews = !last || Math.abs(last.disk - disk) >= leastMiB;
  if (isNews) await reportDisk(db, node.id, disk);
  seen.set(node, { free, disk: isNews ? disk : last.disk, hasPromises: promises.length > 0 });
}

/** What the files of a directory take on the disk; of one that is not on this machine, nothing. */
async function usedMiB(directory: string): Promise<number> {
  let blocks = 0;
  let files = 0;
  const waiting = [directory];
  for (let at = waiting.pop(); at !== undefined && files < mostFiles; at = waiting.pop())
    try {
      for await (const entry of await opendir(at)) {
        const name = path.join(at, entry.name);
        if (++files >= mostFiles) break;
        if (entry.isDirectory()) waiting.push(name);
        else blocks += (await lstat(name)).blocks;
      }
    } catch {
      // It ends, or it is another user's.
    }
  return (blocks * 512) / 2 ** 20;
}
