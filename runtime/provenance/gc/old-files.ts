import { setTimeout as delay } from 'node:timers/promises';
import { dryRun, lastPass, requestPass, sweep } from '../../retention/index.ts';
import type { Garbage, GarbageWorld } from './garbage.ts';

/** Files that retention lets go, and content of deleted files that is still there. */
export interface OldFiles {
  readonly count: number;
  readonly bytes: number;
  /** At most 20. */
  readonly examples: readonly Garbage[];
}

/** What `removeOldFiles` would remove. */
export async function oldFiles({ db }: GarbageWorld): Promise<OldFiles> {
  const { goes } = await dryRun(db);
  const waiting = await db.query<{
    id: number;
    workspace: string;
    path: string;
    bytes: number;
    reason: string;
  }>(
    `select r.file_id as id, w.name as workspace, r.file_path as path, r.file_size as bytes, r.reason
     from file_removal r join workspace w on w.id = r.workspace_id where r.not_before <= now() order by r.id limit 20`,
  );
  const [all] = await db.query<{ count: number; bytes: number }>(
    'select count(*) as count, coalesce(sum(file_size), 0)::bigint as bytes from file_removal where not_before <= now()',
  );
  const examples = [
    ...goes.examples.map(({ id, workspace, file_path, file_size: bytes, reason }) => ({
      ...{ id, workspace, path: file_path, bytes, reason },
    })),
    ...waiting,
  ].slice(0, 20);
  return {
    count: goes.files + all!.count,
    bytes: goes.bytes + all!.bytes,
    examples: examples.map(({ id, workspace, path, bytes, reason }) => ({
      ...{ kind: 'files' as const, name: `file ${id}, ${workspace}: ${path}`, bytes, reason },
    })),
  };
}

/** Milliseconds between two looks while a service does it. */
const pause = 100;

/**
 * Has a pass over the catalogue made and what it let go removed, here or by a service that is at it already: whoever
 * holds the lock of the sweepers does the next step. @returns what was removed
 */
export async function removeOldFiles(world: GarbageWorld): Promise<OldFiles> {
  const { db, open, logger, logs, signal } = world;
  const { count, bytes, examples } = await oldFiles(world);
  await requestPass(db, 'gc');
  for (;;) {
    signal?.throwIfAborted();
    const steps = await sweep({ db, open, logger, logs, signal });
    const { requested, ended } = await lastPass(db);
    if (requested === null && ended !== null && steps === 0) break;
    if (steps === 0) await delay(pause);
  }
  const left = await oldFilesLeft(world);
  return { count: Math.max(0, count - left.count), bytes: Math.max(0, bytes - left.bytes), examples };
}

/** What could not be removed now, such as of a workspace that is away. */
async function oldFilesLeft({ db }: GarbageWorld): Promise<{ count: number; bytes: number }> {
  const [row] = await db.query<{ count: number; bytes: number }>(
    'select count(*) as count, coalesce(sum(file_size), 0)::bigint as bytes from file_removal where problem is not null',
  );
  return row!;
}
