import { mkdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Queries } from '../database/index.ts';
import { reasonOf, SeedbedError } from '../errors/index.ts';
import { HostWorkspace, type LocalWorkspace } from '../workspace/index.ts';

/** Of `workspace.json_config`: where its files are kept (Scale's `broker`). */
interface Broker {
  readonly type: string;
  /** Of a host workspace: the absolute path of its root. */
  readonly host_path?: string;
}

interface WorkspaceRow {
  readonly id: number;
  readonly name: string;
  readonly base_url: string | null;
  readonly broker: Broker;
}

/** The name of the workspace that the service itself keeps: uploads, and products of jobs that name no other. */
export const managedWorkspaceName = 'seedbed';

/** The workspace of this machine's own files: everything below `/`, as one-shot commands name files by their path. */
export async function localWorkspace(db: Queries): Promise<LocalWorkspace> {
  const row = await hostWorkspace(db, {
    name: `local-${hostname()}`,
    title: `Files of ${hostname()}`,
    description: 'Every file of this machine, by its absolute path.',
    root: '/',
  });
  return hostWorkspaceOf(row, '/');
}

/**
 * The managed workspace: the directory `files` of SEED_HOME, made where it is missing. Where the database knows another
 * one that is still there, that one stays: services with homes of their own share it.
 * @param home SEED_HOME, absolute
 * @throws home-unusable when the directory can neither be found nor made
 */
export async function managedWorkspace(db: Queries, home: string): Promise<LocalWorkspace> {
  const row = await hostWorkspace(db, {
    name: managedWorkspaceName,
    title: 'Files of Seedbed',
    description: 'Uploaded files, and products of jobs that name no other workspace.',
    root: path.join(home, 'files'),
  });
  const known = row.broker.host_path;
  const root = known !== undefined && (await isDirectory(known)) ? known : path.join(home, 'files');
  await mkdir(root, { recursive: true, mode: 0o700 }).catch((thrown: unknown) => {
    throw new SeedbedError('home-unusable', { directory: root, reason: reasonOf(thrown) });
  });
  if (root !== known) await moveRoot(db, row.id, root);
  return hostWorkspaceOf(row, root);
}

/**
 * A workspace by its row, active or not.
 * @returns undefined when there is none, or when it is not a directory of a host
 */
export async function workspaceById(db: Queries, id: number): Promise<LocalWorkspace | undefined> {
  const [row] = await db.query<WorkspaceRow>(`${columns} where id = $1`, [id]);
  const { type, host_path } = row?.broker ?? {};
  if (!row || (type !== 'host' && type !== 'nfs') || host_path === undefined) return undefined;
  return hostWorkspaceOf(row, host_path);
}

/** What decides whether products may go to a workspace. */
export interface WorkspaceState {
  /** Whether it takes new files. */
  readonly is_active: boolean;
  /** Its broker's type. */
  readonly kind: string;
  /** Absolute; null: it is no directory of a host. */
  readonly host_path: string | null;
}

/** Every workspace by name. @param only the one of this name */
export async function workspaceStates(db: Queries, only?: string): Promise<Map<string, WorkspaceState>> {
  const rows = await db.query<WorkspaceState & { name: string }>(
    `select name, is_active, coalesce(json_config #>> '{broker,type}', 'none') as kind,
       case when json_config #>> '{broker,type}' in ('host', 'nfs') then json_config #>> '{broker,host_path}' end
         as host_path
     from workspace where project_id = 1 and ($1::text is null or name = $1)`,
    [only ?? null],
  );
  return new Map(rows.map(({ name, ...state }) => [name, state]));
}

/**
 * Where the files of a workspace that is no directory can be read on this machine all the same: Scale's `host_path` of an S3
 * broker, a mount of the bucket.
 * @returns absolute; undefined: nowhere
 */
export async function mountOf(db: Queries, id: number): Promise<string | undefined> {
  const [row] = await db.query<{ host_path: string | null }>(
    `select json_config #>> '{broker,host_path}' as host_path from workspace
     where id = $1 and json_config #>> '{broker,type}' = 's3'`,
    [id],
  );
  return row?.host_path ?? undefined;
}

const columns = `select id, name, base_url, json_config -> 'broker' as broker from workspace`;

async function hostWorkspace(
  db: Queries,
  wanted: { name: string; title: string; description: string; root: string },
): Promise<WorkspaceRow> {
  const find = () => db.query<WorkspaceRow>(`${columns} where project_id = 1 and name = $1`, [wanted.name]);
  const [known] = await find();
  if (known) return known;
  await db.query(
    `insert into workspace (name, title, description, json_config) values ($1, $2, $3, $4)
     on conflict (project_id, name) do nothing`,
    [
      wanted.name,
      wanted.title,
      wanted.description,
      { version: '7', broker: { type: 'host', host_path: wanted.root } },
    ],
  );
  const [made] = await find();
  return made!;
}

async function isDirectory(directory: string): Promise<boolean> {
  return stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function moveRoot(db: Queries, id: number, root: string): Promise<void> {
  await db.query(
    `update workspace set json_config = jsonb_set(json_config, '{broker,host_path}', to_jsonb($2::text)),
       last_modified = now() where id = $1`,
    [id, root],
  );
}

function hostWorkspaceOf(
  { id, name, base_url: baseUrl, broker }: WorkspaceRow,
  root: string,
): LocalWorkspace {
  return new HostWorkspace({ id, name, kind: broker.type === 'nfs' ? 'nfs' : 'host', root, baseUrl });
}
