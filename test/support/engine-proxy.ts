import { chmod, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';

/** A socket in front of an engine's. */
export interface EngineProxy {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** Breaks every connection that is open; new ones work. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * Takes connections always, and holds one until the engine behind takes it, as systemd does with a socket of its own:
 * a connection made while the engine stops is answered by the next engine.
 * @param mode of the socket, e.g. 0o666 for users who may not use the engine's own
 */
export async function engineProxy(engineSocket: string, mode = 0o600): Promise<EngineProxy> {
  const directory = await mkdtemp('/tmp/seedbed-test-proxy-');
  await chmod(directory, 0o755);
  const socket = path.join(directory, 'docker.sock');
  const open = new Set<net.Socket>();
  let closed = false;

  function connect(client: net.Socket): void {
    const engine = net.connect({ path: engineSocket, allowHalfOpen: true });
    const retry = () => {
      engine.destroy();
      if (!closed && !client.destroyed) setTimeout(() => connect(client), 50).unref();
    };
    engine.once('error', retry);
    engine.once('connect', () => {
      engine.off('error', retry);
      for (const [from, to] of [
        [client, engine],
        [engine, client],
      ] as const) {
        open.add(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          open.delete(from);
          to.destroy();
        });
      }
    });
  }

  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    client.on('error', () => {});
    connect(client);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  await chmod(socket, mode);
  return {
    host: `unix://${socket}`,
    cut: () => open.forEach((connection) => connection.destroy()),
    async close() {
      closed = true;
      open.forEach((connection) => connection.destroy());
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
