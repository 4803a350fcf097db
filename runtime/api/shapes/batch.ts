import type { BatchDetails, BatchListed, Durations, JobMetrics } from '../../batch/index.ts';
import { definitionDocument } from './definition.ts';

/** A batch as Scale lists it, with what is ours. */
export function batchDocument(row: BatchListed): Record<string, unknown> {
  const { counters, revision, created_by, ...shown } = row;
  return {
    ...shown,
    recipe_type_rev: revision && {
      id: revision.id,
      recipe_type: { id: row.recipe_type!.id },
      revision_num: revision.revision_num,
    },
    event: { type: 'USER', rule: null, occurred: row.created, description: { user: created_by } },
    is_creation_done: row.state === 'CREATED' || row.state === 'CANCELED',
    ...counters,
    recipes_estimated: row.recipe_type ? row.runs_estimated : 0,
  };
}

/** A batch with all its details. */
export function batchDetailsDocument(row: BatchDetails): Record<string, unknown> {
  const { revision_created, recipe_definition, metrics, ...listed } = row;
  return {
    ...batchDocument(listed),
    recipe_type_rev: row.revision && {
      id: row.revision.id,
      recipe_type: row.recipe_type,
      revision_num: row.revision.revision_num,
      definition: definitionDocument(recipe_definition!),
      created: revision_created,
    },
    job_metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, one]) => [name, jobMetricsDocument(one)]),
    ),
  };
}

export function jobMetricsDocument({ counters, seed, job }: JobMetrics): Record<string, unknown> {
  return { ...counters, ...durations('seed', seed), ...durations('job', job) };
}

function durations(what: string, { min, avg, max }: Durations): Record<string, string | null> {
  return {
    [`min_${what}_duration`]: durationText(min),
    [`avg_${what}_duration`]: durationText(avg),
    [`max_${what}_duration`]: durationText(max),
  };
}

/** Seconds as a duration of ISO 8601, e.g. `PT1H2M3.5S`. Pure. */
export function durationText(seconds: number | null): string | null {
  if (seconds === null) return null;
  const ms = Math.max(0, Math.round(seconds * 1000));
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60];
  const rest = (ms % 60_000) / 1000;
  const parts = [
    hours > 0 && `${hours}H`,
    minutes > 0 && `${minutes}M`,
    (rest > 0 || ms < 60_000) && `${rest}S`,
  ];
  return `PT${parts.filter((part) => part !== false).join('')}`;
}
