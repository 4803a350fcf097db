import type { ListPage, Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { isUsersOwn } from '../mark-deleted.ts';
import type { Rule } from './candidates.ts';

/** What a workspace keeps for how long. */
export interface RetentionRule {
  readonly id: number;
  readonly workspace: { readonly id: number; readonly name: string };
  readonly data_type: string | null;
  readonly keep_days: number | null;
  readonly keep_superseded: boolean;
  readonly description: string | null;
  readonly is_active: boolean;
  readonly created_by: string | null;
  readonly created: string;
  readonly last_modified: string;
}

/** What can be changed; what is left out stays. */
export interface RuleChange {
  readonly keep_days?: number | null;
  readonly keep_superseded?: boolean;
  readonly description?: string | null;
  readonly is_active?: boolean;
}

export interface NewRule extends RuleChange {
  /** Its id or name. */
  readonly workspace: number | string;
  readonly data_type?: string | null;
}

const columns = `r.id, json_build_object('id', w.id, 'name', w.name) as workspace, r.data_type, r.keep_days,
  r.keep_superseded, r.description, r.is_active, r.created_by, r.created, r.last_modified`;

export async function listRules(
  db: Queries,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<ListPage<RetentionRule>> {
  const [counted] = await db.query<{ count: number }>('select count(*) from retention_rule');
  const rows = await db.query<RetentionRule>(
    `select ${columns} from retention_rule r join workspace w on w.id = r.workspace_id order by r.id limit $1 offset $2`,
    [limit, offset],
  );
  return { count: counted!.count, rows };
}

export async function ruleById(db: Queries, id: number): Promise<RetentionRule | undefined> {
  const [row] = await db.query<RetentionRule>(
    `select ${columns} from retention_rule r join workspace w on w.id = r.workspace_id where r.id = $1`,
    [id],
  );
  return row;
}

/** @throws workspace-unknown, workspace-not-ours, retention-rule-exists; @returns its id */
export async function addRule(db: Queries, rule: NewRule, actor: string): Promise<number> {
  const workspaceId = await workspaceOf(db, rule.workspace);
  const [row] = await db.query<{ id: number }>(
    `insert into retention_rule (workspace_id, data_type, keep_days, keep_superseded, description, is_active, created_by)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (workspace_id, coalesce(data_type, '')) do nothing returning id`,
    [
      workspaceId,
      rule.data_type ?? null,
      rule.keep_days ?? null,
      rule.keep_superseded ?? true,
      rule.description ?? null,
      rule.is_active ?? true,
      actor,
    ],
  );
  if (row) return row.id;
  throw new SeedbedError('retention-rule-exists', {
    workspace: rule.workspace,
    what: rule.data_type == null ? 'all files' : `files with the tag ${rule.data_type}`,
  });
}

/** @returns false when there is no such rule */
export async function changeRule(db: Queries, id: number, change: RuleChange): Promise<boolean> {
  const { keep_days, keep_superseded = null, description, is_active = null } = change;
  const changed = await db.execute(
    `update retention_rule set keep_days = case when $2::boolean then $3::integer else keep_days end,
       keep_superseded = coalesce($4::boolean, keep_superseded),
       description = case when $5::boolean then $6::text else description end,
       is_active = coalesce($7::boolean, is_active), last_modified = now()
     where id = $1::bigint`,
    [
      id,
      keep_days !== undefined,
      keep_days ?? null,
      keep_superseded,
      description !== undefined,
      description ?? null,
      is_active,
    ],
  );
  return changed > 0;
}

/** @returns false when there is no such rule */
export async function removeRule(db: Queries, id: number): Promise<boolean> {
  return (await db.execute('delete from retention_rule where id = $1::bigint', [id])) > 0;
}

/** Those that are in force. */
export async function activeRules(db: Queries): Promise<Rule[]> {
  return db.query<Rule>(
    `select id, workspace_id as "workspaceId", data_type as "dataType", keep_days as "keepDays",
       keep_superseded as "keepSuperseded" from retention_rule where is_active order by id`,
  );
}

/**
 * The workspace of a rule.
 * @throws workspace-unknown; workspace-not-ours for one of a machine's own files
 */
export async function workspaceOf(db: Queries, key: number | string): Promise<number> {
  const [row] = await db.query<{ id: number; own: boolean }>(
    `select w.id, ${isUsersOwn} as own from workspace w
     where project_id = 1 and ${typeof key === 'number' ? 'w.id = $1::bigint' : 'w.name = $1'}`,
    [key],
  );
  if (!row) throw new SeedbedError('workspace-unknown', { workspace: key });
  if (row.own) throw new SeedbedError('workspace-not-ours', { workspace: key });
  return row.id;
}
