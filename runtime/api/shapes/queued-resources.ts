import type { NodeRow, QueuedResources } from '../../jobs/index.ts';

/** As Scale's `scheduler/queued-resources/`, with a member that says whether all of it was counted. */
export function queuedResourcesDocument(
  needed: readonly QueuedResources[],
  nodes: readonly NodeRow[],
): Record<string, unknown> {
  const available: Record<string, number> = { cpus: 0, disk: 0, gpus: 0, mem: 0 };
  for (const { state, is_paused, capacity } of nodes)
    if (state === 'READY' && !is_paused)
      for (const [name, amount] of Object.entries(capacity))
        available[name] = (available[name] ?? 0) + amount;
  return {
    cluster_resources: available,
    queue_lengths: Object.fromEntries(needed.map(({ status, count }) => [status, count])),
    total_resources: Object.fromEntries(needed.map(({ status, resources }) => [status, resources])),
    is_estimate: needed.some(({ is_estimate }) => is_estimate),
  };
}
