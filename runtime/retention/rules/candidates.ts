import type { Queries } from '../../database/index.ts';

/** A rule as far as it decides about files. */
export interface Rule {
  /** null: one that is only thought of. */
  readonly id: number | null;
  readonly workspaceId: number;
  /** Of files with this tag; null: of those that no rule with a tag is for. */
  readonly dataType: string | null;
  /** Since the file was catalogued; null: for ever. */
  readonly keepDays: number | null;
  /** false: a superseded file goes at once. */
  readonly keepSuperseded: boolean;
}

/** A file that the rules let go. */
export interface Candidate {
  readonly id: number;
  /** Bytes. */
  readonly size: number;
  readonly path: string;
  readonly workspace: string;
  /** Those that let it go; null among them: the one that is only thought of. */
  readonly rules: readonly (number | null)[];
}

/**
 * Files that the rules let go, by id. Rules with one of the file's tags decide where there are any, else the one without
 * a tag; of several, all must let it go.
 */
export async function candidatesOf(
  db: Queries,
  rules: readonly Rule[],
  after: number,
  limit: number,
): Promise<Candidate[]> {
  if (rules.length === 0) return [];
  return db.query<Candidate>(
    `with rule as materialized (
       select * from jsonb_to_recordset($1::jsonb) as r
         (id bigint, "workspaceId" bigint, "dataType" text, "keepDays" integer, "keepSuperseded" boolean)
     )
     select f.id, f.file_size as size, f.file_path as path, w.name as workspace, d.rules
     from scale_file f join workspace w on w.id = f.workspace_id
     cross join lateral (
       select array_agg(r.id order by r.id) as rules,
         bool_and((f.is_superseded and not r."keepSuperseded")
           or coalesce(f.created < now() - make_interval(days => r."keepDays"), false)) as goes
       from rule r where r."workspaceId" = f.workspace_id and (r."dataType" = any(f.data_type_tags)
         or (r."dataType" is null and not exists (
           select from rule s where s."workspaceId" = f.workspace_id and s."dataType" = any(f.data_type_tags))))
     ) d
     where f.id > $2::bigint and not f.is_deleted and d.goes
       and f.workspace_id = any(array(select "workspaceId" from rule))
     order by f.id limit ${limit}`,
    [JSON.stringify(rules), after],
  );
}
