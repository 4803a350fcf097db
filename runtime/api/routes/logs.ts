import type { Request, Response } from 'express';
import { SeedbedError } from '../../errors/index.ts';
import { executionById, type ExecutionRow } from '../../jobs/index.ts';
import { type LogLine, linesOf, type Selection } from '../../logs/index.ts';
import { writePart } from '../answer/write.ts';
import type { Context } from '../context.ts';
import { LogEntryDocument } from '../documents/execution.ts';
import { Type } from '../documents/schema.ts';
import { type Answer, type Operation, operation } from '../operation.ts';
import { found, idOf, missing, textOf } from '../request/ids.ts';
import { time, word } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { chooseFormat, type LogFormat, logFormats } from '../shapes/log-formats.ts';

/** Output of executions as it is now: `job-executions/{id}/logs/{name}/`. */
export function logRoutes(context: Context): Route[] {
  return [{ path: '/job-executions/:id/logs/:name', methods: { GET: readLog(context) } }];
}

/** The execution and stream that an address means. @throws not-found */
export async function logOf(
  { db }: Context,
  request: Request,
): Promise<{ execution: ExecutionRow; selection: Selection }> {
  const id = idOf(request, 'id', 'execution');
  const name = textOf(request, 'name');
  if (name !== 'stdout' && name !== 'stderr' && name !== 'combined') throw missing('log', name);
  return { execution: found(await executionById(db, id), 'execution', id), selection: name };
}

const names = Object.keys(logFormats) as (keyof typeof logFormats)[];

function readLog(context: Context): Operation {
  return operation({
    summary: 'Read the output of an execution',
    role: 'viewer',
    query: {
      started: time('Only lines not before then.'),
      format: word(names, 'How lines are written; without it, what the header Accept prefers.'),
    },
    answers: {
      200: {
        words: 'The lines.',
        schema: Type.Array(LogEntryDocument),
        types: names.map((name) => logFormats[name].type),
      },
      204: { words: 'There is no line.' },
    },
    failures: [406],
    handle: async ({ request, response, query: { started, format: asked } }) => {
      const { execution, selection } = await logOf(context, request);
      const since = started === undefined ? -Infinity : Date.parse(started);
      const format = logFormats[formatOf(request, asked)];
      const lines = linesOf(context.logs.read(execution.id, selection));
      return sendLines(request, response, newer(lines, since), format, execution);
    },
  });
}

function formatOf(request: Request, asked: keyof typeof logFormats | undefined): keyof typeof logFormats {
  const format = chooseFormat(asked, request.headers.accept);
  if (format !== undefined) return format;
  throw new SeedbedError('not-acceptable', {
    available: names.map((name) => logFormats[name].type).join(', '),
    asked: String(request.headers.accept).slice(0, 100),
  });
}

async function* newer(lines: AsyncIterable<LogLine>, since: number): AsyncGenerator<LogLine> {
  for await (const line of lines) if (line.time >= since) yield line;
}

/** Line by line, however long the log is; 204 without a line. */
async function sendLines(
  request: Request,
  response: Response,
  lines: AsyncIterable<LogLine>,
  format: LogFormat,
  execution: ExecutionRow,
): Promise<Answer | undefined> {
  const headers = { 'Content-Type': `${format.type}; charset=utf-8`, Vary: 'Accept' };
  let count = 0;
  for await (const line of lines) {
    if (count === 0) {
      if (request.method === 'HEAD') return { headers };
      response.status(200).set(headers);
    }
    const before = count === 0 ? format.begin : format.between;
    if (!(await writePart(response, `${before}${format.line(line, count, execution)}`))) return undefined;
    count += 1;
  }
  if (count === 0) return { status: 204 };
  response.end(format.end);
  return undefined;
}
