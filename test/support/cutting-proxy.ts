import { once } from 'node:events';
import net from 'node:net';

/** A way to a service that breaks: each connection is cut when so many bytes have passed. */
export interface CuttingProxy {
  readonly port: number;
  /** Connections that were cut. */
  readonly cuts: number;
  close(): Promise<void>;
}

/**
 * @param limits bytes after which the first connection is cut, the second, and so on; those after the last one last
 * @param direction which bytes count: those to the service, or those from it
 */
export async function cuttingProxy(
  target: number,
  limits: readonly number[],
  direction: 'up' | 'down',
): Promise<CuttingProxy> {
  const open = new Set<net.Socket>();
  const left = [...limits];
  let cuts = 0;
  const server = net.createServer((client) => {
    const service = net.connect(target, '127.0.0.1');
    for (const socket of [client, service]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    let passed = 0;
    const [source, sink] = direction === 'up' ? [client, service] : [service, client];
    source.on('data', (chunk: Buffer) => {
      const limit = left[0] ?? Infinity;
      passed += chunk.length;
      if (passed <= limit) return void sink.write(chunk);
      left.shift();
      cuts += 1;
      sink.write(chunk.subarray(0, chunk.length - (passed - limit)), () => sink.destroySoon());
      source.destroy();
    });
    source.on('end', () => sink.end());
    sink.pipe(source);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as net.AddressInfo).port,
    get cuts() {
      return cuts;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
