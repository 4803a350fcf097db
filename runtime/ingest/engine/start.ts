import { idleMs, keepLooking, type Lookout, type Presence } from '../../database/index.ts';
import { reasonOf } from '../../errors/index.ts';
import { type IngestContext, type Timing, usualTiming } from './context.ts';
import { queueCredentials } from '../queue-credentials.ts';
import { runScan } from './scan.ts';
import { Workspaces } from '../../catalog/index.ts';
import { runStrike } from './strike.ts';
import { type FoundTask, releaseTask, takeTasks, taskOf } from './tasks.ts';

export interface IngestOptions extends Omit<IngestContext, 'timing' | 'workspaces'> {
  readonly timing?: Partial<Timing>;
}

export interface Ingest {
  /** Ends what it does between two files' steps; whoever comes next goes on there. */
  stop(): Promise<void>;
}

interface Worker {
  readonly kind: FoundTask['kind'];
  readonly id: number;
  readonly revision: string;
  readonly stopping: AbortController;
  readonly ended: Promise<void>;
}

/** Works at strikes and scans, beside other runtimes that do the same: each is worked at by one of them at a time. */
export function startIngest(options: IngestOptions): Ingest {
  const { db, config } = options;
  const workspaces = new Workspaces(db, config);
  const context = {
    queueCredentials: (strikeId: number) => queueCredentials(db, config, strikeId),
    ...options,
    workspaces,
    timing: { ...usualTiming, ...options.timing },
  };
  return new Supervisor(context, () => workspaces.close());
}

/**
 * Looks every two seconds, and when it is told of a change, which strikes are active and which scans were asked for:
 *
 *     nobody works at it → its lock is taken, a worker begins
 *     its configuration changed → the worker ends, and begins anew
 *     it is no longer active → the worker ends, the lock is given back
 *     the session is lost, and with it all locks → all workers end
 *
 * The lock is held by the session that announces this process, so that it is free at once when the process dies.
 */
class Supervisor implements Ingest {
  readonly #context: IngestContext;
  readonly #workers = new Map<string, Worker>();
  readonly #close: () => void;
  readonly #lookout: Lookout;

  constructor(context: IngestContext, close: () => void) {
    this.#context = context;
    this.#close = close;
    const { db, logger, timing } = context;
    this.#follow(db.presence);
    db.onReturn(() => this.#follow(db.presence));
    this.#lookout = keepLooking({
      db,
      topic: 'ingest',
      look: async () => ((await this.#lookOnce()) ? timing.tasks : idleMs),
      failed: (thrown) => {
        logger.warn({ reason: reasonOf(thrown) }, 'strikes and scans could not be looked after');
        return timing.tasks;
      },
    });
  }

  async stop(): Promise<void> {
    await this.#lookout.stop();
    await Promise.all([...this.#workers].map(([key, worker]) => this.#end(key, worker)));
    this.#close();
  }

  /** With the session go its locks. */
  #follow(presence: Presence): void {
    void presence.lost.then(() => {
      for (const worker of this.#workers.values()) worker.stopping.abort();
    });
  }

  /** @returns whether there is anything to look after, here or elsewhere */
  async #lookOnce(): Promise<boolean> {
    const { db } = this.#context;
    const session = db.presence;
    const ended = [...this.#workers].filter(([, { stopping }]) => stopping.signal.aborted);
    await Promise.all(ended.map(([key, worker]) => this.#end(key, worker)));
    const found = await takeTasks(session.queries, [...this.#workers.keys()]);
    if (session !== db.presence) return true;
    const mine = new Map(found.filter((task) => task.mine).map((task) => [keyOf(task), task]));
    const stale = [...this.#workers].filter(([key, { revision }]) => mine.get(key)?.revision !== revision);
    await Promise.all(stale.map(([key, worker]) => this.#end(key, worker)));
    for (const [key, task] of mine) {
      if (stale.some(([other]) => other === key)) this.#lookout.look();
      else if (!this.#workers.has(key)) this.#begin(key, task);
    }
    return found.length > 0;
  }

  #begin(key: string, { kind, id, revision }: FoundTask): void {
    const stopping = new AbortController();
    const run = async () => {
      const task = await taskOf(this.#context.db, kind, id);
      if (task?.kind === 'strike') await runStrike(this.#context, task, stopping.signal);
      else if (task) await runScan(this.#context, task, stopping.signal);
    };
    const ended = run()
      .catch((err: unknown) => {
        if (!stopping.signal.aborted)
          this.#context.logger.error({ err, [kind]: id }, 'it ends, and begins anew');
      })
      .finally(() => stopping.abort());
    this.#workers.set(key, { kind, id, revision, stopping, ended });
  }

  async #end(key: string, { kind, id, stopping, ended }: Worker): Promise<void> {
    stopping.abort();
    await ended;
    this.#workers.delete(key);
    await releaseTask(this.#context.db.presence.queries, kind, id).catch(() => undefined);
  }
}

function keyOf({ kind, id }: FoundTask): string {
  return `${kind} ${id}`;
}
