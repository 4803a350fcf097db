import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { link, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { SeedbedError } from '../../errors/index.ts';
import { hasCode } from '../error-code.ts';
import type { Place } from './place.ts';

export interface Host {
  /** The same for all processes that see one another's process ids, and only for those. */
  readonly id: string;
  /** For people. */
  readonly name: string;
}

/** The inode that Linux gives the first pid namespace (PROC_PID_INIT_INO); containers have others. */
const outermostPidNamespace = 'pid:[4026531836]';

/**
 * Claims the place for this host: on a disk shared by two, each would take the other's server for dead and start its
 * own on the same files. The marker is made once and never changes.
 * @throws home-on-another-host
 */
export async function claimHost(place: Place, host?: Host): Promise<void> {
  const mine = host ?? (await thisHost());
  const owner = (await readMarker(place)) ?? (await writeMarker(place, mine));
  if (owner.id !== mine.id)
    throw new SeedbedError('home-on-another-host', { directory: place.directory, host: owner.name });
}

/**
 * The machine's own id where it has one, since host names change with the network. A container adds its host name:
 * its process ids mean nothing outside, and images carry their machine id with them.
 */
export async function thisHost(): Promise<Host> {
  const name = hostname();
  const machine = (await machineId()) ?? name;
  const namespace = await readlink('/proc/self/ns/pid').catch(() => outermostPidNamespace);
  return { id: namespace === outermostPidNamespace ? machine : `${machine}/${name}`, name };
}

async function machineId(): Promise<string | undefined> {
  if (process.platform === 'darwin') {
    const { stdout } = await promisify(execFile)('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
    return /"IOPlatformUUID" = "([^"]+)"/.exec(stdout)?.[1];
  }
  const text = await readFile('/etc/machine-id', 'utf8').catch(() => '');
  return /^[0-9a-f]{32}$/.exec(text.trim())?.[0];
}

async function readMarker(place: Place): Promise<Host | undefined> {
  try {
    const [id = '', name = ''] = (await readFile(place.hostMarker, 'utf8')).split('\n');
    return { id, name };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** The first of several to link its file under the marker's name has it. */
async function writeMarker(place: Place, host: Host): Promise<Host> {
  const draft = `${place.hostMarker}.${randomUUID()}`;
  try {
    await writeFile(draft, `${host.id}\n${host.name}\n`, { mode: 0o644 });
    await link(draft, place.hostMarker);
    return host;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return (await readMarker(place)) ?? host;
  } finally {
    await rm(draft, { force: true });
  }
}
