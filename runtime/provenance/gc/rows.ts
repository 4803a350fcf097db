import { leftovers, removeLeftover } from '../../catalog/index.ts';
import { reasonOf } from '../../errors/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { GarbageWorld, Removable } from './garbage.ts';

/** Seconds after the end of an execution: a runtime that only slept may still write. */
const patience = 3600;

/** What executions put into workspaces and no row names. */
export async function* unnamedFiles(world: GarbageWorld): AsyncGenerator<Removable, void, undefined> {
  const { db, open, logger, signal } = world;
  for (const leftover of await leftovers(db, patience)) {
    try {
      const workspace = await open(leftover.workspaceId);
      if (!workspace) continue;
      const bytes = await sizeIn(workspace, leftover.path);
      const remove = async () => {
        await removeLeftover(db, workspace, leftover, signal);
        return true;
      };
      const reason = `execution ${leftover.jobExeId} put it there, and no file is there`;
      yield { kind: 'leftovers', name: `${workspace.name}: ${leftover.path}`, bytes, reason, remove };
    } catch (err) {
      logger.warn({ leftover: leftover.id, problem: reasonOf(err) }, 'a workspace could not be looked at');
    }
  }
}

async function sizeIn(workspace: Workspace, place: string): Promise<number> {
  let bytes = (await workspace.stat(place))?.size ?? 0;
  for await (const page of workspace.list({ prefix: `${place}/` }))
    bytes += page.reduce((sum, { size }) => sum + size, 0);
  return bytes;
}

/** Identities in one query. */
const rowsAtOnce = 1000;

/**
 * Descriptions of identities that no execution has any more. Young ones stay: their execution may be about to be written
 * down.
 */
export async function* unusedIdentities({ db }: GarbageWorld): AsyncGenerator<Removable, void, undefined> {
  const unused = `created < now() - interval '1 hour'
    and not exists (select from job_exe x where x.output_id = o.output_id)`;
  for (let after = ''; ;) {
    const rows = await db.query<{ id: string; bytes: number }>(
      `select encode(output_id, 'hex') as id, pg_column_size(description)::bigint as bytes from output_identity o
       where output_id > decode($1, 'hex') and ${unused} order by output_id limit ${rowsAtOnce}`,
      [after],
    );
    for (const { id, bytes } of rows) {
      const remove = async () =>
        (await db.execute(`delete from output_identity o where output_id = decode($1, 'hex') and ${unused}`, [
          id,
        ])) > 0;
      yield { kind: 'identities', name: id, bytes, reason: 'no execution has it', remove };
    }
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1)!.id;
  }
}
