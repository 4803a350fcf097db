import type { Config } from '../config/index.ts';
import type { Database, Queries } from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { requestScan } from '../ingest/index.ts';
import { recipeTypeId } from '../recipes/index.ts';
import { acceptRecipe } from '../scheduler/index.ts';
import type { ScheduleTarget } from '../../seed-schema/index.ts';

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
 * @param key the same key again is the same recipe: a process that died before it said so loses and doubles nothing
 */
export async function begin(
  tx: Queries,
  context: BeginContext,
  { scan, recipe }: ScheduleTarget,
  key: string,
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
  if (!recipe) return { state: 'FAILED', problem: 'Batches cannot be begun by this version' };
  const { recipe_type_name: name, revision_num: revisionNum, input, configuration } = recipe;
  const typeId = await recipeTypeId(tx, name);
  if (typeId === undefined) return { state: 'FAILED', problem: `There is no recipe type ${name}` };
  const wanted = { typeId, revisionNum, input, configuration, dedupeKey: key };
  try {
    const { id } = await acceptRecipe(context.db, context, wanted, 'schedule');
    return { state: 'DONE', begun: { recipe: { id } } };
  } catch (thrown) {
    if (!(thrown instanceof SeedbedError) || thrown.definition.retry) throw thrown;
    return { state: 'FAILED', problem: thrown.message };
  }
}
