import { managedWorkspace } from '../catalog/index.ts';
import { Metrics } from '../metrics/index.ts';
import { makeApp } from './app.ts';
import type { ApiOptions } from './context.ts';
import { readiness } from './observe/readiness.ts';
import { routesOf } from './routes/index.ts';
import { closeServer, listenOn, makeServer } from './server.ts';
import { Uploads } from './uploads/uploads.ts';

/** The HTTP side of the service. */
export interface Api {
  /**
   * @param port 0: any that is free
   * @returns the port
   * @throws address-unusable
   */
  listen(host: string, port: number): Promise<number>;
  /** Ends streams, lets other requests end for 5 seconds, then cuts every connection. Twice is fine. */
  close(): Promise<void>;
}

const hour = 60 * 60 * 1000;

/**
 * Makes the service's HTTP side; it answers from `listen` on.
 * @throws home-unusable where the managed workspace cannot be made
 */
export async function createApi(options: ApiOptions): Promise<Api> {
  const { db, config, logger, token } = options;
  const uploads = new Uploads(db, await managedWorkspace(db, config.home));
  const stopping = new AbortController();
  const mostBytes = config.service.bodyMiB * 2 ** 20;
  const metrics = options.metrics ?? new Metrics();
  metrics.watch(db);
  let listening = '';
  const app = makeApp({
    token,
    logger,
    metrics,
    tracing: options.tracing,
    metricsToken: config.service.metricsToken,
    ready: readiness(db, stopping.signal),
    hosts: () => ({ allowed: config.service.allowedHosts, listening }),
    routes: routesOf({
      ...options,
      uploads,
      mostBytes,
      stopping: stopping.signal,
    }),
    mostBytes,
  });
  const server = makeServer(app);
  const sweep = () =>
    uploads.sweep(Date.now() - config.service.uploadHours * hour).catch((thrown: unknown) => {
      logger.warn({ err: thrown }, 'stale uploads could not be removed');
    });
  const sweeping = setInterval(sweep, hour);
  sweeping.unref();
  return {
    listen: async (host, port) => {
      listening = host;
      const bound = await listenOn(server, host, port);
      void sweep();
      return bound;
    },
    close: async () => {
      clearInterval(sweeping);
      stopping.abort();
      await closeServer(server);
      metrics.close();
    },
  };
}
