import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config/index.ts';
import type { LastingDatabase } from '../database/index.ts';
import { endLease, pulse, registerRuntime, type Scheduled } from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';
import { catchUp, recipeContext } from '../recipes/index.ts';
import { BulkActions } from './bulk-actions.ts';
import { Exchange } from './exchange.ts';
import type { Executor } from './executor.ts';
import type { DrivenNode } from './nodes/driven-node.ts';
import { checkHealth } from './nodes/health.ts';
import { type NamedEngine, openNodes } from './nodes/open-nodes.ts';
import { Ownership } from './ownership.ts';
import { sweep, sweepAttempts } from './recovery.ts';
import { RunningExecutions } from './running.ts';

export interface SchedulerOptions {
  readonly db: LastingDatabase;
  readonly config: Config;
  readonly logger: Logger;
  readonly engines: readonly NamedEngine[];
  readonly executor: Executor;
  /** Absolute, on the disk of the outputs: each attempt gets a directory in it. */
  readonly attempts: string;
  /** The queue that is worked off; default `default`. */
  readonly queue?: string;
  /** Jobs that one claim takes at most; default 500. */
  readonly claimLimit?: number;
  /** Executions at once, wherever there is room for more; default: no limit. */
  readonly mostRunning?: number | undefined;
}

/** A runtime's scheduler, at work until it is stopped. */
export interface Scheduler {
  readonly nodes: readonly DrivenNode[];
  /** Executions that this runtime works at. */
  readonly running: number;
  /** There may be something to do: jobs were submitted by this very process. */
  wake(): void;
  /**
   * Ends: nothing is claimed any more; what runs goes on without us, for another runtime to adopt, or with `drain` is
   * waited for.
   */
  stop(options?: { readonly drain?: boolean }): Promise<void>;
}

/** Jobs of one priority and revision that a claim looks at: more than most machines have slots. */
const mostAtOnce = 100;
/** With all else that an idle runtime asks, less than one statement a second; and who dies is still noticed within 5 s. */
const beatMs = 1250;
/** A beat that takes longer finds its connection dead. */
const beatLimitMs = 4000;
/** For what is under way when a runtime goes away: the rest is the next one's. */
const farewellMs = 10_000;
const healthMs = 5000;
const sweepMs = 60_000;

