import { createHash } from 'node:crypto';
import path from 'node:path';
import type { VolumeMount } from '../../../seed-schema/index.ts';
import { type HostPaths, judgeHostPath } from './host-path.ts';

/** Kinds of file system of the driver `local` that come over the network or from memory, not from the host's disks. */
const remoteTypes = ['nfs', 'nfs4', 'cifs', 'smb3', 'tmpfs'];

/**
 * Whether the options of a volume would bring a path or a device of the host into the container, which is for host mounts.
 * @returns why it is not allowed, to follow the name of its place
 */
export async function judgeVolume(
  { driver, driver_opts: options = {} }: VolumeMount,
  paths: HostPaths,
): Promise<string | undefined> {
  if (!driver || driver === 'local') return judgeLocal(options);
  for (const [name, value] of Object.entries(options)) {
    if (!path.isAbsolute(value)) continue;
    const judged = await judgeHostPath(value, paths);
    if ('problem' in judged) return `has the option ${name}, a path of the host that ${judged.problem}`;
  }
  return undefined;
}

function judgeLocal(options: Readonly<Record<string, string>>): string | undefined {
  const flags = (options.o ?? '').split(',').map((flag) => flag.trim().toLowerCase());
  if (flags.some((flag) => flag === 'bind' || flag === 'rbind'))
    return 'binds a path of the host; give it as {"type": "host", "host_path": ...}';
  if (options.device === undefined) return undefined;
  if (options.type !== undefined && remoteTypes.includes(options.type.toLowerCase())) return undefined;
  return `has a device of the host; the driver local takes the types ${remoteTypes.join(', ')} here, and paths of the host are {"type": "host", "host_path": ...}`;
}

/**
 * The name of the volume of a mount: one for each job type, mount and set of options, so that its jobs find what earlier
 * ones left, and changed options never meet an old volume.
 */
export function volumeName(
  installation: string,
  jobTypeId: number,
  mount: string,
  { driver, driver_opts: options = {} }: VolumeMount,
): string {
  const identity = JSON.stringify([mount, driver || 'local', Object.entries(options).sort()]);
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 12);
  return `seedbed-${installation}-type-${jobTypeId}-${hash}`;
}
