import { workspaceById } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import type { FileEntry, Workspace } from '../../workspace/index.ts';
import { isLocal } from '../../workspace/index.ts';

export class Workspaces {
  readonly #db: Queries;
  constructor(db: Queries, _config: unknown) {
    this.#db = db;
  }
  byId(id: number): Promise<Workspace | undefined> {
    return workspaceById(this.#db, id);
  }
  async byName(name: string): Promise<Workspace | undefined> {
    const [row] = await this.#db.query<{ id: number }>('select id from workspace where name = $1', [name]);
    return row && this.byId(row.id);
  }
  close(): void {}
}

export async function transfer(
  from: Workspace,
  filePath: string,
  to: Workspace,
  newPath: string,
  _options: object,
): Promise<FileEntry> {
  if (isLocal(from) && isLocal(to)) return to.putFile(newPath, from.hostPath(filePath));
  throw new Error('not yet');
}
