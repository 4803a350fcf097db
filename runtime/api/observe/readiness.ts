import { setTimeout as delay } from 'node:timers/promises';
import { type Database, isCurrent } from '../../database/index.ts';
import { hasLease } from '../../jobs/index.ts';

/** What must hold for the service to be sent requests. */
export type Check = 'stopping' | 'database' | 'migrations' | 'runtime';

const patienceMs = 1000;

/**
 * Looks at what must hold. Anybody may ask: those who come while it looks get the same answer, so that however many ask
 * cost one session of the database at most.
 * @returns the checks that failed
 */
export function readiness(db: Database, stopping: AbortSignal): () => Promise<Check[]> {
  let looking: Promise<Check[]> | undefined;
  return async () => {
    if (stopping.aborted) return ['stopping'];
    looking ??= look(db).finally(() => (looking = undefined));
    const late = delay(patienceMs, ['database' as const], { ref: false });
    return Promise.race([looking, late]);
  };
}

async function look(db: Database): Promise<Check[]> {
  try {
    const [current, leased] = await Promise.all([isCurrent(db), hasLease(db, db.presence.runtime)]);
    return [...(current ? [] : ['migrations' as const]), ...(leased ? [] : ['runtime' as const])];
  } catch {
    return ['database'];
  }
}
