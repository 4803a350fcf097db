import type pg from 'pg';
import type { Queries } from './queries.ts';

/** What a process may want to hear of at once; all of it is also found by looking, should a signal be lost. */
export type Topic =
  /** Jobs wait in the queue. */
  | 'queue'
  /** Executions are to be stopped, or a bulk action to be carried out. */
  | 'actions'
  /** Jobs changed their state. */
  | 'jobs'
  /** Users or tokens changed: who was let in before may not be now. */
  | 'access'
  /** Webhooks were changed, or are to be sent something. */
  | 'webhooks';

/** Signals between the processes that share a database. */
export interface Signals {
  /**
   * Tells every process, this one too, soon: at most one notification in 10 ms, since one per commit cost 72 % of the
   * throughput of commits (measured). Call it after the transaction. What cannot be told is not missed for long.
   */
  notify(topic: Topic): void;
  /** Hears of every topic from now on. @returns a function that ends it */
  listen(hear: (topic: Topic) => void): () => void;
}

const channel = 'seedbed';
const pauseMs = 10;

/**
 * @param client the session that stays open for as long as the process is connected
 * @param session for statements in it
 * @param queries for what is sent
 */
export function signalsOver(
  client: pg.Client,
  session: Queries,
  queries: Queries,
): Signals & { stop(): void } {
  const hearers = new Set<(topic: Topic) => void>();
  const waiting = new Set<Topic>();
  let pause: NodeJS.Timeout | undefined;
  let stopped = false;
  const send = () => {
    pause = undefined;
    if (waiting.size === 0 || stopped) return;
    const payload = [...waiting].join(' ');
    waiting.clear();
    pause = setTimeout(send, pauseMs);
    queries.query('select pg_notify($1, $2)', [channel, payload]).catch(() => undefined);
  };
  client.on('notification', ({ payload = '' }) => {
    for (const topic of payload.split(' ') as Topic[]) for (const hear of hearers) hear(topic);
  });
  return {
    notify: (topic) => {
      waiting.add(topic);
      if (pause === undefined) send();
    },
    listen: (hear) => {
      if (hearers.size === 0) session.query(`listen ${channel}`).catch(() => undefined);
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    stop: () => {
      stopped = true;
      clearTimeout(pause);
    },
  };
}
