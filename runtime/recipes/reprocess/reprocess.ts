import type { ForcedNodes, RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { recordEvent } from '../../jobs/index.ts';
import type { RecipeContext } from '../context.ts';
import { configurationAgain } from '../forced-nodes.ts';
import type { Plan } from '../plan/plan.ts';
import { Progress } from '../progress/progress.ts';
import { lockRecipes, recipeRows } from '../progress/rows.ts';
import { beginAgain } from './begin-again.ts';
import { oldRecipe, revisionId, type Subject, subjectOf } from './old-recipe.ts';
import { changesAnything, planReprocess, type ReprocessPlan } from './plan.ts';
import { supersede } from './supersede.ts';

/** What somebody wants to be re-processed. */
export interface ReprocessRequest {
  readonly recipeId: number;
  readonly forced: ForcedNodes;
  /** Default: the newest revision of its type. */
  readonly revisionNum?: number | undefined;
  readonly actor: string;
  /** That the new recipe belongs to. */
  readonly batchId?: number | undefined;
  /** Of all its jobs; default: as before. */
  readonly priority?: number | undefined;
  /** Whether what runs again may take what an earlier execution made; default: as it was said of the old one. */
  readonly reuse?: boolean | undefined;
  /** W3C traceparent of the request. */
  readonly traceContext?: string | undefined;
}

/** What re-processing a recipe does. */
export interface Reprocessing {
  readonly subject: Subject;
  /** The revision that it is re-processed as. */
  readonly revisionNum: number;
  readonly plan: ReprocessPlan;
}

/** What was done. */
export interface Reprocessed extends Reprocessing {
  /** `recipe.id` of the new one. */
  readonly id: number;
}

/**
 * What `reprocessRecipe` would do now.
 * @throws not-found, recipe-is-part, recipe-superseded, recipe-not-reprocessable, nothing-to-reprocess, invalid-request
 */
export async function planOfReprocess(
  db: Queries,
  context: RecipeContext,
  request: ReprocessRequest,
): Promise<Reprocessing> {
  return (await decide(db, context, request)).reprocessing;
}

/**
 * Makes a recipe that supersedes another one, all in the transaction that it is given: what has not changed is carried over,
 * what has runs again. Two that re-process the same recipe come one after the other, and the second is refused.
 * @throws as `planOfReprocess`
 */
export async function reprocessRecipe(
  tx: Queries,
  context: RecipeContext,
  request: ReprocessRequest,
): Promise<Reprocessed> {
  const { recipeId, actor, batchId, priority, reuse, traceContext } = request;
  await lockRecipes(tx, [recipeId]);
  const { reprocessing, target } = await decide(tx, context, request);
  const { plan } = reprocessing;
  const [old] = await recipeRows(tx, [recipeId]);
  await supersede(tx, plan, actor);
  const progress = new Progress(tx, context);
  const id = await beginAgain(tx, progress, plan, {
    plan: target,
    input: accepted(old!.input, target),
    configuration: {
      ...configurationAgain(old!.configuration, request.forced),
      ...(priority !== undefined && { priority }),
      ...(reuse !== undefined && { reuse }),
    },
    queue: old!.queue,
    actor,
    batchId: batchId ?? null,
    traceContext: traceContext ?? null,
  });
  await recordEvent(tx, { entity: 'recipe', id: recipeId, kind: 'superseded', actor, data: { by: id } });
  await progress.run();
  return { ...reprocessing, id };
}

async function decide(
  db: Queries,
  { plans }: RecipeContext,
  { recipeId, forced, revisionNum }: ReprocessRequest,
): Promise<{ readonly reprocessing: Reprocessing; readonly target: Plan }> {
  const subject = await subjectOf(db, recipeId);
  if (!subject) throw new SeedbedError('not-found', { what: `recipe ${recipeId}` });
  refuseUnable(subject);
  const { recipeType: type, recipeTypeId, newest } = subject;
  const revision = revisionNum ?? newest;
  const wanted = await revisionId(db, recipeTypeId, revision);
  if (wanted === undefined)
    throw new SeedbedError('not-found', { what: `revision ${revision} of the recipe type ${type}` });
  const target = await plans.of(db, wanted);
  const plan = planReprocess(await oldRecipe(db, plans, recipeId), target, forced);
  if (plan.reasons.length > 0) {
    const problems = plan.reasons.map(({ name, description }) => `${name}: ${description}`).join('; ');
    throw new SeedbedError('recipe-not-reprocessable', { recipe: recipeId, revision, type, problems });
  }
  if (!changesAnything(plan))
    throw new SeedbedError('nothing-to-reprocess', { recipe: recipeId, revision, type });
  return { reprocessing: { subject, revisionNum: revision, plan }, target };
}

function refuseUnable({ id, rootId, isActive, isSuperseded, supersededBy, recipeType }: Subject): void {
  if (rootId !== id) throw new SeedbedError('recipe-is-part', { recipe: id, root: rootId });
  if (isSuperseded) throw new SeedbedError('recipe-superseded', { recipe: id, by: supersededBy! });
  if (!isActive)
    throw new SeedbedError('invalid-request', { problem: `The recipe type ${recipeType} is not active` });
}

/** Input that the revision has no parameters for any more is left out. */
function accepted({ files = {}, json = {} }: Partial<RecipeData>, { definition }: Plan): RecipeData {
  const pick = <Value>(given: Readonly<Record<string, Value>>, names: readonly { readonly name: string }[]) =>
    Object.fromEntries(
      names.flatMap(({ name }) => (Object.hasOwn(given, name) ? [[name, given[name]!]] : [])),
    );
  return {
    version: '7',
    files: pick(files, definition.input.files),
    json: pick(json, definition.input.json),
  };
}
