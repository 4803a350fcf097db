import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { LastingDatabase } from '../database/index.ts';
import { runningAttempts, stillRunning } from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';
import type { DrivenNode } from './nodes/driven-node.ts';

/**
 * Removes what no execution that runs has to do with any more: containers whose runtime is dead, or that are ours and
 * have ended; helpers of dead runtimes; directories of attempts. What somebody may still need is found by asking the
 * database after looking.
 * @param isOurs whether this runtime still works at an execution
 */
export async function sweep(
  db: LastingDatabase,
  node: DrivenNode,
  isOurs: (execution: number) => boolean,
  logger: Logger,
): Promise<void> {
  const containers = (await node.engine.list(db.installation)).filter(
    ({ kept, key }) => !kept && !isOurs(key.execution),
  );
  const running = await stillRunning(
    db,
    containers.map(({ key }) => key.execution),
  );
  const over = containers.filter(({ key }) => !running.has(key.execution));
  const owners = [...new Set(over.map(({ runtime }) => runtime))];
  const gone = new Set([...(await db.presence.deadAmong(owners)), db.presence.runtime]);
  for (const { key, runtime } of over) {
    if (!gone.has(runtime)) continue;
    await node.engine.remove(key);
    logger.info({ key }, 'container without an execution removed');
  }
  await node.engine.removeHelpers(db.installation, (runtimes) => db.presence.deadAmong(runtimes));
}

/** The names that a claim and an adoption give to directories of attempts: no other is ours to remove. */
const attemptName = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-e\d+)?$/;

/** @param attempts the directory of the attempts' directories */
export async function sweepAttempts(
  db: LastingDatabase,
  attempts: string,
  isOurs: (directory: string) => boolean,
): Promise<void> {
  const names = (await readdir(attempts).catch(() => [])).filter((name) => attemptName.test(name));
  if (names.length === 0) return;
  const running = await runningAttempts(db, attempts);
  for (const name of names) {
    const directory = path.join(attempts, name);
    if (!running.has(directory) && !isOurs(directory)) await rm(directory, { recursive: true, force: true });
  }
}
