import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** Servers that tests start and that hide or drop the environment they were started with. */
const servers = new Set(['postgres', 'dockerd', 'containerd', 'podman', 'crun', 'runc']);

/**
 * Processes of this machine that a test run may leave behind: those that carry `marker` in their environment, and
 * servers by name. Empty where there is no /proc.
 * @returns pid → command line
 */
export function testProcesses(marker) {
  let pids = [];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  } catch {
    return new Map();
  }
  return new Map(pids.map((pid) => [pid, describe(pid, marker)]).filter(([, command]) => command));
}

function describe(pid, marker) {
  try {
    const program = path.basename(readlinkSync(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, '');
    if (!servers.has(program) && !readFileSync(`/proc/${pid}/environ`).includes(marker)) return undefined;
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || program;
  } catch {
    // Ended meanwhile, or another user's.
    return undefined;
  }
}
