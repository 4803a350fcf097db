import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config/index.ts';
import type { LastingDatabase } from '../database/index.ts';
import {
  adopt,
  type Adopted,
  endLease,
  leaseSeconds,
  ownExecutions,
  pulse,
  registerRuntime,
  renameRuntime,
  type Scheduled,
  stepAction,
} from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';
import { Exchange } from './exchange.ts';
import type { Executor } from './executor.ts';
import type { DrivenNode } from './nodes/driven-node.ts';
import { checkHealth } from './nodes/health.ts';
import { type NamedEngine, openNodes } from './nodes/open-nodes.ts';
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
const beatMs = 1000;
/** A beat that takes longer finds its connection dead. */
const beatLimitMs = 2500;
const healthMs = 5000;
const sweepMs = 60_000;

/**
 * Begins to work off the queue on these engines. It lives by one query each second (`pulse`), besides the signals that
 * tell it of new jobs at once:
 *
 *     beat → jobs wait          → the exchange claims what fits
 *          → cancels            → the executions that are meant are stopped
 *          → bulk actions       → one step after the other is carried out
 *          → silent runtimes    → those that are dead: their executions are adopted
 *          → our lease is gone  → what is still ours is looked up, and the rest let go
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
  readonly #exchange: Exchange;
  readonly #stopping = new AbortController();
  readonly #loops: Promise<void>[] = [];
  readonly #health = new Map<number, string>();
  readonly #nodes: DrivenNode[] = [];
  #contended = false;
  #beating: Promise<void> | undefined;
  #acting = false;
  /** Milliseconds of `performance.now()`: others that lost their connection when we did get the time to come back. */
  #adoptFrom = 0;
  #unlisten: () => void = () => undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: SchedulerOptions) {
    const { db, logger, executor, attempts, queue = 'default', claimLimit = 500 } = options;
    this.#options = options;
    this.#queue = queue;
    this.#running = new RunningExecutions(executor, (ended) => this.#exchange.push(ended));
    this.#exchange = new Exchange({
      db,
      logger,
      queue,
      attempts,
      claimLimit,
      window: Math.min(claimLimit, mostAtOnce),
      contended: () => this.#contended,
      nodes: () => this.#nodes.filter(({ isReady }) => isReady),
      start: (executions) => this.#start(executions),
      onDoubt: () => void this.#reconcile().catch(() => undefined),
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
    db.onReturn((former) => void this.#return(former));
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
    this.wake();
  }

  wake(): void {
    this.#exchange.wake();
  }

  stop({ drain = false }: { readonly drain?: boolean } = {}): Promise<void> {
    return (this.#stopped ??= this.#stop(drain));
  }

  async #stop(drain: boolean): Promise<void> {
    const { db } = this.#options;
    this.#exchange.close();
    if (drain) await this.#running.ended();
    else await this.#running.detach();
    await Promise.race([this.#exchange.settled(), delay(10_000, undefined, { ref: false })]);
    this.#stopping.abort();
    this.#unlisten();
    await Promise.all(this.#loops);
    await this.#beating;
    await endLease(db, db.presence.runtime).catch(() => undefined);
    for (const { networks } of this.#nodes) await networks.close().catch(() => undefined);
  }

  #start(executions: readonly Scheduled[]): void {
    for (const execution of executions)
      this.#running.start(execution, this.#nodeOf(execution.nodeId)!, undefined);
  }

  #nodeOf(id: number): DrivenNode | undefined {
    return this.#nodes.find((node) => node.id === id);
  }

  #register(): Promise<void> {
    return registerRuntime(this.#options.db, {
      runtime: this.#options.db.presence.runtime,
      hostname: hostname(),
      pid: process.pid,
      nodes: this.#nodes.map(({ id }) => id),
    });
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
      const seen = await this.#inTime(pulse(db, db.presence.runtime, this.#queue));
      if (!seen) {
        logger.warn('the database does not answer; its connections are given up');
        db.abandon();
        return;
      }
      if (!seen.alive) {
        await this.#register();
        await this.#reconcile();
      }
      this.#contended = seen.others;
      if (seen.queued) this.wake();
      for (const id of seen.canceling) this.#running.cancel(id);
      if (seen.actions && !this.#acting) void this.#act();
      if (seen.silent.length > 0 && performance.now() >= this.#adoptFrom) await this.#adopt(seen.silent);
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

  async #act(): Promise<void> {
    const { db, logger } = this.#options;
    this.#acting = true;
    try {
      for (;;) {
        const step = await db.transaction((tx) => stepAction(tx));
        if (!step) return;
        if (step.canceling) db.notify('actions');
        db.notify('queue');
        db.notify('jobs');
      }
    } catch (err) {
      logger.warn({ err }, 'a bulk action failed, and goes on with the next beat');
    } finally {
      this.#acting = false;
    }
  }

  async #adopt(silent: readonly string[]): Promise<void> {
    const { db, logger } = this.#options;
    const dead = await db.presence.deadAmong(silent);
    const adopted = await adopt(
      db,
      db.presence.runtime,
      dead,
      this.#nodes.filter(({ isReady }) => isReady).map(({ id }) => id),
    );
    if (adopted.length > 0) logger.info({ dead, executions: adopted.length }, 'executions adopted');
    await this.#takeUp(adopted);
  }

  /** The containers are asked for once for each node. */
  async #takeUp(executions: readonly Adopted[]): Promise<void> {
    for (const node of this.#nodes) {
      const here = executions.filter(({ nodeId }) => nodeId === node.id);
      if (here.length === 0) continue;
      const containers = new Map(
        (await node.engine.list(this.#options.db.installation)).map((one) => [one.key.execution, one]),
      );
      for (const execution of here)
        this.#running.start(execution, node, {
          age: execution.age,
          container: containers.get(execution.id),
        });
    }
  }

  /** Makes what we work at agree with what the database takes for ours. */
  async #reconcile(): Promise<void> {
    const { db, logger } = this.#options;
    const own = await ownExecutions(db, db.presence.runtime);
    const unknown = this.#running.compare(own);
    if (unknown.length > 0) logger.info({ executions: unknown.length }, 'executions of ours taken up');
    await this.#takeUp(unknown);
  }

  async #return(former: string): Promise<void> {
    const { db, logger } = this.#options;
    this.#adoptFrom = performance.now() + leaseSeconds * 1000;
    try {
      await renameRuntime(db, former, db.presence.runtime);
      await this.#register();
      for (const node of this.#nodes) {
        const before = node.networks;
        node.networks = node.engine.prepareNetworks(db.installation, db.presence.runtime);
        await before.close().catch(() => undefined);
      }
      await this.#reconcile();
      this.wake();
    } catch (err) {
      logger.warn({ err }, 'not yet back in the database');
    }
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

  async #sweep(): Promise<void> {
    const { db, logger, attempts } = this.#options;
    try {
      for (const node of this.#nodes) await sweep(db, node, (id) => this.#running.has(id), logger);
      await sweepAttempts(db, attempts, (directory) => this.#running.uses(directory));
    } catch (err) {
      logger.warn({ err }, 'not everything could be cleared up');
    }
  }

  async #every(ms: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await work();
      await delay(ms, undefined, { signal }).catch(() => undefined);
    }
  }
}
