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
  | 'webhooks'
  /** Files are to be removed, or a pass over all of them is asked for. */
  | 'removals'
  /** Strikes or scans were changed, or asked for. */
  | 'ingest'
  /** Schedules were changed, or asked for. */
  | 'schedules'
  /** Recipes or jobs of a batch are to be made. */
  | 'batches';

/** Signals between the processes that share a database. */
export interface Signals {
  /**
   * Tells this process at once, and every other one soon: at most one notification in 10 ms, and of `jobs`, for which
   * nobody has to hurry, in 500 ms. One per commit cost 72 % of the throughput of commits, and each wakes a session of
   * every process (measured). Call it after the transaction. What cannot be told is not missed for long.
   */
  notify(topic: Topic): void;
  /** Hears of every topic from now on. @returns a function that ends it */
  listen(hear: (topic: Topic) => void): () => void;
}

const channel = 'seedbed';
/** Milliseconds between two notifications of a topic. */
const pauseOf = (topic: Topic): number => (topic === 'jobs' ? 500 : 10);
/** A notification survives no crash anyway, so that its commit need not wait for the disk. */
const statement = `select set_config('synchronous_commit', 'off', true), pg_notify('${channel}', $1)`;

/**
 * @param client the session that stays open for as long as the process is connected
 * @param session for statements in it
 * @param queries for what is sent
 * @param runtime number of this process's presence, by which it knows its own notifications
 */
export function signalsOver(
  client: pg.Client,
  session: Queries,
  queries: Queries,
  runtime: string,
): Signals & { stop(): void } {
  const hearers = new Set<(topic: Topic) => void>();
  const waiting = new Set<Topic>();
  const pausing = new Map<Topic, NodeJS.Timeout>();
  let stopped = false;
  const tell = (topic: Topic) => {
    for (const hear of hearers) hear(topic);
  };
  const send = (topic: Topic) => {
    pausing.delete(topic);
    if (!waiting.delete(topic) || stopped) return;
    pausing.set(topic, setTimeout(send, pauseOf(topic), topic));
    queries.prepared('notify', statement, [`${runtime} ${topic}`]).catch(() => undefined);
  };
  client.on('notification', ({ payload = '' }) => {
    const [sender, topic] = payload.split(' ');
    if (sender !== runtime) tell(topic as Topic);
  });
  return {
    notify: (topic) => {
      queueMicrotask(() => tell(topic));
      waiting.add(topic);
      if (!pausing.has(topic)) send(topic);
    },
    listen: (hear) => {
      if (hearers.size === 0) session.query(`listen ${channel}`).catch(() => undefined);
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    stop: () => {
      stopped = true;
      for (const pause of pausing.values()) clearTimeout(pause);
    },
  };
}
