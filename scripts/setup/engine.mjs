import { homedir } from 'node:os';
import path from 'node:path';
import { startDocker } from './docker-daemon.mjs';
import { connection, probe } from './engine-api.mjs';
import { SetupError, say } from './report.mjs';
import { hasProgram, install, mayInstall } from './system.mjs';

export const defaultHost = 'unix:///var/run/docker.sock';

/** Where engines listen that a user may have, the likeliest first. */
function candidates() {
  const home = homedir();
  const runtime = process.env.XDG_RUNTIME_DIR ?? `/run/user/${process.getuid?.() ?? 0}`;
  return [
    '/var/run/docker.sock',
    path.join(runtime, 'docker.sock'),
    path.join(home, '.docker/run/docker.sock'),
    path.join(home, '.docker/desktop/docker.sock'),
    path.join(home, '.colima/default/docker.sock'),
    path.join(home, '.rd/docker.sock'),
    path.join(home, '.orbstack/run/docker.sock'),
    path.join(runtime, 'podman/podman.sock'),
    '/run/podman/podman.sock',
  ].map((socket) => `unix://${socket}`);
}

/**
 * A container engine that answers: the one of DOCKER_HOST, the first socket that answers, or Docker from the
 * distribution's packages, installed and started (root on Debian or Ubuntu).
 * @returns its address in the form of DOCKER_HOST
 */
export async function ensureEngine() {
  const named = process.env.DOCKER_HOST;
  if (named) return useNamed(named);
  const problems = new Map();
  for (const host of candidates()) {
    const { version, problem } = await probe(host);
    if (version) return found(host, version);
    if (problem !== 'ENOENT') problems.set(host, problem);
  }
  if (problems.get(defaultHost) === 'EACCES')
    throw new SetupError(
      'Docker is here, and this user may not use it. Run `sudo usermod -aG docker $USER`, log in again, and repeat.',
    );
  if (!mayInstall())
    throw new SetupError(
      'No container engine answers, and only root on Debian or Ubuntu can have one installed by this script. ' +
        'Start Docker or Podman (`systemctl --user start podman.socket`), or set DOCKER_HOST, and repeat.',
    );
  if (!hasProgram('dockerd')) await install('engine', ['docker.io', 'iptables']);
  return found(defaultHost, await startDocker(defaultHost));
}

async function useNamed(host) {
  if (!connection(host))
    throw new SetupError(
      `This script cannot look through DOCKER_HOST=${host}. Forward the engine's socket ` +
        '(`ssh -NL /tmp/engine.sock:/var/run/docker.sock HOST`) and set DOCKER_HOST=unix:///tmp/engine.sock.',
    );
  const { version, problem } = await probe(host);
  if (version) return found(host, version);
  throw new SetupError(
    `No container engine answers at DOCKER_HOST=${host}: ${problem}. Start it, or unset DOCKER_HOST.`,
  );
}

function found(host, version) {
  say('engine', `${version} at ${host}`);
  return host;
}
