import { type Arrival, registerArrivals } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { type RecipeContext, submitRecipes } from '../../recipes/index.ts';
import type { Item } from './batch.ts';
import type { Task } from './context.ts';
import { type Ended, endRows, lockOpen } from './rows.ts';
import type { Launch } from './recipe.ts';

export interface CatalogueOptions {
  readonly launch: Launch | undefined;
  readonly recipes: RecipeContext;
}

/**
 * Makes it fact that files have arrived: their rows in the catalogue, the ends of their `ingest` rows and their recipes, in
 * the caller's transaction. Files that somebody else was done with meanwhile are left out, so that each is counted once,
 * whoever else holds it for his.
 */
export async function catalogue(
  tx: Queries,
  task: Task,
  all: readonly Item[],
  { launch, recipes }: CatalogueOptions,
): Promise<Ended[]> {
  const open = await lockOpen(
    tx,
    all.map(({ row }) => row.id),
  );
  const items = all.filter(({ row }) => open.has(row.id));
  if (items.length === 0) return [];
  const registered = await registerAll(tx, items);
  const fresh = items.filter((item) => registered.get(item)!.isNew);
  await succeed(tx, fresh, registered);
  const started = new Map<Item, number>();
  if (launch) {
    const ids = await submitRecipes(
      tx,
      recipes,
      fresh.map((item) => ({
        revisionId: launch.revisionId,
        input: { version: '7', files: { [launch.input]: [registered.get(item)!.id] }, json: {} },
        configuration: {},
        actor: `${task.kind} ${task.name}`,
        dedupeKey: `ingest:${item.row.id}`,
      })),
    );
    fresh.forEach((item, at) => started.set(item, ids[at]!));
  }
  const ended = items.map((item): Ended => {
    const { id, isNew } = registered.get(item)!;
    return {
      id: item.row.id,
      status: isNew ? 'INGESTED' : 'DUPLICATE',
      reason: isNew ? null : `it is the file ${id} of the catalogue`,
      sha256: item.sha256,
      file_size: item.size,
      source_file_id: id,
      recipe_id: started.get(item) ?? null,
      ingest_started: item.started,
    };
  });
  await endRows(tx, ended);
  return ended;
}

interface Registered {
  readonly id: number;
  readonly isNew: boolean;
}

async function registerAll(tx: Queries, items: readonly Item[]): Promise<Map<Item, Registered>> {
  const registered = new Map<Item, Registered>();
  const toRegister = new Map<number, Item[]>();
  for (const item of items) {
    const { same, workspace, path } = item;
    // Its bytes go; what the catalogue has stays as it is.
    if (same && !(same.workspace_id === workspace.id && same.file_path === path))
      registered.set(item, { id: same.id, isNew: false });
    else toRegister.set(workspace.id, [...(toRegister.get(workspace.id) ?? []), item]);
  }
  for (const [workspaceId, group] of [...toRegister].sort(([a], [b]) => a - b)) {
    const rows = await registerArrivals(
      tx,
      workspaceId,
      group.map(({ path, size, version, sha256, row, metadata }): Arrival => ({
        ...{ path, size, version, sha256, metadata },
        dataTypes: row.data_type_tags,
      })),
    );
    group.forEach((item, at) => registered.set(item, rows[at]!));
  }
  return registered;
}

/** New content of a file that was found before, and stands elsewhere: the old one is superseded, and its identity goes over. */
async function succeed(
  tx: Queries,
  fresh: readonly Item[],
  registered: ReadonlyMap<Item, Registered>,
): Promise<void> {
  const successions = fresh.flatMap((item) =>
    item.former.map(({ id, uuid }) => ({ former: id, uuid, id: registered.get(item)!.id })),
  );
  if (successions.length === 0) return;
  await tx.query(
    `with g as materialized (
       select * from jsonb_to_recordset($1::jsonb) g (former bigint, uuid text, id bigint)
     ), old as (
       update scale_file f set is_superseded = true, superseded = now(), is_published = false, last_modified = now()
       from g where f.id = g.former and not f.is_superseded
     )
     update scale_file f set uuid = g.uuid from g where f.id = g.id`,
    [JSON.stringify(successions)],
  );
}
