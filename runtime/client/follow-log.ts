import { setTimeout as delay } from 'node:timers/promises';
import { SeedbedError } from '../errors/index.ts';
import { joinSignals } from '../signals/index.ts';
import { readEvents, readLines } from './sse.ts';
import type { Transport } from './transport.ts';

export type LogSelection = 'stdout' | 'stderr' | 'combined';

/** A piece of what an execution printed. */
export interface LogPiece {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Buffer;
  /** Bytes of the job that the service no longer has, in whose place it stands; 0 otherwise. */
  readonly dropped: number;
  /** Where the next piece begins. */
  readonly next: number;
}

export interface FollowOptions {
  /** Aborted to stop following, without an error. */
  readonly signal?: AbortSignal | undefined;
  /** Told when the connection is lost, and (undefined) when it is there again. */
  readonly onLoss?: ((error: SeedbedError | undefined) => void) | undefined;
  /** Milliseconds that the service may be gone; default: 2 minutes. */
  readonly patienceMs?: number | undefined;
}

/** The service sends a comment every 15 seconds. */
const silenceMs = 45_000;
const pauseMs = 500;

/**
 * What an execution prints, from its beginning to its end. A connection that is lost is made again, and goes on behind the
 * last byte that came.
 * @throws service-unreachable when the service stays away; what the service refuses
 */
export async function* followLog(
  transport: Transport,
  execution: number,
  selection: LogSelection,
  { signal = new AbortController().signal, onLoss, patienceMs = 120_000 }: FollowOptions = {},
): AsyncGenerator<LogPiece, void, undefined> {
  let last: number | undefined;
  let lost: number | undefined;
  while (!signal.aborted) {
    // Of this connection alone: a listener of each that was lost would stay with the signal of all.
    const connection = joinSignals([signal]);
    try {
      const headers = last === undefined ? {} : { 'Last-Event-ID': `${last}` };
      const path = `/job-executions/${execution}/logs/${selection}/live/`;
      const response = await transport.send('GET', path, {
        headers,
        streams: true,
        signal: connection.signal,
      });
      if (lost !== undefined) onLoss?.(undefined);
      lost = undefined;
      if (response.status === 204 || !response.body) return;
      for await (const { event, data } of readEvents(readLines(response.body, silenceMs))) {
        if (event === 'end') return;
        if (event !== 'log') continue;
        const piece = pieceOf(data);
        yield piece;
        last = piece.next;
      }
      await delay(pauseMs, undefined, { signal });
    } catch (thrown) {
      if (signal.aborted) return;
      const error = transport.unreachable(thrown);
      if (error.error !== 'service-unreachable') throw error;
      if (lost === undefined) onLoss?.(error);
      lost ??= performance.now();
      if (performance.now() - lost > patienceMs) throw error;
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    } finally {
      connection.release();
    }
  }
}

function pieceOf(data: string): LogPiece {
  const { stream, text, base64, next, dropped } = JSON.parse(data) as {
    stream: LogPiece['stream'];
    text?: string;
    base64?: string;
    next: number;
    dropped?: number;
  };
  const bytes = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8');
  return { stream, data: bytes, dropped: dropped ?? 0, next };
}
