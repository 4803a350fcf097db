import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../database/index.ts';

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
export const workspaceOrders: OrderFields = {
  id: { sql: 'w.id', type: 'bigint' },
  name: { sql: 'w.name', type: 'text' },
  title: { sql: 'w.title', type: 'text', nullable: true },
  description: { sql: 'w.description', type: 'text', nullable: true },
  base_url: { sql: 'w.base_url', type: 'text', nullable: true },
  is_active: { sql: 'w.is_active', type: 'boolean' },
  created: { sql: 'w.created', type: 'timestamptz' },
  deprecated: { sql: 'w.deprecated', type: 'timestamptz', nullable: true },
  last_modified: { sql: 'w.last_modified', type: 'timestamptz' },
};

const columns = `w.id, w.name, w.title, w.description, w.base_url, w.is_active, w.created, w.deprecated, w.last_modified`;

/** Workspaces, active or not. */
export async function listWorkspaces(
  db: Queries,
  filter: WorkspaceListFilter,
  order: Order,
  window: Window,
): Promise<ListPage<WorkspaceRow>> {
  const conditions = new Conditions()
    .equal('w.project_id', 1, 'bigint')
    .within('w.last_modified', filter.started, filter.ended)
    .among('w.name', filter.names, 'text');
  const listing = {
    tables: 'workspace w',
    id: 'w.id',
    conditions,
    order,
    fields: workspaceOrders,
    columns,
    joins: 'workspace w on w.id = page.id',
  };
  return listPage<WorkspaceRow>(db, listing, window);
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
