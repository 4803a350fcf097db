import type { Change, Depth, JobStatus, RecipeEvent } from '../../jobs/index.ts';
import { cursorText } from './cursor.ts';

/** What a job is after an event of a kind. */
const statusAfter: Readonly<Record<string, JobStatus>> = {
  pending: 'PENDING',
  blocked: 'BLOCKED',
  queued: 'QUEUED',
  requeued: 'QUEUED',
  retried: 'QUEUED',
  awaiting: 'QUEUED',
  started: 'RUNNING',
  adopted: 'RUNNING',
  canceling: 'RUNNING',
  completed: 'COMPLETED',
  reused: 'COMPLETED',
  failed: 'FAILED',
  canceled: 'CANCELED',
};

/** Which changes somebody wants to see; what is undefined does not matter. */
export interface ChangeFilter {
  readonly jobIds: readonly number[] | undefined;
  readonly jobTypeIds: readonly number[] | undefined;
  readonly jobTypeNames: readonly string[] | undefined;
  readonly statuses: readonly string[] | undefined;
  /** Recipes, also those at the top of the ones that something is of. */
  readonly recipeIds: readonly number[] | undefined;
}

/** Pure. */
export function isWanted(filter: ChangeFilter, change: Change): boolean {
  const fits = <Value>(wanted: readonly Value[] | undefined, value: Value | undefined) =>
    wanted === undefined || (value !== undefined && wanted.includes(value));
  const { kind, recipeId, rootRecipeId } = change;
  const jobType = change.jobId === null ? undefined : change.jobType;
  return (
    fits(filter.jobIds, change.jobId ?? undefined) &&
    fits(filter.jobTypeIds, jobType?.id) &&
    fits(filter.jobTypeNames, jobType?.name) &&
    fits(filter.statuses, statusAfter[kind]) &&
    (fits(filter.recipeIds, recipeId ?? undefined) || fits(filter.recipeIds, rootRecipeId ?? undefined))
  );
}

/** A change, as it is sent. */
export function changeText(event: Change): string {
  if (event.jobId === null) return recipeText(event);
  const { kind, at, jobId, jobType, attempt, data, recipeId } = event;
  const error = data.error as { name?: string; category?: string } | null | undefined;
  const document = {
    job_id: jobId,
    status: statusAfter[kind] ?? null,
    kind,
    job_type: jobType,
    exe_num: attempt,
    at,
    ...(recipeId !== null && { recipe_id: recipeId }),
    ...(error && { error: { name: error.name, category: error.category } }),
  };
  return `id: ${cursorText(event)}\nevent: job\ndata: ${JSON.stringify(document)}\n\n`;
}

function recipeText(event: RecipeEvent): string {
  const { kind, at, recipeId, rootRecipeId, recipeType } = event;
  const document = { recipe_id: recipeId, root_recipe_id: rootRecipeId, kind, recipe_type: recipeType, at };
  return `id: ${cursorText(event)}\nevent: recipe\ndata: ${JSON.stringify(document)}\n\n`;
}

/** How many jobs are not over, as it is sent; the same text for the same numbers. */
export function queueText(depth: readonly Depth[]): string {
  const count = (status: Depth['status']) =>
    depth.filter((one) => one.status === status).reduce((sum, one) => sum + one.count, 0);
  const document = {
    pending: count('PENDING'),
    blocked: count('BLOCKED'),
    queued: count('QUEUED'),
    running: count('RUNNING'),
  };
  return `event: queue\ndata: ${JSON.stringify(document)}\n\n`;
}
