import { Agent, request as startRequest } from 'node:http';

/** Requests to one service over connections that stay open. */
export class LoadClient {
  readonly #agent: Agent;
  readonly #port: number;
  readonly #token: string;
  readonly #opened = new Set<unknown>();

  /** @param connections at most; one at a time makes it one connection */
  constructor(port: number, token: string, connections: number) {
    this.#port = port;
    this.#token = token;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Connections that there have been. */
  get opened(): number {
    return this.#opened.size;
  }

  /** @returns status and body @throws what is wrong with the connection */
  ask(method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const request = startRequest(
        {
          host: '127.0.0.1',
          port: this.#port,
          method,
          path: `/v6/${path}`,
          agent: this.#agent,
          headers: {
            Authorization: `Token ${this.#token}`,
            ...(body && { 'Content-Type': 'application/json' }),
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk)).on('error', reject);
          response.on('end', () => resolve({ status: response.statusCode!, text }));
        },
      );
      request.on('socket', (socket) => this.#opened.add(socket));
      request.on('error', reject).end(body && JSON.stringify(body));
    });
  }

  async post(path: string, body: object): Promise<{ readonly id: number }> {
    const { status, text } = await this.ask('POST', path, body);
    if (status !== 201) throw new Error(`${path}: ${status} ${text}`);
    return JSON.parse(text) as { id: number };
  }

  close(): void {
    this.#agent.destroy();
  }
}
