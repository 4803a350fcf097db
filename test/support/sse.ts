import { request as startRequest, type IncomingMessage } from 'node:http';

/** One event of a stream of Server-Sent Events. */
export interface ServerSentEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** A stream of events that is read, and may be left at any moment. */
export interface EventStream {
  readonly status: number;
  readonly events: AsyncGenerator<ServerSentEvent>;
  /** Cuts the connection. */
  leave(): void;
}

/** Opens a stream of events. */
export async function openEvents(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<EventStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    startRequest({ host: '127.0.0.1', port, path, headers, agent: false }, resolve).on('error', reject).end();
  });
  return { status: response.statusCode!, events: read(response), leave: () => response.destroy() };
}

async function* read(response: IncomingMessage): AsyncGenerator<ServerSentEvent> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.split(':')[0]!, line.replace(/^[^:]*: ?/, '')] as const),
      );
      text = text.slice(end + 2);
      if (fields.has('data'))
        yield { id: fields.get('id'), event: fields.get('event') ?? 'message', data: fields.get('data')! };
    }
  }
}
