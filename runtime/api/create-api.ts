import { setMaxListeners } from 'node:events';
import { Access, AuditTrail, sweepAccess } from '../auth/index.ts';
import { managedWorkspace, Workspaces } from '../catalog/index.ts';
import { sweepOnce } from '../database/index.ts';
import { Metrics } from '../metrics/index.ts';
import { makeApp } from './app.ts';
import type { ApiOptions } from './context.ts';
import { openApiDocument } from './openapi/index.ts';
import { onceOver } from './once.ts';
import { ifMatchOver } from './request/if-match.ts';
import type { Route } from './route.ts';
import { openRoutesOf, routesOf } from './routes/index.ts';
import { metricsRoutes } from './observe/metrics.ts';
import { readiness } from './observe/readiness.ts';
import { closeServer, listenOn, makeServer } from './server.ts';
import { unmetResourcesIn } from './unmet-resources.ts';
import { Uploads } from './uploads/uploads.ts';

/** The HTTP side of the service. */
export interface Api {
  /** All that it answers below the prefixes, and what it answers anyone; for whoever documents or tests it. */
  readonly routes: readonly Route[];
  readonly openRoutes: readonly Route[];
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
  const { db, config, logger, token, insecure = false, slowness = {} } = options;
  const uploads = new Uploads(db, await managedWorkspace(db, config.home));
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // everyone who follows something
  const mostBytes = config.service.bodyMiB * 2 ** 20;
  const metrics = options.metrics ?? new Metrics();
  metrics.watch(db);
  let listening = '';
  const access = new Access(db, { token, insecure });
  const ready = readiness(db, stopping.signal);
  const workspaces = new Workspaces(db, config);
  const unmet = unmetResourcesIn(db);
  const context = {
    ...options,
    access,
    uploads,
    workspaces,
    unmet,
    mostBytes,
    ready,
    stopping: stopping.signal,
  };
  const routes = routesOf(context);
  const openRoutes = openRoutesOf(context, () => document);
  const document = openApiDocument({
    routes,
    bareRoutes: [...openRoutes, ...metricsRoutes(metrics)],
    version: options.version,
  });
  const { allowedHosts, allowedOrigins, trustedProxies, auditDays, uploadHours } = config.service;
  const app = makeApp({
    access,
    audit: new AuditTrail(db),
    logger,
    metrics,
    tracing: options.tracing,
    metricsToken: config.service.metricsToken,
    hosts: () => ({ allowed: allowedHosts, listening }),
    origins: allowedOrigins,
    proxies: trustedProxies,
    routes,
    openRoutes,
    mostBytes,
    once: onceOver(db, config),
    ifMatch: ifMatchOver(db),
    ...(slowness.bodyMs !== undefined && { bodyMs: slowness.bodyMs }),
  });
  const server = makeServer(app, slowness);
  const sweep = async () => {
    const warn = (what: string) => (err: unknown) => logger.warn({ err }, `${what} could not be removed`);
    await uploads.sweep(Date.now() - uploadHours * hour).catch(warn('stale uploads'));
    await sweepOnce(db).catch(warn('old idempotency keys'));
    await sweepAccess(db, auditDays).catch(warn('old entries of the audit trail'));
  };
  const sweeping = setInterval(sweep, hour);
  sweeping.unref();
  return {
    routes,
    openRoutes,
    listen: async (host, port) => {
      listening = host;
      const bound = await listenOn(server, host, port);
      void sweep();
      return bound;
    },
    close: async () => {
      clearInterval(sweeping);
      stopping.abort();
      access.close();
      await closeServer(server);
      metrics.close();
      workspaces.close();
    },
  };
}
