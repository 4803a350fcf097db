import { hostname } from 'node:os';
import type { Queries } from '../database/index.ts';
import { HostWorkspace, type Workspace } from '../workspace/index.ts';

/** The workspace of this machine's own files: everything below `/`, as one-shot commands name files by their path. */
export async function localWorkspace(db: Queries): Promise<Workspace> {
  const name = `local-${hostname()}`;
  const find = () =>
    db.query<{ id: number; base_url: string | null }>(
      'select id, base_url from workspace where project_id = 1 and name = $1',
      [name],
    );
  let [row] = await find();
  if (!row) {
    await db.query(
      `insert into workspace (name, title, description, json_config) values ($1, $2, $3, $4)
       on conflict (project_id, name) do nothing`,
      [
        name,
        `Files of ${hostname()}`,
        'Every file of this machine, by its absolute path.',
        { version: '7', broker: { type: 'host', host_path: '/' } },
      ],
    );
    [row] = await find();
  }
  return new HostWorkspace(row!.id, name, '/', row!.base_url);
}
