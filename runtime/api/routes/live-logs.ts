import type { Request, Response } from 'express';
import { SeedbedError } from '../../errors/index.ts';
import { executionById } from '../../jobs/index.ts';
import type { LogPiece } from '../../logs/index.ts';
import { writePart } from '../answer/write.ts';
import type { Context } from '../context.ts';
import { type Operation, operation } from '../operation.ts';
import { number } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { logOf } from './logs.ts';

/** A comment now and then, so that nobody between takes the connection for dead. */
const heartbeatMs = 15_000;

/**
 * Output as it comes, as Server-Sent Events: `job-executions/{id}/logs/{name}/live/`. The id of an event is the offset after
 * it, which `Last-Event-ID` (or `from`) gives back. The last event is `end`; who asks again from there gets 204, which tells
 * an EventSource to stop.
 */
export function liveLogRoutes(context: Context): Route[] {
  return [{ path: '/job-executions/:id/logs/:name/live', shape: 'own', methods: { GET: liveLog(context) } }];
}

function liveLog(context: Context): Operation {
  const { db, logs, stopping } = context;
  return operation({
    summary: 'Follow the output of an execution',
    description: 'Server-Sent Events: `log` for each piece, and `end` when the execution has ended.',
    role: 'viewer',
    query: { from: number('Offset in the log from which on it is sent.') },
    headers: { 'Last-Event-ID': 'The id of the event after which it goes on, instead of `from`.' },
    answers: {
      200: { words: 'Events, until the execution has ended.', types: ['text/event-stream'] },
      204: { words: 'It has ended, and there is nothing after that event.' },
    },
    handle: async ({ request, response, query }) => {
      const { execution, selection } = await logOf(context, request);
      const from = offsetOf(request) ?? query.from ?? 0;
      const ended = async () => (await executionById(db, execution.id))?.status !== 'RUNNING';
      if (request.method === 'HEAD') return { headers: { 'Content-Type': 'text/event-stream' } };
      const signal = untilGone(response, stopping);
      const asksAgain = request.headers['last-event-id'] !== undefined;
      if (asksAgain && (await ended()) && (await isEmpty(logs.read(execution.id, selection, { from }))))
        return { status: 204 };
      const pieces = logs.follow(execution.id, selection, { from, signal, ended });
      await stream(response, pieces, signal, async () => ({
        status: (await executionById(db, execution.id))?.status ?? null,
      }));
      return undefined;
    },
  });
}

/** Aborted when the reader has gone or the service stops. */
function untilGone(response: Response, stopping: AbortSignal): AbortSignal {
  const gone = new AbortController();
  const stop = () => gone.abort();
  stopping.addEventListener('abort', stop);
  response.once('close', () => {
    stopping.removeEventListener('abort', stop);
    stop();
  });
  if (stopping.aborted) stop();
  return gone.signal;
}

function offsetOf(request: Request): number | undefined {
  const header = request.headers['last-event-id'];
  if (header === undefined) return undefined;
  const offset = Number(header);
  if (/^\d+$/.test(String(header)) && Number.isSafeInteger(offset)) return offset;
  throw new SeedbedError('invalid-request', { problem: 'The header Last-Event-ID must be an offset' });
}

async function isEmpty(pieces: AsyncIterable<LogPiece>): Promise<boolean> {
  for await (const _piece of pieces) return false;
  return true;
}

async function stream(
  response: Response,
  pieces: AsyncIterable<LogPiece>,
  signal: AbortSignal,
  end: () => Promise<object>,
): Promise<void> {
  response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  response.write('retry: 1000\n\n');
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  let last: number | undefined;
  try {
    for await (const piece of pieces) {
      last = piece.next;
      const event = `id: ${piece.next}\nevent: log\ndata: ${JSON.stringify(pieceDocument(piece))}\n\n`;
      if (!(await writePart(response, event))) return;
    }
    if (!signal.aborted) {
      const id = last === undefined ? '' : `id: ${last}\n`;
      response.write(`${id}event: end\ndata: ${JSON.stringify(await end())}\n\n`);
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

/** Bytes are text where they are whole characters, and base64 where not: a piece may end within a character. */
function pieceDocument({ stream, time, offset, next, data, dropped }: LogPiece): Record<string, unknown> {
  const text = data.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(data);
  return {
    stream,
    time: new Date(time).toISOString(),
    offset,
    next,
    ...(isText ? { text } : { base64: data.toString('base64') }),
    ...(dropped > 0 ? { dropped } : {}),
  };
}
