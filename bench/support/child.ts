import { spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Ran {
  /** Milliseconds from before its start to after its end. */
  readonly ms: number;
  /** Milliseconds since the epoch. */
  readonly begun: number;
  readonly ended: number;
  readonly stdout: string;
}

/** More certificates make every Node program slower at its start, by 55 ms where it was measured: not ours to count. */
const ordinary = { NODE_EXTRA_CA_CERTS: undefined };

/** Runs a program to its end and takes the time. Interrupted, it gets SIGINT and is waited for. @throws when it fails */
export async function timeProgram(
  program: string,
  args: readonly string[],
  { env = {}, signal }: { env?: NodeJS.ProcessEnv; signal?: AbortSignal } = {},
): Promise<Ran> {
  signal?.throwIfAborted();
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  const origin = performance.now();
  const begun = Date.now();
  const child = spawn(program, args, { env: { ...process.env, ...ordinary, ...env }, stdio });
  const interrupt = () => child.kill('SIGINT');
  signal?.addEventListener('abort', interrupt);
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout!),
    text(child.stderr!),
  ]);
  const took = performance.now() - origin;
  signal?.removeEventListener('abort', interrupt);
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${code}\n${stderr}${stdout}`);
  return { ms: took, begun, ended: begun + took, stdout };
}
