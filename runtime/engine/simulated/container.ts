import { SeedbedError } from '../../errors/index.ts';
import { until } from '../docker/until.ts';
import type { ExecutionKey, LaunchSpec, LogChunk, Observation, Usage } from '../engine.ts';
import type { Story } from './story.ts';
import { afterMs, type Timer } from './timer.ts';

/** How a container came to its end. */
interface End {
  readonly how: Story['end'] | 'stopped' | 'removed';
  readonly exitCode: number;
  /** Milliseconds from the start. */
  readonly afterMs: number;
}

const [terminated, killed] = [143, 137];
const MiB = 2 ** 20;

/**
 * One simulated container:
 *
 *     running → exited by itself, interrupted, or stopped: stays until it is removed
 *             → vanished, or removed: whoever has it in view is told, and it is no more
 */
export class SimulatedContainer {
  readonly key: ExecutionKey;
  readonly #spec: LaunchSpec;
  readonly #runtime: string;
  readonly #story: Story;
  readonly #started = Date.now();
  /** The clock above may be set; this one measures. */
  readonly #origin = performance.now();
  readonly #ended: Promise<End>;
  #finish: (end: End) => void = () => {};
  #timer: Timer | undefined;
  #end: End | undefined;

  constructor(spec: LaunchSpec, key: ExecutionKey, runtime: string, story: Story) {
    this.#spec = spec;
    this.key = key;
    this.#runtime = runtime;
    this.#story = story;
    this.#ended = new Promise((resolve) => (this.#finish = resolve));
    const { durationMs, end: how, exitCode } = story;
    const finish = () => this.#close({ how, exitCode, afterMs: durationMs });
    if (durationMs <= 0) finish();
    else {
      this.#timer = afterMs(durationMs);
      void this.#timer.passed.then(finish);
    }
  }

  get image(): string {
    return this.#spec.image;
  }

  /** Whether the engine has it no longer. */
  get isGone(): boolean {
    return this.#end?.how === 'vanishes' || this.#end?.how === 'removed';
  }

  /** What the job left: nothing unless it exited by itself. */
  get outputs(): Story['outputs'] {
    return this.#end?.how === 'exits' ? this.#story.outputs : {};
  }

  /** As `Engine.list` tells it; as `Engine.observe` does with `inView`, which alone knows interruptions. */
  observation(inView = false): Observation {
    const about = { key: this.key, runtime: this.#runtime, kept: this.#spec.keep ?? false };
    if (!this.#end) return { ...about, state: 'running' };
    return {
      ...about,
      state: 'exited',
      exitCode: this.#end.exitCode,
      oomKilled: this.#end.how === 'exits' && this.#story.oomKilled,
      startedAt: new Date(this.#started).toISOString(),
      finishedAt: new Date(this.#started + this.#end.afterMs).toISOString(),
      interrupted: inView && this.#end.how === 'interrupted',
    };
  }

  async *observe(signal: AbortSignal | undefined): AsyncGenerator<Observation, void, undefined> {
    if (!this.#end) yield this.observation(true);
    if ((await until(this.#ended, signal)) && this.#isThere()) yield this.observation(true);
  }

  async *logs(signal: AbortSignal | undefined): AsyncGenerator<LogChunk, void, undefined> {
    for (const { afterMs: due, stream, text } of this.#story.lines) {
      while (!this.#end && due > this.#elapsed()) {
        await this.#endOr(due - this.#elapsed(), signal);
        if (signal?.aborted) return;
      }
      if (due > this.#elapsed() || this.isGone) break;
      yield { stream, data: Buffer.from(text) };
      if (signal?.aborted) return;
    }
    if (await until(this.#ended, signal)) this.#isThere();
  }

  async *usage(signal: AbortSignal): AsyncGenerator<Usage, void, undefined> {
    const { cpus, mem } = this.#spec.limits;
    for (;;) {
      await this.#endOr(1000, signal);
      if (this.#end || signal.aborted) return;
      yield { memoryBytes: (mem * MiB) / 2, cpus, cpuSeconds: (cpus * this.#elapsed()) / 1000 };
    }
  }

  /** @param grace seconds */
  async stop(grace: number): Promise<void> {
    if (this.#story.ignoresTerm) await this.#endOr(grace * 1000, undefined);
    const exitCode = this.#story.ignoresTerm || grace <= 0 ? killed : terminated;
    this.#close({ how: 'stopped', exitCode, afterMs: this.#elapsed() });
  }

  remove(): void {
    const end: End = { how: 'removed', exitCode: killed, afterMs: this.#elapsed() };
    this.#close(end);
    this.#end = end;
  }

  letProcessEnd(): void {
    this.#timer?.unref();
  }

  #close(end: End): void {
    if (this.#end) return;
    this.#timer?.cancel();
    this.#end = end;
    this.#finish(end);
  }

  #elapsed(): number {
    return this.#end?.afterMs ?? performance.now() - this.#origin;
  }

  /** False after its removal. @throws engine-interrupted when it vanished */
  #isThere(): boolean {
    if (this.#end?.how === 'vanishes') throw new SeedbedError('engine-interrupted', {});
    return this.#end?.how !== 'removed';
  }

  async #endOr(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const timer = afterMs(ms);
    await until(Promise.race([this.#ended, timer.passed]), signal);
    timer.cancel();
  }
}
