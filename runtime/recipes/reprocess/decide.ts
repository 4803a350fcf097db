import type { ForcedNodes, RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { RecipeContext } from '../context.ts';
import { configurationAgain, type StoredConfiguration } from '../forced-nodes.ts';
import type { Plan } from '../plan/plan.ts';
import type { RecipeWork } from '../progress/create.ts';
import { oldRecipes, revisionId, type Subject, subjectsOf } from './old-recipe.ts';
import { changesAnything, type OldRecipe, planReprocess, type ReprocessPlan } from './plan.ts';

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

/** What re-processing a recipe would do, and what with: the new recipe is of that plan, and has that input and configuration. */
export interface DecidedReprocessing extends Pick<RecipeWork, 'plan' | 'input'> {
  readonly reprocessing: Reprocessing;
  readonly configuration: StoredConfiguration;
}

/**
 * `planOfReprocess` for many, in a number of statements that does not depend on how many they are.
 * @returns for each, in their order, what would be done, or why it would be refused
 */
export async function decideReprocessings(
  db: Queries,
  { plans }: RecipeContext,
  requests: readonly ReprocessRequest[],
): Promise<(DecidedReprocessing | SeedbedError)[]> {
  const ids = [...new Set(requests.map(({ recipeId }) => recipeId))];
  const subjects = await subjectsOf(db, ids);
  const old = await oldRecipes(db, plans, [...subjects.keys()]);
  const targets = new Map<string, Plan | undefined>();
  const targetOf = async ({ recipeTypeId }: Subject, revision: number) => {
    const key = `${recipeTypeId} ${revision}`;
    if (!targets.has(key)) {
      const wanted = await revisionId(db, recipeTypeId, revision);
      targets.set(key, wanted === undefined ? undefined : await plans.of(db, wanted));
    }
    return targets.get(key);
  };
  const decided: (DecidedReprocessing | SeedbedError)[] = [];
  for (const request of requests) {
    const { recipeId, revisionNum } = request;
    const subject = subjects.get(recipeId);
    if (!subject) {
      decided.push(new SeedbedError('not-found', { what: `recipe ${recipeId}` }));
      continue;
    }
    const target = await targetOf(subject, revisionNum ?? subject.newest);
    decided.push(decideOne(subject, old.get(recipeId)!, target, request));
  }
  return decided;
}

/** Pure. @param target undefined: there is no such revision */
function decideOne(
  subject: Subject,
  old: OldRecipe,
  target: Plan | undefined,
  { recipeId, forced, revisionNum, priority, reuse }: ReprocessRequest,
): DecidedReprocessing | SeedbedError {
  const { recipeType: type, newest } = subject;
  const unable = inability(subject);
  if (unable) return unable;
  const revision = revisionNum ?? newest;
  if (!target)
    return new SeedbedError('not-found', { what: `revision ${revision} of the recipe type ${type}` });
  const plan = planReprocess(old, target, forced);
  if (plan.reasons.length > 0) {
    const problems = plan.reasons.map(({ name, description }) => `${name}: ${description}`).join('; ');
    return new SeedbedError('recipe-not-reprocessable', { recipe: recipeId, revision, type, problems });
  }
  if (!changesAnything(plan))
    return new SeedbedError('nothing-to-reprocess', { recipe: recipeId, revision, type });
  return {
    reprocessing: { subject, revisionNum: revision, plan },
    plan: target,
    input: accepted(old.input, target),
    configuration: {
      ...configurationAgain(old.configuration, forced),
      ...(priority !== undefined && { priority }),
      ...(reuse !== undefined && { reuse }),
    },
  };
}

function inability(subject: Subject): SeedbedError | undefined {
  const { id, rootId, isActive, isSuperseded, supersededBy, recipeType } = subject;
  if (rootId !== id) return new SeedbedError('recipe-is-part', { recipe: id, root: rootId });
  if (isSuperseded) return new SeedbedError('recipe-superseded', { recipe: id, by: supersededBy! });
  if (isActive) return undefined;
  return new SeedbedError('invalid-request', { problem: `The recipe type ${recipeType} is not active` });
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
