import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { testHome } from '../support/database.ts';
import { call, type HttpAnswer } from '../support/http.ts';

/** A service of its own, with a fresh home and database. */
export interface Service {
  readonly port: number;
  send(method: string, address: string, body?: object | Buffer): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

/** Starts `seed serve` as it is built. @throws Error with what it printed, when it ends before it listens */
export async function startService(env: NodeJS.ProcessEnv): Promise<Service> {
  const home = await testHome();
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, ['dist/seed.js', 'serve', '--port', '0'], {
    env: { ...inherited, SEED_HOME: home.home, SEED_STOP_GRACE: '1', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let printed = '';
  const url = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        const found = /listening at (http:\S+)/.exec(printed)?.[1];
        if (found !== undefined) resolve(found);
      });
    void ended.then(() => reject(new Error(`the service ended:\n${printed}`)));
  });
  const port = Number(new URL(await url).port);
  const token = (await readFile(path.join(home.home, 'token'), 'utf8')).trim();
  return {
    port,
    send: (method, address, body) => {
      const isBytes = Buffer.isBuffer(body);
      const type = isBytes ? 'application/octet-stream' : 'application/json';
      return call(
        port,
        method,
        address,
        { Authorization: `Token ${token}`, ...(body && { 'Content-Type': type }) },
        isBytes ? body : body && JSON.stringify(body),
      );
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await home.remove();
    },
  };
}
