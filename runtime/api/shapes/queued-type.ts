import type { QueuedType, WaitReason } from '../../jobs/index.ts';

/** The queued jobs of a type as Scale shows them, and what the first of them waits for. */
export function queuedTypeDocument(
  row: QueuedType & { readonly waitingFor: readonly WaitReason[] },
): Record<string, unknown> {
  const { jobTypeId, name, version, title, description } = row;
  return {
    job_type: {
      id: jobTypeId,
      name,
      version,
      title,
      description,
      icon_code: row.iconCode,
      is_active: row.isActive,
      is_paused: row.isPaused,
      is_published: row.isPublished,
      is_system: row.isSystem,
      unmet_resources: unmetResources(row.waitingFor),
    },
    count: row.count,
    ...(row.isEstimate && { count_is_estimate: true }),
    longest_queued: row.longestQueued,
    highest_priority: row.highestPriority,
    delayed: row.delayed,
    waiting_for: row.waitingFor,
  };
}

/** Names with commas between, as Scale has them. */
export function unmetResources(reasons: readonly WaitReason[]): string | null {
  const short = reasons.flatMap((reason) => (reason.short as { resource: string }[] | undefined) ?? []);
  const names = new Set(short.map(({ resource }) => resource));
  return names.size === 0 ? null : [...names].sort().join(',');
}
