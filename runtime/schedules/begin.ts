import type { Config } from '../config/index.ts';
import type { Database, Queries } from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { requestScan } from '../ingest/index.ts';
import { recipeTypeId } from '../recipes/index.ts';
import { acceptRecipe } from '../scheduler/index.ts';
import { batchPostValidator, type ScheduleTarget } from '../../seed-schema/index.ts';
import { createBatch } from '../batch/index.ts';

export interface BeginContext {
  readonly db: Database;
  readonly config: Config;
  readonly engineSockets: readonly string[];
}

/** What was begun, or why it was not. */
export type Begun =
  | { readonly state: 'DONE'; readonly begun: Readonly<Record<string, { readonly id: number }>> }
  | { readonly state: 'SKIPPED' | 'FAILED'; readonly problem: string };

/**
 * Begins what a schedule is for.
 * @param tx in which the run is told to be done: what is begun in it is undone with it
 * @param schedule its name
 * @param key the same key again is the same recipe: a process that died before it said so loses and doubles nothing
 */
export async function begin(
  tx: Queries,
  context: BeginContext,
  { scan, recipe, batch }: ScheduleTarget,
  { schedule, key, due }: { readonly schedule: string; readonly key: string; readonly due: string },
): Promise<Begun> {
  if (scan) {
    const [row] = await tx.query<{ id: number }>('select id from scan where project_id = 1 and name = $1', [
      scan.name,
    ]);
    if (!row) return { state: 'FAILED', problem: `There is no scan ${scan.name}` };
    const isAsked = await requestScan(tx, row.id, (scan.ingest ?? true) ? 'ingest' : 'dry_run');
    if (!isAsked) return { state: 'SKIPPED', problem: `The scan ${scan.name} is still under way` };
    return { state: 'DONE', begun: { scan: { id: row.id } } };
  }
  if (batch) return beginBatch(tx, batch, due, schedule);
  if (!recipe) return { state: 'FAILED', problem: 'Its target names nothing' };
  const { recipe_type_name: name, revision_num: revisionNum, input, configuration } = recipe;
  const typeId = await recipeTypeId(tx, name);
  if (typeId === undefined) return { state: 'FAILED', problem: `There is no recipe type ${name}` };
  const wanted = { typeId, revisionNum, input, configuration, dedupeKey: key };
  return unlessRefused(async () => {
    const { id } = await acceptRecipe(context.db, context, wanted, 'schedule');
    return { state: 'DONE', begun: { recipe: { id } } };
  });
}

/** A name is one for each batch: the due time follows it, to the minute; what was asked for in between, to the microsecond. */
function nameAt(name: string, due: string, more = ''): string {
  const suffix = ` ${due.replace(/:00(\.0+)?Z$/, 'Z')}${more}`;
  return `${name.slice(0, longestName - suffix.length)}${suffix}`;
}

/** Characters of the name of a batch. */
const longestName = 250;

/** Where another schedule, or somebody, has given a batch that name for that minute, the name of the schedule follows it. */
function beginBatch(
  tx: Queries,
  { name, ...rest }: Readonly<Record<string, unknown>>,
  due: string,
  schedule: string,
): Promise<Begun> {
  const create = async (post: object): Promise<Begun> => {
    if (!batchPostValidator.accepts(post))
      return { state: 'FAILED', problem: `Its target: ${batchPostValidator.problems(post)[0]!.description}` };
    const { id } = await createBatch(tx, post, 'schedule');
    return { state: 'DONE', begun: { batch: { id } } };
  };
  return unlessRefused(async () => {
    if (typeof name !== 'string') return create(rest);
    try {
      return await create({ ...rest, name: nameAt(name, due) });
    } catch (thrown) {
      if (!(thrown instanceof SeedbedError && thrown.error === 'batch-name-taken')) throw thrown;
      return create({ ...rest, name: nameAt(name, due, ` (${schedule})`) });
    }
  });
}

/** What is refused is told, and will be again; what fails is tried again. */
async function unlessRefused(work: () => Promise<Begun>): Promise<Begun> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof SeedbedError) || thrown.definition.retry) throw thrown;
    return { state: 'FAILED', problem: thrown.message };
  }
}
