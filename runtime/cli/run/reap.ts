import { rm, rmdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Database } from '../../database/index.ts';
import type { Engine } from '../../engine/index.ts';
import {
  abandon,
  claimingRuntimes,
  failOrphans,
  isAttemptDirectory,
  type Orphan,
  privateRuntimes,
  stillRunning,
} from '../../jobs/index.ts';
import type { Logger } from '../../logging/index.ts';

/**
 * Clears up after processes of this installation that died: their executions end as `runtime-lost`, their containers and
 * their attempts' directories go. What belongs to a living process or to another installation is never touched.
 */
export async function reap(db: Database, engine: Engine, logger: Logger): Promise<void> {
  const runtimes = [...(await claimingRuntimes(db)), ...(await privateRuntimes(db))];
  const dead = await db.presence.deadAmong(runtimes);
  const orphans = await db.transaction(async (tx) => [
    ...(await failOrphans(tx, dead)),
    ...(await abandon(tx, dead)),
  ]);
  for (const orphan of orphans) logger.info({ orphan }, 'execution of a dead process ended');

  const containers = await engine.list(db.installation);
  const deadOwners = new Set(
    await db.presence.deadAmong([...new Set(containers.map(({ runtime }) => runtime))]),
  );
  const abandoned = containers.filter(
    ({ runtime, kept, state }) => deadOwners.has(runtime) && !(kept && state === 'exited'),
  );
  // What a dead scheduler ran goes on until another one adopts it.
  const running = await stillRunning(
    db,
    abandoned.map(({ key }) => key.execution),
  );
  for (const container of abandoned) {
    if (running.has(container.key.execution)) continue;
    await engine.remove(container.key);
    logger.info({ key: container.key }, 'container of a dead process removed');
  }
  await engine.removeHelpers(db.installation, (runtimes) => db.presence.deadAmong(runtimes));
  for (const orphan of orphans) await removeAttempt(orphan, logger);
}

/** The directory is named in the database: only what is ours by name, and on this machine, is removed. */
async function removeAttempt({ attemptDirectory, node }: Orphan, logger: Logger): Promise<void> {
  if (attemptDirectory === null || node !== hostname() || !isAttemptDirectory(attemptDirectory)) return;
  try {
    await rm(attemptDirectory, { recursive: true, force: true });
    await rmdir(path.dirname(attemptDirectory)).catch(() => undefined);
  } catch (err) {
    logger.warn({ err, attemptDirectory }, 'directory of a dead attempt not removed');
  }
}
