import type { LastingDatabase } from '../database/index.ts';
import {
  abandon,
  adopt,
  type Adopted,
  failOrphans,
  leaseSeconds,
  ownExecutions,
  type Pulse,
  renameRuntime,
} from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';
import { clearAbandoned } from './abandoned.ts';
import type { Exchange } from './exchange.ts';
import { Containers } from './nodes/containers.ts';
import type { DrivenNode } from './nodes/driven-node.ts';
import type { RunningExecutions } from './running.ts';

export interface OwnershipOptions {
  readonly db: LastingDatabase;
  readonly logger: Logger;
  /** Of which executions are adopted; those of other private queues are given up. */
  readonly queue: string;
  readonly running: RunningExecutions;
  readonly exchange: Pick<Exchange, 'between'>;
  readonly nodes: () => readonly DrivenNode[];
  /** Runtimes are dead, and their executions adopted: there may be more of them to be cleared up. */
  readonly onDead: () => void;
}

/**
 * Keeps what this runtime works at and what the database takes for its own in agreement. They come apart when an answer is
 * lost on the way, when the connection is lost, and when others adopted executions of ours because we seemed dead; what a
 * beat sees tells of all of it, so that nothing depends on the one moment in which it happened. Also adopts, from those
 * that are dead.
 */
export class Ownership {
  readonly #options: OwnershipOptions;
  #doubt = false;
  /** Executions of ours that the last beat saw and that we did not know: being claimed, or lost on the way. */
  #strange: ReadonlySet<number> = new Set();
  /** Our numbers in earlier connections, whose executions are still to be renamed. */
  readonly #formers: string[] = [];
  /** Milliseconds of `performance.now()`: others that lost their connection when we did get the time to come back. */
  #adoptFrom = 0;
  #closed = false;
  #looking: Promise<void> | undefined;

  constructor(options: OwnershipOptions) {
    this.#options = options;
  }

  /** Compares, adopts and expels as a beat makes it necessary, beside the next beats: an engine may be slow to answer. */
  see(seen: Pick<Pulse, 'alive' | 'own' | 'silent' | 'hanging'>): void {
    const strange = seen.own.filter((id) => !this.#options.running.has(id));
    this.#doubt ||= !seen.alive || strange.some((id) => this.#strange.has(id));
    this.#strange = new Set(strange);
    if (this.#doubt || seen.silent.length > 0) this.#look(seen);
  }

  /** A claim may have succeeded although we were told otherwise. */
  doubt(): void {
    this.#doubt = true;
    this.#look({ silent: [], hanging: [] });
  }

  /** The connection is another one, and so is our number. */
  returned(former: string): void {
    this.#formers.push(former);
    this.#doubt = true;
    this.#adoptFrom = performance.now() + leaseSeconds * 1000;
  }

  /** Nothing is adopted any more. */
  close(): void {
    this.#closed = true;
  }

  async settled(): Promise<void> {
    await this.#looking;
  }

  #look(seen: Pick<Pulse, 'silent' | 'hanging'>): void {
    this.#looking ??= this.#lookOnce(seen).finally(() => (this.#looking = undefined));
  }

  async #lookOnce({ silent, hanging }: Pick<Pulse, 'silent' | 'hanging'>): Promise<void> {
    const { db, logger } = this.#options;
    try {
      await this.#rename();
      if (this.#doubt) await this.#reconcile();
      if (silent.length === 0 || this.#closed || performance.now() < this.#adoptFrom) return;
      if (hanging.length > 0) await db.presence.expel(hanging);
      await this.#adopt(silent);
    } catch (err) {
      logger.warn({ err }, 'what is ours, or could be, could not be looked up');
    }
  }

  async #rename(): Promise<void> {
    const { db } = this.#options;
    for (let former = this.#formers[0]; former !== undefined; former = this.#formers[0]) {
      await renameRuntime(db, former, db.presence.runtime);
      this.#formers.shift();
    }
  }

  async #reconcile(): Promise<void> {
    const { db, logger, running, exchange } = this.#options;
    await exchange.between(async () => {
      // Another number since: what we work at is not called by it yet.
      if (this.#formers.length > 0) return;
      const unknown = running.compare(await ownExecutions(db, db.presence.runtime));
      if (unknown.length > 0) logger.info({ executions: unknown.length }, 'executions of ours taken up');
      this.#takeUp(unknown);
      if (this.#formers.length === 0) this.#doubt = false;
    });
  }

  async #adopt(silent: readonly string[]): Promise<void> {
    const { db, logger, queue, nodes, onDead } = this.#options;
    const dead = await db.presence.deadAmong(silent);
    // What a command ran by itself nobody adopts; its container is the next command's to remove.
    await db.transaction((tx) => failOrphans(tx, dead));
    const given = await db.transaction((tx) => abandon(tx, dead, queue));
    await clearAbandoned(given, { installation: db.installation, nodes: nodes(), logger });
    const ready = nodes().filter(({ isReady }) => isReady);
    const adopted = await adopt(
      db,
      db.presence.runtime,
      dead,
      ready.map(({ id }) => id),
      queue,
    );
    if (adopted.length > 0) logger.info({ dead, executions: adopted.length }, 'executions adopted');
    this.#takeUp(adopted);
    if (dead.length > 0) onDead();
  }

  /** The containers are asked for once for each node. */
  #takeUp(executions: readonly Adopted[]): void {
    const { db, running, nodes } = this.#options;
    for (const node of nodes()) {
      const containers = new Containers(node, db.installation);
      for (const { age, ...execution } of executions)
        if (execution.nodeId === node.id)
          running.start(execution, node, { age, container: () => containers.of(execution.id) });
    }
  }
}
