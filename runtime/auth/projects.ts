import {
  Conditions,
  hasCode,
  listPage,
  type ListPage,
  type Queries,
  type Window,
} from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';

/** A name under which workspaces, job types and jobs stand together; all that the service makes stands under the first one. */
export interface ProjectRow {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly created: string;
  readonly last_modified: string;
}

/** Undefined members stay as they are. */
export interface ProjectChange {
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

const columns = `project.id, project.name, project.title, project.description, project.created, project.last_modified`;

export function listProjects(db: Queries, window: Window): Promise<ListPage<ProjectRow>> {
  const listing = {
    tables: 'project',
    id: 'project.id',
    conditions: new Conditions(),
    order: [{ field: 'id', descending: false }],
    fields: { id: { sql: 'project.id', type: 'bigint' } },
    columns,
    joins: 'project on project.id = page.id',
  } as const;
  return listPage<ProjectRow>(db, listing, window);
}

export async function projectById(db: Queries, id: number): Promise<ProjectRow | undefined> {
  const [row] = await db.query<ProjectRow>(`select ${columns} from project where id = $1::bigint`, [id]);
  return row;
}

/** @throws name-taken */
export async function createProject(
  db: Queries,
  name: string,
  { title = '', description = '' }: ProjectChange,
): Promise<ProjectRow> {
  const made = db.query<ProjectRow>(
    `insert into project (name, title, description) values ($1, $2, $3) returning ${columns}`,
    [name, title, description],
  );
  return (await unique(name, made))[0]!;
}

/** @returns undefined when there is no such project. @throws name-taken */
export async function changeProject(
  db: Queries,
  id: number,
  { name, title, description }: ProjectChange,
): Promise<ProjectRow | undefined> {
  const changed = db.query<ProjectRow>(
    `update project set name = coalesce($2, name), title = coalesce($3, title),
       description = coalesce($4, description), last_modified = now()
     where id = $1::bigint returning ${columns}`,
    [id, name ?? null, title ?? null, description ?? null],
  );
  return (await unique(name ?? '', changed))[0];
}

/** @returns whether there was one. @throws in-use where anything stands under it, and always for the first one */
export async function deleteProject(db: Queries, id: number): Promise<boolean> {
  if (id === 1) throw new SeedbedError('in-use', { what: 'project 1', by: 'everything that names no other' });
  try {
    return (await db.execute('delete from project where id = $1::bigint', [id])) > 0;
  } catch (thrown) {
    if (!hasCode(thrown, '23503')) throw thrown;
    throw new SeedbedError('in-use', { what: `project ${id}`, by: 'workspaces, job types or jobs' });
  }
}

function unique<T>(name: string, saved: Promise<T>): Promise<T> {
  return saved.catch((thrown: unknown) => {
    throw hasCode(thrown, '23505') ? new SeedbedError('name-taken', { name }) : thrown;
  });
}
