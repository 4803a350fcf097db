import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config/index.ts';
import { connect, type ConnectOptions, type Database } from './database.ts';
import type { Topic } from './signals.ts';
import { tryUntil } from './try-until.ts';

/** A database for a process that outlives its connections: a server that restarts, a network that was cut. */
export interface LastingDatabase extends Database {
  /**
   * Is told after each new connection, which has another presence than the last one; what listens goes on listening.
   * @param hear the number of the presence that is gone
   */
  onReturn(hear: (formerRuntime: string) => void): void;
}

/** A statement that takes longer has lost its connection, without either side being told. */
const statementMs = 60_000;
/** For the goodbye to a server that may be gone. */
const goodbyeMs = 5000;

/**
 * As `connect`; once it has connected, every loss is followed by another connection, for as long as it takes. What is
 * asked for in the meantime fails with database-unreachable, and can be asked for again.
 * @throws as `connect`, for the first connection
 */
export async function connectLasting(
  config: Pick<Config, 'home' | 'databaseUrl'>,
  options?: ConnectOptions,
): Promise<LastingDatabase> {
  const open = (known: boolean) => connect(config, { statementMs, known, ...options });
  let current = await open(false);
  const returns = new Set<(former: string) => void>();
  const hearers = new Map<(topic: Topic) => void, () => void>();
  const closing = new AbortController();
  const closures = new Set<Promise<void>>();
  let closed: Promise<void> | undefined;

  const leave = (database: Database): void => {
    const closure = database
      .close()
      .catch(() => undefined)
      .finally(() => closures.delete(closure));
    closures.add(closure);
  };

  const follow = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const former = current;
      await Promise.race([former.presence.lost, aborted(closing.signal)]);
      if (closing.signal.aborted) return;
      former.abandon();
      leave(former);
      const next = await tryUntil(() => open(true), closing.signal, leave);
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
    sessions: () => current.sessions(),
    query: (sql, parameters) => current.query(sql, parameters),
    prepared: (name, sql, parameters) => current.prepared(name, sql, parameters),
    execute: (sql, parameters) => current.execute(sql, parameters),
    transaction: (work) => current.transaction(work),
    openLoad: () => current.openLoad(),
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
        leave(current);
        await Promise.race([Promise.all(closures), delay(goodbyeMs, undefined, { ref: false })]);
        current.abandon();
        await Promise.all(closures);
      })()),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
