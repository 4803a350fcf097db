import { leftovers, removeLeftover } from '../../catalog/index.ts';
import { hasCode } from '../../database/index.ts';
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

/** Identities in one query, and in one transaction. */
const rowsAtOnce = 1000;

const isUnused = `created < now() - interval '1 hour'
  and not exists (select from job_exe x where x.output_id = o.output_id)`;

/**
 * Descriptions of identities that no execution has any more. Young ones stay: their execution may be about to be written
 * down.
 */
export async function* unusedIdentities({ db }: GarbageWorld): AsyncGenerator<Removable, void, undefined> {
  for (let after = ''; ;) {
    const rows = await db.query<{ id: string; bytes: number }>(
      `select encode(output_id, 'hex') as id, pg_column_size(description)::bigint as bytes from output_identity o
       where output_id > decode($1, 'hex') and ${isUnused} order by output_id limit ${rowsAtOnce}`,
      [after],
    );
    const ids = rows.map(({ id }) => id);
    let removed: Promise<Set<string>> | undefined;
    for (const { id, bytes } of rows) {
      const remove = async () => (await (removed ??= removeIdentities(db, ids))).has(id);
      yield { kind: 'identities', name: id, bytes, reason: 'no execution has it', remove };
    }
    if (rows.length < rowsAtOnce) return;
    after = ids.at(-1)!;
  }
}

/**
 * Whoever gives an execution an identity writes its description first, unless it is there. Nobody is between the two
 * while the table is locked. @returns those that were removed; none while a long transaction is in the way
 */
async function removeIdentities(db: GarbageWorld['db'], ids: readonly string[]): Promise<Set<string>> {
  try {
    return await db.transaction(async (tx) => {
      await tx.query(`set local lock_timeout = '5s'`);
      await tx.query('lock table output_identity in share row exclusive mode');
      const rows = await tx.query<{ id: string }>(
        `delete from output_identity o where output_id = any(select decode(id, 'hex') from unnest($1::text[]) id) and ${isUnused}
         returning encode(output_id, 'hex') as id`,
        [ids],
      );
      return new Set(rows.map(({ id }) => id));
    });
  } catch (thrown) {
    if (hasCode(thrown, '55P03')) return new Set();
    throw thrown;
  }
}
