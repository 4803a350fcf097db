import { fileIdsOf } from '../../../../../seed-schema/index.ts';
import { inputFilesById } from '../../../../catalog/index.ts';
import type { Database, Queries } from '../../../../database/index.ts';
import { SeedbedError } from '../../../../errors/index.ts';
import { judgeRecipeInput } from '../../../../recipe/index.ts';
import { decideReprocessings, oldOutputs, recipeContext } from '../../../../recipes/index.ts';
import type { BatchRow } from '../../../creation/batch-row.ts';
import { errorOfRefusal, reprocessRequest } from '../../../creation/make-runs.ts';
import type { ForeseeBatchContext } from '../../foreseen.ts';
import type { DecideMembers } from '../single-jobs.ts';
import type { MemberFate, NodeFate, Untold } from '../tally.ts';
import { carriedNodes, carryOver } from './carry-over.ts';
import { type BegunRecipe, recipeDecider } from './decide-recipes.ts';

/** Of a batch of recipes: as `makeRuns` makes them. @returns or why they cannot be decided on without being made */
export async function recipesOfBatch(
  db: Database,
  tx: Queries,
  context: ForeseeBatchContext,
  { recipeTypeRevisionId, configuration }: BatchRow,
): Promise<DecideMembers | Untold> {
  const decider = await recipeDecider(db, tx, context, recipeTypeRevisionId!);
  if ('untold' in decider) return decider;
  const parameters = decider.plan.recipes[0]!.plan.definition.input;
  const ofBatch = configuration.reuse === undefined ? {} : { reuse: configuration.reuse };
  return async (runs) => {
    const files = await inputFilesById(tx, [...new Set(runs.flatMap(({ input }) => fileIdsOf(input)))]);
    const begun: BegunRecipe[] = [];
    const fates: MemberFate[] = [];
    for (const run of runs) {
      const { errors, input } = judgeRecipeInput(run.input, parameters, files);
      const nodes: NodeFate[] = [];
      fates.push({ errors: errors.map(({ name }) => name), nodes });
      if (!input) continue;
      const own = { ...ofBatch, ...run.configuration };
      begun.push({ nodes: [], inputs: [input], fates: nodes, configuration: own });
    }
    await decider.decide(begun, files);
    return fates;
  };
}

/** Of a batch that re-processes the recipes of another one: as `makeRuns` does. @returns or why that cannot be told */
export async function reprocessingsOfBatch(
  db: Database,
  tx: Queries,
  context: ForeseeBatchContext,
  batch: BatchRow,
): Promise<DecideMembers | Untold> {
  const decider = await recipeDecider(db, tx, context, batch.recipeTypeRevisionId!);
  if ('untold' in decider) return decider;
  const recipes = recipeContext(db, context.foresee.config);
  return async (runs) => {
    const requests = runs.map((run) => reprocessRequest(batch, run));
    const decided = await decideReprocessings(tx, recipes, requests);
    const plans = decided.flatMap((one) => (one instanceof SeedbedError ? [] : [one.reprocessing.plan]));
    const outputs = await oldOutputs(tx, plans.flatMap(carriedNodes));
    const begun: BegunRecipe[] = [];
    const fates = decided.map((one): MemberFate => {
      if (one instanceof SeedbedError) return { errors: [errorOfRefusal(one).name], nodes: [] };
      const { input, configuration, reprocessing } = one;
      const recipe: BegunRecipe = { nodes: [], inputs: [input], fates: [], configuration };
      carryOver(decider.plan, reprocessing.plan, recipe, outputs);
      begun.push(recipe);
      return { errors: [], nodes: recipe.fates };
    });
    await decider.decide(begun, new Map());
    return fates;
  };
}
