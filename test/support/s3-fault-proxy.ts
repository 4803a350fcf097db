import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with one request. */
export type Fault =
  /** Answered with this status, and not passed on. */
  | { readonly status: number; readonly code: string }
  /** Passed on; the connection is cut after so many bytes of the answer's body. */
  | { readonly cutAfter: number }
  /** Passed on; the answer is cut off after so many bytes, and says that this is all. */
  | { readonly shortTo: number }
  /** Passed on; the connection is cut in place of the answer. */
  | { readonly lostAnswer: true }
  /** Passed on; answered with this status in place of the answer, once it is there. */
  | { readonly statusAfter: number; readonly retryAfter?: string }
  /** Neither passed on nor answered. */
  | { readonly silent: true };

/** In front of an S3 server, or of a service: what it passes on arrives as it was, signature and all. */
export interface FaultProxy {
  readonly endpoint: string;
  /** `GET /bucket/key`, of each request in turn. */
  readonly requests: string[];
  /** The next requests that match go wrong so, one fault for each. */
  inject(method: string, path: RegExp, ...faults: Fault[]): void;
  /** Nothing goes wrong any more. */
  heal(): void;
  close(): Promise<void>;
}

export async function faultProxy(target: string): Promise<FaultProxy> {
  const requests: string[] = [];
  const planned: { method: string; path: RegExp; fault: Fault }[] = [];
  const { hostname, port } = new URL(target);
  const server = http.createServer((request, response) => {
    const { method = '', url = '' } = request;
    requests.push(`${method} ${url}`);
    const index = planned.findIndex((one) => one.method === method && one.path.test(url));
    const fault = index < 0 ? undefined : planned.splice(index, 1)[0]!.fault;
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    if (fault && 'silent' in fault) return void request.resume();
    if (fault && 'status' in fault) {
      request.resume().on('end', () => {
        const body = `<?xml version="1.0"?><Error><Code>${fault.code}</Code><Message>injected</Message></Error>`;
        response.writeHead(fault.status, { 'Content-Type': 'application/xml' }).end(body);
      });
      return;
    }
    const passed = http.request({ hostname, port, method, path: url, headers: request.headers }, (answer) => {
      if (fault && 'lostAnswer' in fault) {
        answer.resume().on('end', () => response.destroy());
        return;
      }
      if (fault && 'statusAfter' in fault) {
        const asked = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter };
        answer.resume().on('end', () => response.writeHead(fault.statusAfter, asked).end('<html>'));
        return;
      }
      const headers = { ...answer.headers };
      if (fault && 'shortTo' in fault) headers['content-length'] = `${fault.shortTo}`;
      response.writeHead(answer.statusCode ?? 502, headers);
      const most =
        fault && 'cutAfter' in fault
          ? fault.cutAfter
          : fault && 'shortTo' in fault
            ? fault.shortTo
            : undefined;
      if (most === undefined) return void answer.pipe(response);
      let sent = 0;
      answer.on('data', (chunk: Buffer) => {
        const part = chunk.subarray(0, most - sent);
        sent += part.length;
        if (part.length > 0) response.write(part);
        if (sent < most) return;
        answer.destroy();
        if (fault && 'shortTo' in fault) response.end();
        else response.write('', () => response.destroy());
      });
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    inject(method, path, ...faults) {
      planned.push(...faults.map((fault) => ({ method, path, fault })));
    },
    heal() {
      planned.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
