import type { LogChunk } from '../engine/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { LogSink } from './log-sink.ts';
import { SecretFilter } from './secret-filter.ts';

export interface LogKeeping {
  readonly secrets: Iterable<string>;
  /** Both streams together. */
  readonly limitMiB: number;
  /** Aborted when the job goes on under another runtime. */
  readonly detach: AbortSignal;
  /** Is given what the sink was given, and waited for. */
  readonly show?: ((chunk: LogChunk) => Promise<void> | void) | undefined;
}

/**
 * Hands a job's output to a sink as it comes, secrets masked; the next chunk is taken when the sink has taken the last
 * one. The sink is ended whatever happens.
 * @throws log-limit-exceeded; what the sink throws
 */
export async function keepLogs(
  chunks: AsyncIterable<LogChunk>,
  sink: LogSink,
  { secrets, limitMiB, detach, show }: LogKeeping,
): Promise<void> {
  const values = [...secrets];
  const filters = { stdout: new SecretFilter(values), stderr: new SecretFilter(values) };
  let room = limitMiB * 2 ** 20;
  const give = async (stream: LogChunk['stream'], data: Buffer) => {
    if (data.length === 0) return;
    const kept = data.subarray(0, room);
    room -= kept.length;
    await sink.write({ stream, data: kept });
    await show?.({ stream, data: kept });
    if (kept.length < data.length) throw new SeedbedError('log-limit-exceeded', { limit: limitMiB });
  };
  try {
    for await (const { stream, data } of chunks) await give(stream, filters[stream].push(data));
    if (detach.aborted) return await sink.leave();
    for (const stream of ['stdout', 'stderr'] as const) await give(stream, filters[stream].end());
  } catch (thrown) {
    // What went wrong first is what is told.
    await (detach.aborted ? sink.leave() : sink.end()).catch(() => undefined);
    throw thrown;
  }
  await sink.end();
}
