import http from 'node:http';
import path from 'node:path';
import express from 'express';
import { createApi } from '../../runtime/api/index.ts';
import { operation } from '../../runtime/api/operation.ts';
import { mount, type Route } from '../../runtime/api/route.ts';
import { closeServer, listenOn, makeServer } from '../../runtime/api/server.ts';
import { readConfig } from '../../runtime/config/index.ts';
import type { Database } from '../../runtime/database/index.ts';
import { createEngine } from '../../runtime/engine/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { createLogStore } from '../../runtime/logs/index.ts';
import type { Bench } from '../support/bench.ts';

const token = 'the-token-of-the-benchmark';

export interface Service {
  readonly routes: readonly Route[];
  /** Below `/v6`. @returns milliseconds until the last byte, and the status */
  get(address: string): Promise<{ readonly ms: number; readonly status: number }>;
  /** `select 1` through an HTTP server of the same making: what no answer with a query can be faster than. */
  selectOne(): Promise<{ readonly ms: number; readonly status: number }>;
}

/** The HTTP side of the service over a database, asked over a connection that is kept. */
export async function startService({ ending, directory }: Bench, db: Database): Promise<Service> {
  const config = readConfig({ SEED_HOME: directory });
  const logs = createLogStore({
    directory: path.join(directory, 'logs'),
    capMiB: 1,
    retentionSeconds: 60,
    pollMs: 100,
  });
  const api = await createApi({
    db,
    config,
    token,
    logs,
    version: '0',
    logger: createLogger('silent'),
    engineSockets: [],
    engineFor: () => createEngine(config),
  });
  const port = await api.listen('127.0.0.1', 0);
  ending.undo(() => api.close());
  const handle = async () => ({ json: await db.query('select 1 as one') });
  const GET = operation({ summary: 'Select one', role: 'viewer', answers: {}, handle });
  const app = express();
  mount(app, [{ path: '/v6/one', methods: { GET } }], { mostBytes: 1 });
  const bare = makeServer(app);
  const barePort = await listenOn(bare, '127.0.0.1', 0);
  ending.undo(() => closeServer(bare));
  const agent = new http.Agent({ keepAlive: true });
  ending.undo(async () => agent.destroy());
  const ask = (to: number, address: string) => timed({ port: to, path: `/v6${address}`, agent });
  return { routes: api.routes, get: (address) => ask(port, address), selectOne: () => ask(barePort, '/one') };
}

function timed(options: http.RequestOptions): Promise<{ ms: number; status: number }> {
  const headers = { Authorization: `Token ${token}` };
  return new Promise((resolve, reject) => {
    const origin = performance.now();
    http
      .get({ host: '127.0.0.1', headers, ...options }, (response) => {
        response.resume();
        response.on('error', reject);
        response.on('end', () => resolve({ ms: performance.now() - origin, status: response.statusCode! }));
      })
      .on('error', reject);
  });
}
