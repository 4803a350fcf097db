import net from 'node:net';

/** A TCP port in front of a socket, whose network can fail. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection that is open; new ones work. */
  cut(): void;
  /** While true, it takes connections, and neither passes on what is sent nor answers. */
  swallow(all: boolean): void;
  close(): Promise<void>;
}

/** @param socket path of a Unix socket */
export async function tcpProxy(socket: string): Promise<TcpProxy> {
  const pairs = new Set<readonly [net.Socket, net.Socket | undefined]>();
  let swallows = false;
  const destroy = () => {
    for (const pair of pairs) for (const end of pair) end?.destroy();
  };
  const server = net.createServer((client) => {
    const behind = swallows ? undefined : net.connect({ path: socket });
    const pair = [client, behind] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      behind?.destroy();
    };
    for (const one of [client, behind]) one?.on('error', end).on('close', end);
    if (!behind) client.resume();
    client.on('data', (chunk) => swallows || behind?.write(chunk));
    behind?.on('data', (chunk) => swallows || client.write(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    cut: destroy,
    swallow(all) {
      // What was swallowed is missing: such a connection is of no use ever again.
      if (swallows && !all) destroy();
      swallows = all;
    },
    async close() {
      destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
