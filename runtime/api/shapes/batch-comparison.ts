import {
  batchCounterNames,
  type BatchComparison,
  type BatchJudgement,
  type PreviousBatch,
} from '../../batch/index.ts';
import { jobMetricsDocument } from './batch.ts';
import { diffDocument } from './definition.ts';

/** How a batch was judged, as Scale has it. */
export function batchJudgementDocument({
  errors,
  warnings,
  target,
  previous,
  runs,
}: BatchJudgement): Record<string, unknown> {
  return {
    is_valid: errors.length === 0,
    errors,
    warnings,
    recipes_estimated: runs,
    ...(target?.recipeType && { recipe_type: target.recipeType }),
    ...(previous && {
      prev_batch: previous.revision ? ofRecipes(previous.revision) : { recipe_type_rev: null, diff: null },
    }),
  };
}

function ofRecipes({ id, revision_num, recipeTypeId, diff }: NonNullable<PreviousBatch['revision']>) {
  const recipe_type_rev = { id, recipe_type: { id: recipeTypeId }, revision_num };
  return { recipe_type_rev, diff: diffDocument(diff) };
}

/** Batches beside each other: each figure is an array, with a value for each of them. */
export function comparisonDocument(batches: BatchComparison): Record<string, unknown> {
  const nodes = [...new Set(batches.flatMap(({ metrics }) => Object.keys(metrics)))].sort();
  const counts = batchCounterNames.map((name) => [name, batches.map(({ counters }) => counters[name])]);
  return {
    batches: batches.map(({ id, title, description, created }) => ({ id, title, description, created })),
    metrics: {
      ...Object.fromEntries(counts),
      recipes_estimated: batches.map((batch) => (batch.recipe_type ? batch.runs_estimated : 0)),
      job_metrics: Object.fromEntries(nodes.map((name) => [name, metricsOf(name, batches)])),
    },
  };
}

/** Of a node that a batch has no jobs of, the counts are 0 and the durations null; a duration that none has is left out. */
function metricsOf(name: string, batches: BatchComparison): Record<string, readonly unknown[]> {
  const each = batches.map(({ metrics }) =>
    Object.hasOwn(metrics, name) ? jobMetricsDocument(metrics[name]!) : {},
  );
  const members = [...new Set(each.flatMap((one) => Object.keys(one)))];
  const arrays = members.map((member) => {
    const none = member.startsWith('jobs_') ? 0 : null;
    return [member, each.map((one) => one[member] ?? none)] as const;
  });
  return Object.fromEntries(arrays.filter(([, values]) => values.some((value) => value !== null)));
}
