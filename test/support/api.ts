import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type Api, type ApiOptions, createApi } from '../../runtime/api/index.ts';
import { readConfig } from '../../runtime/config/index.ts';
import type { Database } from '../../runtime/database/index.ts';
import { createEngine, type Engine } from '../../runtime/engine/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { createLogStore, type LogStore } from '../../runtime/logs/index.ts';
import { withDatabase } from './connected.ts';
import { call, type HttpAnswer } from './http.ts';
import { expectJudged } from './judge.ts';

/** A service that listens on a free loopback port, with a home of its own. */
export interface TestApi {
  readonly db: Database;
  readonly home: string;
  readonly port: number;
  /** The first token. */
  readonly token: string;
  readonly logs: LogStore;
  readonly api: Api;
  /**
   * Below `/v6`, with the first token unless a header says otherwise; an object is sent as JSON. The answer must be as the
   * OpenAPI document says.
   */
  readonly send: (
    method: string,
    path: string,
    body?: object | string | Buffer,
    headers?: Record<string, string>,
  ) => Promise<HttpAnswer>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<HttpAnswer>;
  readonly close: () => Promise<void>;
}

const token = 'the-token-of-the-tests';

/**
 * Before the first test of a file: starts a service on a fresh database and hands it over. After the last: stops it.
 * @param more of the options of the service, in place of the usual ones
 */
export function withApi(
  take: (api: TestApi) => void,
  env: NodeJS.ProcessEnv = {},
  more: Partial<ApiOptions> = {},
): void {
  let db: Database;
  let api: TestApi;
  withDatabase((connected) => (db = connected));
  beforeAll(async () => {
    api = await startApi(db, env, more);
    take(api);
  });
  afterAll(() => api.close());
}

/** Starts a service, perhaps beside another one on the same database. */
export async function startApi(
  db: Database,
  env: NodeJS.ProcessEnv = {},
  more: Partial<ApiOptions> = {},
): Promise<TestApi> {
  const home = await realpath(await mkdtemp(path.join(tmpdir(), 'seedbed-api-')));
  const config = readConfig({ SEED_HOME: home, ...env });
  let engine: Promise<Engine> | undefined;
  const logs = createLogStore({
    directory: path.join(home, 'logs'),
    capMiB: 1,
    retentionSeconds: 60,
    pollMs: 20,
  });
  const api = await createApi({
    db,
    config,
    token,
    logs,
    version: '9.8.7',
    logger: createLogger('silent'),
    engineSockets: [],
    engineFor: () => (engine ??= createEngine(config)),
    ...more,
  });
  const port = await api.listen('127.0.0.1', 0);
  const send: TestApi['send'] = async (method, route, body, headers = {}) => {
    const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
    const address = route.startsWith('/') ? route : `/v6/${route}`;
    const answer = await call(
      port,
      method,
      address,
      {
        Authorization: `Token ${token}`,
        ...(isJson ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      isJson ? JSON.stringify(body) : body,
    );
    await expectJudged(port, method, address, answer);
    return answer;
  };
  const get: TestApi['get'] = (route, headers) => send('GET', route, undefined, headers);
  const close = async () => {
    await api.close();
    (await engine)?.close();
    await rm(home, { recursive: true });
  };
  return { db, home, port, token, logs, api, send, get, close };
}
