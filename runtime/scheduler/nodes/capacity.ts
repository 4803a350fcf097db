import type { Config } from '../../config/index.ts';
import type { EngineCapabilities } from '../../engine/index.ts';
import type { Resources } from '../../jobs/index.ts';

/** What jobs may be promised of a machine: the configured share of it, and the custom resources that it is said to have. */
export function capacityOf(
  machine: Pick<EngineCapabilities, 'cpus' | 'mem' | 'gpus'>,
  freeDiskMiB: number,
  { share, gpus, resources }: Config['node'],
): Resources {
  return {
    ...resources,
    cpus: machine.cpus * share,
    mem: Math.floor(machine.mem * share),
    // Shared memory is memory, and a job is charged for what it uses of it.
    sharedMem: Math.floor(machine.mem * share),
    disk: Math.floor(freeDiskMiB * share),
    ...(machine.gpus && gpus > 0 && { gpus }),
  };
}

/**
 * Jobs at once: twice the cores, beyond which more containers gain less than 20 % and each takes longer (measured).
 */
export function slotsOf(machine: Pick<EngineCapabilities, 'cpus'>, { slots }: Config['node']): number {
  return slots > 0 ? slots : Math.max(2, Math.ceil(machine.cpus * 2));
}
