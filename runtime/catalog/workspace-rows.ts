import { Conditions, type Queries, type Window } from '../database/index.ts';

/** A workspace as lists show it. */
export interface WorkspaceRow {
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly base_url: string | null;
  readonly is_active: boolean;
  readonly created: string;
  readonly deprecated: string | null;
  readonly last_modified: string;
}

/** `{version, broker: {type, ...}}`. */
type StoredConfiguration = Readonly<Record<string, unknown>>;

export interface WorkspaceDetails extends WorkspaceRow {
  readonly configuration: StoredConfiguration;
}

/** Which workspaces are listed. */
export interface WorkspaceListFilter {
  /** When the workspace was last modified; ISO 8601 with an offset. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
  readonly names?: readonly string[] | undefined;
}

/** What users change of a workspace; undefined members stay as they are. */
export interface WorkspaceChange {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly baseUrl?: string | null | undefined;
  /** Inactive ones take no new files. */
  readonly isActive?: boolean | undefined;
  readonly configuration?: StoredConfiguration | undefined;
}

export interface NewWorkspace extends WorkspaceChange {
  /** Undefined: made from the title, with a number behind it where that is taken. */
  readonly name?: string | undefined;
  readonly title: string;
  readonly configuration: StoredConfiguration;
}

/** Fields that workspaces can be sorted by. */
export const workspaceOrders: Readonly<Record<string, string>> = {
  id: 'w.id',
  name: 'w.name',
  title: 'w.title',
  description: 'w.description',
  base_url: 'w.base_url',
  is_active: 'w.is_active',
  created: 'w.created',
  deprecated: 'w.deprecated',
  last_modified: 'w.last_modified',
};

const columns = `w.id, w.name, w.title, w.description, w.base_url, w.is_active, w.created, w.deprecated, w.last_modified`;

/** Workspaces, active or not. @param order to follow `order by`, made of `workspaceOrders` */
export async function listWorkspaces(
  db: Queries,
  filter: WorkspaceListFilter,
  order: string,
  window: Window,
): Promise<{ readonly count: number; readonly rows: readonly WorkspaceRow[] }> {
  const conditions = new Conditions()
    .equal('w.project_id', 1, 'bigint')
    .within('w.last_modified', filter.started, filter.ended)
    .among('w.name', filter.names, 'text');
  const [total] = await db.query<{ count: number }>(
    `select count(*) as count from workspace w where ${conditions.text}`,
    conditions.values,
  );
  const rows = await db.query<WorkspaceRow>(
    `select ${columns} from workspace w where ${conditions.text} order by ${order}
     limit ${conditions.bind(window.limit, 'bigint')} offset ${conditions.bind(window.offset, 'bigint')}`,
    conditions.values,
  );
  return { count: total!.count, rows };
}

/** @returns undefined when there is no such workspace */
export async function workspaceDetails(db: Queries, id: number): Promise<WorkspaceDetails | undefined> {
  const [row] = await db.query<WorkspaceDetails>(
    `select ${columns}, w.json_config as configuration from workspace w where w.id = $1::bigint`,
    [id],
  );
  return row;
}

/** @returns its id; undefined when the name is taken */
export async function createWorkspace(
  db: Queries,
  wanted: NewWorkspace,
  actor: string,
): Promise<number | undefined> {
  const { title, description = null, baseUrl = null, isActive = true, configuration } = wanted;
  const insert = async (name: string) => {
    const [row] = await db.query<{ id: number }>(
      `insert into workspace (name, title, description, base_url, is_active, deprecated, json_config, created_by)
       values ($1, $2, $3, $4, $5::boolean, case when $5::boolean then null else now() end, $6, $7)
       on conflict (project_id, name) do nothing returning id`,
      [name, title, description, baseUrl, isActive, configuration, actor],
    );
    return row?.id;
  };
  if (wanted.name !== undefined) return insert(wanted.name);
  const base = nameOf(title);
  for (let number = 1; ; number++) {
    const id = await insert(number === 1 ? base : `${base}-${number}`);
    if (id !== undefined) return id;
  }
}

/** As Scale makes names of titles: `Raw Source` is `raw-source`. */
function nameOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase();
  return words.replace(/[-\s]+/g, '-').slice(0, 40) || 'workspace';
}

/** @returns false when there is no such workspace */
export async function changeWorkspace(db: Queries, id: number, change: WorkspaceChange): Promise<boolean> {
  const { title = null, description, baseUrl, isActive = null, configuration = null } = change;
  const changed = await db.execute(
    `update workspace set title = coalesce($2::text, title),
       description = case when $3::boolean then $4::text else description end,
       base_url = case when $5::boolean then $6::text else base_url end,
       is_active = coalesce($7::boolean, is_active),
       deprecated = case when not coalesce($7::boolean, is_active) then coalesce(deprecated, now()) end,
       json_config = coalesce($8::jsonb, json_config), last_modified = now()
     where id = $1::bigint`,
    [
      id,
      title,
      description !== undefined,
      description ?? null,
      baseUrl !== undefined,
      baseUrl ?? null,
      isActive,
      configuration,
    ],
  );
  return changed > 0;
}
