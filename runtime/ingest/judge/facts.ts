import type { DataInterface, IngestRecipe, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';

/** A workspace as far as strikes and scans are judged by it. */
export interface KnownWorkspace {
  readonly name: string;
  readonly is_active: boolean;
  /** As `host`, `nfs`, `s3`. */
  readonly broker: string;
  /** Whether it is one of those that Seedbed makes by itself. */
  readonly is_managed: boolean;
}

/** The revision of a recipe type that is started for files. */
export interface KnownRecipe {
  readonly revisionId: number;
  readonly isActive: boolean;
  readonly input: DataInterface;
}

/** Those of the names that there are. */
export async function knownWorkspaces(
  db: Queries,
  names: readonly string[],
): Promise<Map<string, KnownWorkspace>> {
  const rows = await db.query<KnownWorkspace>(
    `select name, is_active, coalesce(json_config #>> '{broker,type}', '') as broker,
       name = 'seedbed' or (name like 'local-%' and json_config #>> '{broker,host_path}' = '/') as is_managed
     from workspace where project_id = 1 and name = any($1::text[])`,
    [names],
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/** @returns undefined when there is no such recipe type, or not in that revision; left out, it is the newest */
export async function knownRecipe(
  db: Queries,
  { name, revision_num }: IngestRecipe,
): Promise<KnownRecipe | undefined> {
  const [row] = await db.query<{ id: number; is_active: boolean; definition: RecipeDefinition }>(
    `select r.id, t.is_active, r.definition from recipe_type t join recipe_type_revision r
       on r.recipe_type_id = t.id and r.revision_num = coalesce($2::bigint, t.revision_num)
     where t.project_id = 1 and t.name = $1`,
    [name, revision_num ?? null],
  );
  return row && { revisionId: row.id, isActive: row.is_active, input: row.definition.input };
}

/** Names of active strikes that watch a workspace. @param but the id of one that does not count */
export async function watchersOf(db: Queries, workspace: string, but?: number): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `select name from strike where is_active and configuration ->> 'workspace' = $1
       and id is distinct from $2::bigint order by name`,
    [workspace, but ?? null],
  );
  return rows.map(({ name }) => name);
}
