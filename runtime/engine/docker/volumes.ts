import type { MountSettings } from 'dockerode';
import type { ExecutionKey, LaunchSpec } from '../engine.ts';
import type { Client } from './client.ts';
import { engineFailure } from './failures.ts';
import { label } from './names.ts';

/**
 * Makes the volumes of a container that are not there yet. Here rather than with the container: an engine that has no such
 * driver says so of the volume, and Podman does not take a driver with a container.
 * @throws engine-error, engine-unreachable
 */
export async function makeVolumes(client: Client, spec: LaunchSpec, key: ExecutionKey): Promise<void> {
  for (const { name, volume, driver, options } of spec.volumes ?? [])
    try {
      await client.docker.createVolume({
        Name: volume,
        Driver: driver,
        DriverOpts: { ...options },
        Labels: {
          [label.installation]: key.installation,
          [label.role]: 'volume',
          [label.mount]: name,
        },
      });
    } catch (thrown) {
      throw engineFailure(client.where, `make the volume ${volume} of the mount ${name}`, thrown);
    }
}

/** The part of a container's HostConfig. Pure. */
export function volumeMounts({ volumes = [] }: LaunchSpec): MountSettings[] {
  return volumes.map(({ volume, target, mode }) => ({
    Type: 'volume' as const,
    Source: volume,
    Target: target,
    ReadOnly: mode === 'ro',
  }));
}
