import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '../../runtime/engine/docker/client.ts';
import { importBusybox } from './engine.ts';

/** A second Docker daemon for one test file: it may be stopped and killed, and sees other disks than we do. */
export interface PrivateEngine {
  /** For DOCKER_HOST. */
  readonly host: string;
  readonly socket: string;
  /** Of the daemon that runs; its network is its own. */
  readonly pid: number;
  start(): Promise<void>;
  /** SIGTERM, as `systemctl stop`; resolves when the daemon has ended. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Ends everything and removes its files. */
  close(): Promise<void>;
}

/** Namespaces need root, on Linux; elsewhere the tests that use it are left out. */
export const canStartPrivateEngine = process.getuid?.() === 0 && existsSync('/usr/sbin/dockerd');

const patience = 90_000;

/**
 * @param preparation shell commands run in the daemon's own mount namespace before it starts
 * @param images tags under which it gets the test image
 * @param more options of the daemon, for its directory
 */
export async function privateEngine(
  preparation: string,
  images: readonly string[],
  more: (root: string) => readonly string[] = () => [],
): Promise<PrivateEngine> {
  // Its sockets have long names below: a short directory keeps them under the kernel's 107 bytes.
  const root = await mkdtemp('/tmp/seedbed-test-dockerd-');
  const socket = `${root}/docker.sock`;
  let daemon: ChildProcess | undefined;

  async function start(): Promise<void> {
    const options = [
      `--data-root ${root}/data --exec-root ${root}/exec --pidfile ${root}/pid -H unix://${socket}`,
      '--bridge none --iptables=false --ip6tables=false --shutdown-timeout 20',
      ...more(root),
    ];
    const script = `${preparation || 'true'}; ip link set lo up 2>/dev/null; exec dockerd ${options.join(' ')}`;
    await rm(`${root}/pid`, { force: true });
    const log = await open(`${root}/log`, 'a');
    daemon = spawn('unshare', ['--mount', '--net', '--propagation', 'private', 'sh', '-c', script], {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    await answers();
  }

  async function answers(): Promise<void> {
    const client = createClient({ kind: 'socket', path: socket, where: socket });
    const deadline = performance.now() + patience;
    try {
      for (;;) {
        const answer = await client.fresh.ping().catch(() => undefined);
        if (answer) return;
        if (daemon?.exitCode != null || performance.now() > deadline)
          throw new Error(
            `the private engine did not start:\n${(await readFile(`${root}/log`, 'utf8')).slice(-3000)}`,
          );
        await pause(100);
      }
    } finally {
      client.close();
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const ended = once(daemon, 'exit');
    daemon.kill(signal);
    await ended;
  }

  const engine: PrivateEngine = {
    host: `unix://${socket}`,
    socket,
    get pid() {
      return daemon!.pid!;
    },
    start,
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL');
      // A daemon that finds the process of its containerd, even one that is dead and not reaped, waits for it in vain.
      while (processesNaming(`${root}/exec/containerd/containerd.toml`).length > 0) await pause(20);
      await rm(`${root}/exec/containerd/containerd.pid`, { force: true });
    },
    async close() {
      await end('SIGTERM');
      for (const pid of processesNaming(root)) process.kill(pid, 'SIGKILL');
      while (processesNaming(root).length > 0) await pause(50);
      await rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
  try {
    await start();
    const client = createClient({ kind: 'socket', path: socket, where: socket });
    for (const image of images) await importBusybox(client.docker, image);
    client.close();
    return engine;
  } catch (thrown) {
    await engine.close();
    throw thrown;
  }
}

/** What a killed daemon left: containerd and the shims carry its directory in their arguments. */
function processesNaming(directory: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(directory);
      } catch {
        return false;
      }
    })
    .map(Number);
}
