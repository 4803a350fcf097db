import { once } from 'node:events';
import net from 'node:net';

/** A way to a service on which bytes are counted. */
export interface MeteredProxy {
  readonly port: number;
  /** @returns bytes that came from the service */
  close(): Promise<number>;
}

/** @param onBytes is told how many bytes have come from the service so far */
export async function meteredProxy(target: number, onBytes: (count: number) => void): Promise<MeteredProxy> {
  const open = new Set<net.Socket>();
  let count = 0;
  const server = net.createServer((client) => {
    const service = net.connect(target, '127.0.0.1');
    for (const [one, other] of [
      [client, service],
      [service, client],
    ] as const) {
      open.add(one);
      one
        .on('error', () => undefined)
        .on('close', () => {
          open.delete(one);
          other.destroy();
        });
    }
    client.pipe(service);
    service.on('data', (chunk: Buffer) => {
      count += chunk.length;
      onBytes(count);
      if (!client.write(chunk)) service.pause();
    });
    client.on('drain', () => service.resume());
    service.on('end', () => client.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as net.AddressInfo).port,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
      return count;
    },
  };
}
