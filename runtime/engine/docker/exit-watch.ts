import { EventEmitter, once } from 'node:events';
import type { ContainerInspectInfo } from 'dockerode';
import { SeedbedError } from '../../errors/index.ts';
import type { Client } from './client.ts';
import { engineReturned } from './engine-return.ts';
import { exitIsGenuine } from './exit-witness.ts';
import { engineFailure, isConnectionLost, isStatus } from './failures.ts';
import { wasOutOfMemory } from './oom-witness.ts';
import { ping } from './ping.ts';

/** Exit code of a process that SIGKILL ended. */
const killed = 137;

export interface Exit {
  readonly details: ContainerInspectInfo;
  readonly interrupted: boolean;
}

/**
 * Waits for one container's exit, through interruptions of the engine:
 *
 *     waiting → answered → witnessed: genuine exit
 *        ↑         └─────→ not witnessed (engine stopping, or another one): interrupted exit
 *     connection lost → engine back within engineWait → still running: waiting, and logs begin anew
 *                                                     → exited: witnessed or interrupted, as above
 *                                                     → no such container: engine-interrupted
 *                     → engine does not come back: engine-interrupted
 */
export class ExitWatch {
  /** Rejects with engine-interrupted, or with an AbortError after `cancel`. */
  readonly exit: Promise<Exit>;
  /** What the engine said of the container at first; rejects as `exit` does. */
  readonly first: Promise<ContainerInspectInfo>;
  readonly #client: Client;
  readonly #name: string;
  readonly #engineWait: number;
  readonly #hasMemory: () => Promise<boolean>;
  readonly #canceled = new AbortController();
  readonly #changes = new EventEmitter();
  #breaks = 0;

  /**
   * @param engineWait seconds to wait for an engine that went away
   * @param hasMemory whether this engine remembers events by itself, so that a new one has forgotten them (Podman: no)
   */
  constructor(client: Client, name: string, engineWait: number, hasMemory: () => Promise<boolean>) {
    this.#client = client;
    this.#name = name;
    this.#engineWait = engineWait;
    this.#hasMemory = hasMemory;
    let found: (details: ContainerInspectInfo) => void = () => {};
    const inspected = new Promise<ContainerInspectInfo>((resolve) => (found = resolve));
    this.exit = this.#run(found);
    this.first = Promise.race([inspected, this.exit.then(({ details }) => details)]);
    this.first.catch(() => {});
  }

  /** How often the engine went away so far. */
  get breaks(): number {
    return this.#breaks;
  }

  get signal(): AbortSignal {
    return this.#canceled.signal;
  }

  /** Resolves when the engine has gone away more than `count` times. */
  async breaksAfter(count: number, signal: AbortSignal): Promise<void> {
    while (this.#breaks <= count) await once(this.#changes, 'break', { signal });
  }

  cancel(): void {
    this.#canceled.abort();
  }

  async #run(found: (details: ContainerInspectInfo) => void): Promise<Exit> {
    const signal = this.#canceled.signal;
    for (;;) {
      try {
        const exit = await this.#wait(signal, found);
        if (exit) return exit;
      } catch (thrown) {
        signal.throwIfAborted();
        if (isStatus(thrown, 404)) throw new SeedbedError('engine-interrupted', {}, { cause: thrown });
        if (!isConnectionLost(thrown))
          throw engineFailure(this.#client.where, `wait for ${this.#name}`, thrown);
        this.#broke();
        await engineReturned(this.#client, this.#engineWait, signal);
      }
    }
  }

  /** @returns undefined when there is something to wait for still */
  async #wait(
    signal: AbortSignal,
    found: (details: ContainerInspectInfo) => void,
  ): Promise<Exit | undefined> {
    const container = this.#client.docker.getContainer(this.#name);
    const before = await container.inspect({ abortSignal: signal });
    found(before);
    const started = before.State.Status !== 'created';
    const running = before.State.Running;
    if (running || !started)
      await container.wait({ condition: started ? 'not-running' : 'next-exit', abortSignal: signal });
    // Most short jobs have ended before they are first looked at, which says all that a second look would.
    const isOver = started && !running;
    const [details, genuine] = await Promise.all([
      isOver ? before : container.inspect({ abortSignal: signal }),
      this.#isGenuine(before.Id, running, signal),
    ]);
    if (details.State.Running || details.State.Status === 'created') return undefined;
    if (!genuine) {
      this.#broke();
      await engineReturned(this.#client, this.#engineWait, signal);
      return { details: await container.inspect({ abortSignal: signal }), interrupted: true };
    }
    if (await this.#wasOutOfMemory(details, signal)) details.State.OOMKilled = true;
    return { details, interrupted: false };
  }

  async #isGenuine(id: string, unbroken: boolean, signal: AbortSignal): Promise<boolean> {
    if (await this.#hasMemory()) return exitIsGenuine(this.#client, id, unbroken, signal);
    await ping(this.#client.fresh, signal);
    return true;
  }

  async #wasOutOfMemory({ Id, State }: ContainerInspectInfo, signal: AbortSignal): Promise<boolean> {
    if (State.ExitCode !== killed || State.OOMKilled || !(await this.#hasMemory())) return false;
    return wasOutOfMemory(this.#client, Id, signal);
  }

  #broke(): void {
    this.#breaks += 1;
    this.#changes.emit('break');
  }
}
