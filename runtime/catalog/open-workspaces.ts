import type { Config } from '../config/index.ts';
import type { Queries } from '../database/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { workspaceById } from './workspaces.ts';

/** Stand-in. */
export class Workspaces {
  readonly #db: Queries;
  constructor(db: Queries, _config: Config) {
    this.#db = db;
  }
  byId(id: number): Promise<Workspace | undefined> {
    return workspaceById(this.#db, id);
  }
  async byName(name: string): Promise<Workspace | undefined> {
    const [row] = await this.#db.query<{ id: number }>(
      'select id from workspace where project_id = 1 and name = $1',
      [name],
    );
    return row && this.byId(row.id);
  }
  close(): void {}
}
