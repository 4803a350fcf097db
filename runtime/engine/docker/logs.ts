import type { Duplex, Readable } from 'node:stream';
import type { LogChunk } from '../engine.ts';
import { SeedbedError } from '../../errors/index.ts';
import { joinSignals } from '../../signals/index.ts';
import type { Client } from './client.ts';
import { Delivered } from './delivered.ts';
import { demultiplex } from './demultiplex.ts';
import { engineReturned } from './engine-return.ts';
import type { ExitWatch } from './exit-watch.ts';
import { engineFailure, isConnectionLost, isStatus } from './failures.ts';

export interface LogSource {
  readonly client: Client;
  readonly name: string;
  readonly watch: ExitWatch;
  /** Seconds to wait for an engine that went away. */
  readonly engineWait: number;
  /** The connection that was attached before the start; undefined: the engine's log file is read. */
  readonly attached?: Duplex | undefined;
}

/**
 * A container's output from its first byte to its last. A stream that ends because the engine went away is taken up
 * again from the engine's log file, after what was given already. Ends early, without an error, when `signal` aborts.
 */
export async function* readLogs(
  source: LogSource,
  signal: AbortSignal,
): AsyncGenerator<LogChunk, void, undefined> {
  const { watch } = source;
  const delivered = new Delivered();
  let attached = source.attached;
  let over = false;
  for (;;) {
    const breaks = watch.breaks;
    let cut = false;
    let stream: Readable | undefined;
    try {
      stream = attached ?? (await openLogFile(source, signal));
      const live = stream === attached;
      delivered.rewind();
      const close = () => stream?.destroy();
      signal.addEventListener('abort', close, { once: true });
      try {
        for await (const chunk of demultiplex(stream)) {
          const unseen = live ? delivered.add(chunk) : delivered.unseen(chunk);
          if (unseen) yield unseen;
          if (signal.aborted) return;
        }
      } finally {
        signal.removeEventListener('abort', close);
      }
    } catch (thrown) {
      if (signal.aborted || watch.signal.aborted) return;
      if (isStatus(thrown, 404)) throw new SeedbedError('engine-interrupted', {}, { cause: thrown });
      if (!isConnectionLost(thrown))
        throw engineFailure(source.client.where, `read the log of ${source.name}`, thrown);
      cut = true;
    } finally {
      stream?.destroy();
    }
    const whole = over || attached !== undefined;
    attached = undefined;
    if (!cut && (await endedWithContainer(watch, breaks, signal))) {
      // A busy engine may end a log that it follows with the container and not with the last line: of one that has ended
      // it gives all.
      if (whole) return;
      over = true;
      continue;
    }
    const either = joinSignals([watch.signal, signal]);
    await engineReturned(source.client, source.engineWait, either.signal).finally(either.release);
  }
}

async function openLogFile(source: LogSource, signal: AbortSignal): Promise<Readable> {
  const container = source.client.docker.getContainer(source.name);
  const options = { follow: true, stdout: true, stderr: true, abortSignal: signal } as const;
  return (await container.logs(options)) as unknown as Readable;
}

/** The end of a stream is the end of the log only when the engine did not go away since it was opened. */
async function endedWithContainer(watch: ExitWatch, breaks: number, signal: AbortSignal): Promise<boolean> {
  const settled = new AbortController();
  const either = joinSignals([settled.signal, signal]);
  try {
    await Promise.race([watch.exit, watch.breaksAfter(breaks, either.signal)]);
  } catch (thrown) {
    if (!signal.aborted && !watch.signal.aborted) throw thrown;
    return true;
  } finally {
    settled.abort();
  }
  return watch.breaks === breaks;
}
