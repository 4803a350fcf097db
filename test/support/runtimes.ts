import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { programArguments } from './programs.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');

/** A runtime in a process of its own. */
export interface RuntimeProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it logged so far, for messages. */
  readonly log: () => string;
  /** Sends a signal; resolves when the process has ended, unless the signal only stops or wakes it. */
  kill(signal: NodeJS.Signals): Promise<void>;
  readonly ended: Promise<unknown>;
}

/**
 * Starts one; resolves when it is at work.
 * @param env SEED_HOME, DATABASE_URL and so on, in addition to the environment of the tests
 * @param program see `programArguments`
 */
export async function startRuntime(
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
  program = 'support/runtime-process',
): Promise<RuntimeProcess> {
  const child = spawn(process.execPath, [...programArguments(program), ...args], {
    cwd: root,
    env: { ...process.env, SEED_LOG_LEVEL: 'info', NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = once(child, 'close');
  const lines = createInterface(child.stdout);
  const begun = await Promise.race([once(lines, 'line'), ended]);
  if (child.exitCode !== null || child.signalCode !== null)
    throw new Error(`the runtime did not start (${String(begun)}):\n${log}`);
  lines.on('line', (line) => (log += `${line}\n`));
  return {
    child,
    pid: child.pid!,
    log: () => log,
    ended,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await ended;
    },
  };
}
