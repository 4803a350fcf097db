import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config/index.ts';
import { connect, type ConnectOptions, type Database } from './database.ts';
import type { Topic } from './signals.ts';

/** A database for a process that outlives its connections: a server that restarts, a network that was cut. */
export interface LastingDatabase extends Database {
  /**
   * Is told after each new connection, which has another presence than the last one; what listens goes on listening.
   * @param hear the number of the presence that is gone
   */
  onReturn(hear: (formerRuntime: string) => void): void;
}

/** Between attempts to connect again, milliseconds. */
const pauseMs = 200;

/**
 * As `connect`; once it has connected, every loss is followed by another connection, for as long as it takes. What is
 * asked for in the meantime fails with database-unreachable, and can be asked for again.
 * @throws as `connect`, for the first connection
 */
export async function connectLasting(
  config: Pick<Config, 'home' | 'databaseUrl'>,
  options?: ConnectOptions,
): Promise<LastingDatabase> {
  let current = await connect(config, options);
  const returns = new Set<(former: string) => void>();
  const hearers = new Map<(topic: Topic) => void, () => void>();
  const closing = new AbortController();
  let closed: Promise<void> | undefined;

  const follow = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const former = current;
      await Promise.race([former.presence.lost, aborted(closing.signal)]);
      if (closing.signal.aborted) return;
      former.abandon();
      const closedFormer = former.close().catch(() => undefined);
      const next = await again(() => connect(config, options), closing.signal);
      await closedFormer;
      if (!next) return;
      current = next;
      for (const [hear] of hearers) hearers.set(hear, current.listen(hear));
      for (const tell of returns) tell(former.presence.runtime);
    }
  };
  const following = follow();

  return {
    get installation() {
      return current.installation;
    },
    get presence() {
      return current.presence;
    },
    get where() {
      return current.where;
    },
    query: (sql, parameters) => current.query(sql, parameters),
    prepared: (name, sql, parameters) => current.prepared(name, sql, parameters),
    execute: (sql, parameters) => current.execute(sql, parameters),
    transaction: (work) => current.transaction(work),
    notify: (topic) => current.notify(topic),
    listen: (hear) => {
      hearers.set(hear, current.listen(hear));
      return () => {
        hearers.get(hear)?.();
        hearers.delete(hear);
      };
    },
    abandon: () => current.abandon(),
    onReturn: (hear) => returns.add(hear),
    close: () =>
      (closed ??= (async () => {
        closing.abort();
        await following;
        await current.close();
      })()),
  };
}

async function again(attempt: () => Promise<Database>, signal: AbortSignal): Promise<Database | undefined> {
  while (!signal.aborted) {
    try {
      return await attempt();
    } catch {
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
