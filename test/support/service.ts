import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { until } from './cli-files.ts';
import type { CommandOptions, Ended, Installation, Running } from './cli.ts';

/** A `seed serve` that runs. */
export interface TestService extends Running {
  /** e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  /** For commands that are to ask it. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Asks it to stop. @returns how it ended */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Starts a service on a free port of the loopback, and waits until it listens. It ends with the installation at the latest. */
export async function startService(
  seedbed: Installation,
  args: readonly string[] = [],
  options: CommandOptions = {},
): Promise<TestService> {
  const port = args.includes('--port') ? [] : ['--port', '0'];
  const running = seedbed.start(['serve', ...port, ...args], {
    ...options,
    env: { SEED_LOG_LEVEL: 'silent', ...options.env },
  });
  let ended = false;
  void running.ended.then(() => (ended = true));
  seedbed.beforeClose(async () => {
    running.child.kill();
    await running.ended;
  });
  const url = await until('the service to listen', () => {
    if (ended) throw new Error(`the service ended:\n${running.printed.stdout}${running.printed.stderr}`);
    return /listening at (http:\S+)/.exec(running.printed.stdout)?.[1];
  });
  return {
    ...running,
    url,
    port: Number(new URL(url).port),
    env: { SEED_URL: url },
    stop: async (signal = 'SIGTERM') => {
      running.child.kill(signal);
      return running.ended;
    },
  };
}

/** Ends services that a test left, so that none outlives it. */
export async function endServices(services: readonly TestService[]): Promise<void> {
  for (const { child } of services) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  }
}

/** Waits until a file is there that a job makes. */
export function fileThere(file: string): Promise<true> {
  return until(file, () =>
    access(file).then(
      () => true as const,
      () => undefined,
    ),
  );
}
