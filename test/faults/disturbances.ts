import { setTimeout as delay } from 'node:timers/promises';
import type { TestServer } from '../support/database-server.ts';
import type { PrivateEngine } from '../support/engine-private.ts';
import type { FaultWorld } from '../support/fault-world.ts';
import type { RuntimeProcess } from '../support/runtimes.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';
import { type ScheduledFault } from './schedule.ts';

/** The parts of a world that can fail. */
export interface Parts {
  readonly world: FaultWorld;
  readonly engine: PrivateEngine;
  readonly server: TestServer;
  /** Between each runtime and the database. */
  readonly proxies: readonly TcpProxy[];
}

/** Carries faults out, one at a time for each part. */
export class Disturbances {
  readonly #parts: Parts;
  readonly #runtimes: (RuntimeProcess | undefined)[] = [];
  readonly #busy = new Map<string, Promise<void>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Starts every runtime. */
  async open(): Promise<void> {
    await Promise.all(this.#parts.proxies.map((_, at) => this.#start(at)));
  }

  /** Resolves when all is well again. */
  async carryOut(fault: ScheduledFault): Promise<void> {
    const { engine, server, proxies } = this.#parts;
    const pause = () => delay(fault.lasts);
    switch (fault.what) {
      case 'kill-runtime':
      case 'stop-runtime':
        return this.#alone(`runtime ${fault.runtime}`, async () => {
          await this.#runtimes[fault.runtime]!.kill(fault.what === 'kill-runtime' ? 'SIGKILL' : 'SIGTERM');
          await pause();
          await this.#start(fault.runtime);
        });
      case 'hang-runtime':
        return this.#alone(`runtime ${fault.runtime}`, async () => {
          await this.#runtimes[fault.runtime]!.kill('SIGSTOP');
          await pause();
          await this.#runtimes[fault.runtime]!.kill('SIGCONT');
        });
      case 'cut-connections':
        return proxies[fault.runtime]!.cut();
      case 'swallow-traffic':
        return this.#alone(`proxy ${fault.runtime}`, async () => {
          proxies[fault.runtime]!.swallow(true);
          await pause();
          proxies[fault.runtime]!.swallow(false);
        });
      case 'restart-engine':
        return this.#alone('engine', async () => {
          await engine[fault.how]();
          await pause();
          await engine.start();
        });
      case 'restart-database':
        return this.#alone('database', async () => {
          await server.halt(fault.how);
          await pause();
          await server.start();
        });
    }
  }

  /** Ends every runtime in an orderly way, one after the other, so that the last one clears up after all. */
  async close(): Promise<void> {
    for (const runtime of this.#runtimes) await runtime?.kill('SIGTERM');
  }

  /** As a supervisor would: again and again, until it is at work. */
  async #start(at: number): Promise<void> {
    const { world, proxies } = this.#parts;
    const env = { DATABASE_URL: `postgres://seedbed@127.0.0.1:${proxies[at]!.port}/postgres` };
    for (;;)
      try {
        this.#runtimes[at] = await world.start([], env);
        return;
      } catch {
        await delay(500);
      }
  }

  #alone(part: string, work: () => Promise<void>): Promise<void> {
    const mine = (this.#busy.get(part) ?? Promise.resolve()).then(work);
    this.#busy.set(part, mine);
    return mine;
  }
}
