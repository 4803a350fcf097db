import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Bench } from '../support/bench.ts';

/** `seed serve` in a process of its own. */
export interface Serve {
  /** For commands that ask it. */
  readonly env: NodeJS.ProcessEnv;
  /** What its process had when it listened, and at most; MiB. */
  memory(): Promise<readonly [number, number]>;
}

export async function startServe(
  { ending, directory }: Bench,
  dist: string,
  databaseUrl: string,
): Promise<Serve> {
  const home = path.join(directory, 'home');
  const child = spawn(process.execPath, [path.join(dist, 'seed.js'), 'serve', '--port', '0'], {
    env: {
      ...process.env,
      SEED_HOME: home,
      DATABASE_URL: databaseUrl,
      SEED_URL: undefined,
      SEED_TOKEN: undefined,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  ending.undo(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const lines: string[] = [];
  child.stderr.on('data', (data: Buffer) => lines.push(data.toString()));
  const listening = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      const [, url] = /listening at (http:\S+)/.exec(line) ?? [];
      if (url) return url;
    }
    throw new Error(`seed serve did not start:\n${lines.join('\n')}`);
  })();
  const url = await listening;
  child.stdout.resume();
  const token = (await readFile(path.join(home, 'token'), 'utf8')).trim();
  const start = await rss(child.pid!, 'VmRSS');
  return {
    env: { SEED_HOME: home, SEED_URL: url, SEED_TOKEN: token, DATABASE_URL: undefined },
    memory: async () => [start, await rss(child.pid!, 'VmHWM')],
  };
}

async function rss(pid: number, field: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kib = '0'] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status) ?? [];
  return Number(kib) / 1024;
}
