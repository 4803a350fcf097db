import type { ContainerCreateOptions } from 'dockerode';
import type { ExecutionKey, LaunchSpec } from '../engine.ts';
import { bindsOf, mountOptions, type MountStyle } from './mounts.ts';
import { containerName, executionLabels, label } from './names.ts';
import { volumeMounts } from './volumes.ts';

const MiB = 1024 * 1024;
/** Docker refuses less than 6 MiB of memory and less than 0.01 CPU. */
const least = { memoryMiB: 6, cpus: 0.01 };
/** Without these six, ordinary images fail: root could not read a 0600 input, `gosu` could not change its user. */
export const capabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETUID', 'SETGID', 'KILL'];

/** How the container gets its files: bound from the engine's disk, or copied in before and out after. */
export type Staging =
  | {
      readonly mode: 'bind';
      /** The engine's path of a path of ours. */
      readonly locate: (source: string) => string;
      readonly style: MountStyle;
    }
  | { readonly mode: 'archive' };

/**
 * The engine's request for one container. Pure.
 * @param logMiB how much of each log file the engine keeps, for a reader that adopts the container
 */
export function createOptions(
  spec: LaunchSpec,
  key: ExecutionKey,
  runtime: string,
  staging: Staging,
  logMiB: number,
): ContainerCreateOptions {
  const { limits } = spec;
  const memory = Math.round(Math.max(least.memoryMiB, limits.mem) * MiB);
  return {
    name: containerName(key),
    Image: spec.image,
    ...(spec.command && { Cmd: [...spec.command] }),
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Labels: {
      ...spec.labels,
      ...executionLabels(key, runtime),
      [label.staging]: staging.mode,
      ...(spec.keep ? { [label.keep]: 'true' } : {}),
    },
    AttachStdin: false,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: false,
    Tty: false,
    HostConfig: {
      ...mounts(spec, staging),
      NetworkMode: spec.network,
      ...logging(logMiB),
      ...confinement,
      CapAdd: capabilities,
      PidsLimit: limits.pids,
      Memory: memory,
      MemorySwap: memory,
      NanoCpus: Math.round(Math.max(least.cpus, limits.cpus) * 1e9),
      ...(limits.sharedMem !== undefined && { ShmSize: Math.round(limits.sharedMem * MiB) }),
      ...(limits.gpus && {
        DeviceRequests: [{ Driver: '', Count: limits.gpus, Capabilities: [['gpu']] }],
      }),
    },
  };
}

function mounts(spec: LaunchSpec, staging: Staging) {
  const volumes = volumeMounts(spec);
  if (staging.mode === 'archive') return volumes.length > 0 ? { Mounts: volumes } : {};
  const { Mounts, ...rest } = mountOptions(bindsOf(spec, staging.locate), staging.style);
  return { Mounts: [...Mounts, ...volumes], ...rest };
}

/** What no container of ours may do. */
export const confinement = { SecurityOpt: ['no-new-privileges'], CapDrop: ['ALL'] };

/** Three times the limit on a job's log: JSON makes each line longer, and rotation must not eat the beginning. */
function logging(logMiB: number) {
  const size = `${Math.max(1, Math.ceil(logMiB))}m`;
  return { LogConfig: { Type: 'json-file', Config: { 'max-size': size, 'max-file': '3' } } };
}