/**
 * Begins to work off the queue on these engines. It lives by one query each beat (`pulse`), besides the signals that
 * tell it of new jobs at once:
 *
 *     beat → jobs wait          → the exchange claims what fits
 *          → cancels            → the executions that are meant are stopped
 *          → bulk actions       → one step after the other is carried out
 *          → silent runtimes    → those that are dead: their executions are adopted, or given up where they are of
 *                                 a private queue that is not ours
 *          → one that hangs     → it is expelled from the database, and so is dead with the next beat
 *          → our lease is gone, or executions are ours of which we do not know
 *                               → what is ours is looked up: the unknown is taken up, the rest let go
 *
 * After a loss of the connection it has another number; what it runs is renamed, unless others adopted it meanwhile.
 * @throws engine-unreachable, database-unreachable
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const scheduler = new RuntimeScheduler(options);
  await scheduler.start();
  return scheduler;
}

class RuntimeScheduler implements Scheduler {
  readonly #options: SchedulerOptions;
  readonly #queue: string;
  readonly #running: RunningExecutions;
  readonly #actions: BulkActions;
  readonly #exchange: Exchange;
  readonly #ownership: Ownership;
  readonly #stopping = new AbortController();
  readonly #loops: Promise<void>[] = [];
  readonly #health = new Map<number, string>();
  readonly #nodes: DrivenNode[] = [];
  #contended = false;
  #draining = false;
  #beating: Promise<void> | undefined;
  #sweeping: Promise<void> | undefined;
  #unlisten: () => void = () => undefined;
  #stopped: Promise<void> | undefined;
  #registering: Promise<void> = Promise.resolve();

  constructor(options: SchedulerOptions) {
    const { db, logger, executor, attempts, queue = 'default', claimLimit = 500, mostRunning } = options;
    this.#options = options;
    // Every engine that does not answer waits for it.
    setMaxListeners(0, this.#stopping.signal);
    this.#queue = queue;
    this.#running = new RunningExecutions(executor, (ended) => this.#exchange.push(ended));
    const recipes = recipeContext(db, options.config, logger);
    this.#actions = new BulkActions(db, logger, recipes);
    this.#exchange = new Exchange({
      db,
      logger,
      recipes,
      queue,
      attempts,
      claimLimit,
      mostRunning,
      window: Math.min(claimLimit, mostAtOnce),
      contended: () => this.#contended,
      nodes: () => this.#nodes.filter(({ isReady }) => isReady),
      start: (executions) => this.#start(executions),
      onDoubt: () => this.#ownership.doubt(),
    });
    this.#ownership = new Ownership({
      db,
      logger,
      queue,
      running: this.#running,
      exchange: this.#exchange,
      nodes: () => this.#nodes,
      onDead: () => void this.#sweep(),
    });
  }

  get nodes(): readonly DrivenNode[] {
    return this.#nodes;
  }

  get running(): number {
    return this.#running.size;
  }

  async start(): Promise<void> {
    const { db } = this.#options;
    await this.#openNodes();
    await this.#register();
    db.onReturn((former) => this.#return(former));
    this.#unlisten = db.listen((topic) => {
      if (topic === 'queue') this.wake();
      if (topic === 'actions') void this.#beat();
    });
    this.#loops.push(
      this.#every(beatMs, () => this.#beat()),
      this.#every(healthMs, () => this.#checkHealth()),
      this.#every(sweepMs, () => this.#sweep()),
    );
  }

  async #openNodes(): Promise<void> {
    const { db, engines, config, logger } = this.#options;
    const { signal } = this.#stopping;
    const wake = () => this.wake();
    const onNode = (node: DrivenNode) => this.#addNode(node);
    try {
      await openNodes({ db, config, logger, engines, signal, wake, onNode });
    } catch (thrown) {
      this.#stopping.abort();
      throw thrown;
    }
  }

  async #addNode(node: DrivenNode): Promise<void> {
    this.#nodes.push(node);
    await this.#register();
    void this.#beat(); // which carries out cancels before it has anything claimed
  }

  wake(): void {
    this.#exchange.wake();
  }

  stop({ drain = false }: { readonly drain?: boolean } = {}): Promise<void> {
    return (this.#stopped ??= this.#stop(drain));
  }

  async #stop(drain: boolean): Promise<void> {
    const { db } = this.#options;
    this.#ownership.close();
    this.#exchange.close();
    if (drain) {
      // It takes no more jobs, which those that wait are to be told; what runs is still its own.
      this.#draining = true;
      await shortly(this.#register());
    }
    while (drain) {
      await this.#running.ended();
      await this.#exchange.settled();
      if (this.#running.size === 0) break; // no claim was under way
    }
    await shortly(this.#running.detach().then(() => this.#exchange.settled()));
    this.#stopping.abort();
    this.#unlisten();
    await shortly(Promise.all([...this.#loops, this.#beating, this.#ownership.settled(), this.#sweeping]));
    await shortly(endLease(db, db.presence.runtime));
    await shortly(Promise.all(this.#nodes.map(({ networks }) => networks.close())));
  }

  #start(executions: readonly Scheduled[]): void {
    for (const execution of executions)
      this.#running.start(execution, this.#nodeOf(execution.nodeId)!, undefined);
  }

  #nodeOf(id: number): DrivenNode | undefined {
    return this.#nodes.find((node) => node.id === id);
  }

  /** One after the other: of two at once, the one that knows fewer nodes could be the last. */
  #register(): Promise<void> {
    const after = this.#registering
      .catch(() => undefined)
      .then(() =>
        registerRuntime(this.#options.db, {
          runtime: this.#options.db.presence.runtime,
          hostname: hostname(),
          pid: process.pid,
          nodes: this.#draining ? [] : this.#nodes.map(({ id }) => id),
          queue: this.#queue,
        }),
      );
    this.#registering = after;
    return after;
  }

  /** One at a time; whoever asks meanwhile gets the one after. */
  #beat(): Promise<void> {
    const after = (this.#beating ?? Promise.resolve()).then(() => this.#beatOnce());
    this.#beating = after;
    return after;
  }

  async #beatOnce(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { db, logger } = this.#options;
    try {
      const { runtime, queries } = db.presence;
      const seen = await this.#inTime(pulse(queries, runtime, this.#queue));
      if (!seen) {
        logger.warn('the database does not answer; its connections are given up');
        db.abandon();
        return;
      }
      if (!seen.alive) await this.#register();
      this.#contended = seen.others;
      // Before anything is claimed: what is to be canceled is not to be started first.
      if (seen.actions)
        await Promise.race([this.#actions.carryOut(), delay(beatMs, undefined, { ref: false })]);
      if (seen.queued) this.wake();
      for (const id of seen.canceling) this.#running.cancel(id);
      this.#ownership.see(seen);
    } catch (err) {
      logger.warn({ err }, 'a beat failed');
    }
  }

  async #inTime<Value>(work: Promise<Value>): Promise<Value | undefined> {
    const timer = new AbortController();
    work.catch(() => undefined);
    try {
      return await Promise.race([
        work,
        delay(beatLimitMs, undefined, { signal: timer.signal }).catch(() => undefined),
      ]);
    } finally {
      timer.abort();
    }
  }

  #return(former: string): void {
    const { db } = this.#options;
    this.#ownership.returned(former);
    for (const node of this.#nodes) {
      // Labelled with our former number, others take them for those of a dead runtime.
      node.networks.retire();
      node.networks = node.engine.prepareNetworks(db.installation, db.presence.runtime);
    }
    void this.#beat();
  }

  async #checkHealth(): Promise<void> {
    const { db, config, logger } = this.#options;
    for (const node of this.#nodes)
      try {
        this.#health.set(node.id, await checkHealth(db, node, config, logger, this.#health));
      } catch (err) {
        logger.warn({ err, node: node.name }, 'the health of a node could not be looked at');
      }
  }

  #sweep(): Promise<void> {
    return (this.#sweeping ??= this.#sweepOnce().finally(() => (this.#sweeping = undefined)));
  }

  async #sweepOnce(): Promise<void> {
    const { db, config, logger, attempts } = this.#options;
    const sweeps = [
      ...this.#nodes.map((node) => () => sweep(db, node, (id) => this.#running.has(id), logger)),
      () => sweepAttempts(db, attempts, (directory) => this.#running.uses(directory)),
      () => catchUp(db, recipeContext(db, config, logger)),
    ];
    for (const one of sweeps)
      await one().catch((err: unknown) => logger.warn({ err }, 'not everything could be cleared up'));
  }

  async #every(ms: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await work();
      await delay(ms, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Waits for it, but not for long; that it fails is no matter. */
async function shortly(work: Promise<unknown>): Promise<void> {
  await Promise.race([work.catch(() => undefined), delay(farewellMs, undefined, { ref: false })]);
}
