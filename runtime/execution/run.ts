import type { Engine, ExecutionKey, LogChunk, Observation, Usage } from '../engine/index.ts';
import { SeedbedError, toSeedbedError } from '../errors/index.ts';
import { keepLogs } from './keep-logs.ts';
import type { LogSink } from './log-sink.ts';

/** How a container's life is watched over. */
export interface Watch {
  /** Seconds, a hard limit; 0 or less: none. */
  readonly timeout: number;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly grace: number;
  /** Opens what its output goes to. */
  readonly openLogs: () => Promise<LogSink>;
  readonly logLimitMiB: number;
  readonly secrets: Iterable<string>;
  /** Aborted to cancel the job; its reason is the signal's name. */
  readonly signal: AbortSignal;
  /** Aborted to go away while the job goes on. */
  readonly detach?: AbortSignal | undefined;
  readonly onLog?: ((chunk: LogChunk) => Promise<void> | void) | undefined;
  readonly onUsage?: ((usage: Usage) => void) | undefined;
  /** Seconds after which its use is looked at; default at once. A short job then pays nothing for it. */
  readonly usageAfter?: number | undefined;
}

/** The runtime went away from an execution that goes on: it has no result here. */
export class Detached extends Error {
  override readonly message = 'The execution goes on without this runtime';
}

export type Exited = Extract<Observation, { state: 'exited' }>;

/** How a container ended, and why if we ended it. */
export interface Ended {
  readonly exit: Exited;
  /** timeout, canceled or log-limit-exceeded; undefined when it ended by itself. */
  readonly stoppedFor: SeedbedError | undefined;
}

/**
 * Watches a container to its end: its output goes to the logs, and it is stopped when its time is over, when it writes
 * too much or when it is canceled.
 * @throws engine-interrupted and other errors of the engine; Detached
 */
export async function watch(engine: Engine, key: ExecutionKey, watch: Watch): Promise<Ended> {
  const over = new AbortController();
  let stoppedFor: SeedbedError | undefined;
  let stopping: Promise<void> | undefined;
  const stop = (reason: SeedbedError) => {
    if (over.signal.aborted) return;
    stoppedFor ??= reason;
    stopping ??= engine.stop(key, watch.grace);
    // The container's end is what we wait for; a failure to stop it shows there too.
    stopping.catch(() => undefined);
  };

  const cancel = () => stop(new SeedbedError('canceled', { signal: String(watch.signal.reason) }));
  if (watch.signal.aborted) cancel();
  watch.signal.addEventListener('abort', cancel, { once: true });
  const disarm = afterSeconds(watch.timeout, () =>
    stop(new SeedbedError('timeout', { seconds: watch.timeout })),
  );
  const detached = watch.detach ?? new AbortController().signal;
  const logs = readLogs(engine, key, watch, detached).catch((thrown: unknown) =>
    stop(toSeedbedError(thrown)),
  );
  let usage: Promise<void> | undefined;
  const measure = () => {
    if (watch.onUsage) usage = report(engine.usage(key, over.signal), watch.onUsage);
  };
  const leaveUnmeasured = afterSeconds(watch.usageAfter ?? 0, measure);
  if (!watch.usageAfter) measure();
  try {
    const exit = await exited(engine.observe(key, detached)).catch((thrown: unknown) => {
      throw detached.aborted ? new Detached() : thrown;
    });
    disarm();
    await logs;
    if (detached.aborted) throw new Detached();
    return { exit, stoppedFor };
  } finally {
    over.abort();
    disarm();
    leaveUnmeasured();
    watch.signal.removeEventListener('abort', cancel);
    await Promise.allSettled([usage, stopping]);
  }
}

async function readLogs(engine: Engine, key: ExecutionKey, watch: Watch, detach: AbortSignal): Promise<void> {
  const { secrets, logLimitMiB: limitMiB, onLog: show } = watch;
  await keepLogs(engine.logs(key, detach), await watch.openLogs(), { secrets, limitMiB, detach, show });
}

async function exited(observations: AsyncIterable<Observation>): Promise<Exited> {
  for await (const observation of observations) if (observation.state === 'exited') return observation;
  throw new SeedbedError('engine-interrupted', {});
}

/** Use is shown, never decided upon: an engine that cannot tell it is no problem. */
async function report(samples: AsyncIterable<Usage>, show: (usage: Usage) => void): Promise<void> {
  try {
    for await (const sample of samples) show(sample);
  } catch {
    return;
  }
}

/** Node's timers take 24.8 days at most; manifests may say more. @returns a function that disarms it */
function afterSeconds(seconds: number, act: () => void): () => void {
  if (seconds <= 0) return () => undefined;
  const longest = 2 ** 31 - 1;
  let timer: NodeJS.Timeout;
  const arm = (left: number) => {
    timer = setTimeout(() => (left > longest ? arm(left - longest) : act()), Math.min(left, longest));
  };
  arm(seconds * 1000);
  return () => clearTimeout(timer);
}
