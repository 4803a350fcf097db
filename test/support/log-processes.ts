import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

const here = import.meta.dirname;
const cache = path.resolve(here, '../../.cache');

export interface LogProgram {
  /**
   * Runs `log-client.ts` with these arguments.
   * @param killAfter chunks after which it is killed (SIGKILL); undefined: it is left to end
   * @param unshared shell commands before it in namespaces of its own; needs root
   * @returns what it printed
   */
  run(args: readonly (string | number)[], killAfter?: number, unshared?: string): Promise<string>;
  remove(): Promise<void>;
}

/** Bundles the program, as the commands are bundled. */
export async function buildLogClient(): Promise<LogProgram> {
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(path.join(cache, 'seedbed-test-'));
  const program = path.join(directory, 'log-client.mjs');
  await promisify(execFile)(createRequire(import.meta.url).resolve('esbuild/bin/esbuild'), [
    path.join(here, 'log-client.ts'),
    `--outfile=${program}`,
    ...['--bundle', '--packages=external', '--platform=node', '--format=esm', '--log-level=error'],
  ]);
  return {
    run: (args, killAfter, unshared) => run(program, args.map(String), killAfter, unshared),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function run(
  program: string,
  args: readonly string[],
  killAfter: number | undefined,
  unshared: string | undefined,
): Promise<string> {
  const command = [process.execPath, program, ...args];
  const words =
    unshared === undefined
      ? command
      : ['unshare', '-m', 'sh', '-ec', `${unshared}\nexec "$0" "$@"`, ...command];
  const child = spawn(words[0]!, words.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let printed = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    printed += text;
    if (killAfter !== undefined && printed.length >= killAfter) child.kill('SIGKILL');
  });
  await closed;
  return printed;
}
