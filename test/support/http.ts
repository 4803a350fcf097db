import { request as startRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';

/** What tests look for in answers; which of it there is depends on the route. */
export interface AnsweredDocument {
  readonly [member: string]: unknown;
  readonly id: number;
  readonly detail: string;
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly Readonly<Record<string, unknown>>[];
  readonly errors: readonly { readonly name: string; readonly description: string }[];
  readonly warnings: readonly { readonly name: string }[];
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body, parsed as JSON. */
  readonly json: AnsweredDocument;
}

/** One request on a connection of its own, with exactly these headers. */
export async function call(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
): Promise<HttpAnswer> {
  const options: RequestOptions = { host: '127.0.0.1', port, method, path, headers, agent: false };
  return new Promise((resolve, reject) => {
    const request = startRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const whole = Buffer.concat(chunks);
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: whole,
          get json() {
            return JSON.parse(whole.toString()) as AnsweredDocument;
          },
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
