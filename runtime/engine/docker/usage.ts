import type { ContainerStats } from 'dockerode';
import type { Usage } from '../engine.ts';
import type { Client } from './client.ts';
import { engineFailure, isConnectionLost, isStatus } from './failures.ts';
import { jsonLines } from './json-lines.ts';

/** Samples of a running container, as the engine takes them; ends with the container, the engine or the signal. */
export async function* readUsage(client: Client, name: string, signal: AbortSignal): AsyncGenerator<Usage> {
  try {
    const options = { stream: true as const, abortSignal: signal };
    const stream = await (client.docker
      .getContainer(name)
      .stats(options as { stream: true }) as Promise<NodeJS.ReadableStream>);
    let empty = 0;
    for await (const stats of jsonLines<ContainerStats>(stream)) {
      if (signal.aborted) return;
      if (isEmpty(stats)) {
        if (++empty === mostEmpty) return;
        continue;
      }
      empty = 0;
      const usage = usageFrom(stats);
      if (usage) yield usage;
    }
  } catch (thrown) {
    if (signal.aborted || isStatus(thrown, 404, 409) || isConnectionLost(thrown)) return;
    throw engineFailure(client.where, `measure ${name}`, thrown);
  }
}

/** An engine answers with zeros for a container that has ended, once a second without end, and for one that is starting. */
const mostEmpty = 3;

function isEmpty(stats: ContainerStats): boolean {
  return stats.read.startsWith('0001-') || !stats.memory_stats?.usage;
}

/** As `docker stats` counts: memory without the page cache that could be given back; CPU time over the machine's. */
export function usageFrom(stats: ContainerStats): Usage | undefined {
  const { memory_stats: memory, cpu_stats: now, precpu_stats: before } = stats;
  const details = memory.stats as unknown as Record<string, number> | undefined;
  const reclaimable = details?.total_inactive_file ?? details?.inactive_file ?? 0;
  const machine = now.system_cpu_usage - (before.system_cpu_usage ?? 0);
  if (!before.system_cpu_usage || machine <= 0) return undefined;
  const own = now.cpu_usage.total_usage - before.cpu_usage.total_usage;
  const cores = now.online_cpus || now.cpu_usage.percpu_usage?.length || 1;
  return {
    memoryBytes: reclaimable < memory.usage ? memory.usage - reclaimable : memory.usage,
    cpus: Math.max(0, own / machine) * cores,
    cpuSeconds: now.cpu_usage.total_usage / 1e9,
  };
}
