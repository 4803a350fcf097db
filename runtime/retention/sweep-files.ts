import type { Queries } from '../database/index.ts';
import { reasonOf } from '../errors/index.ts';
import { recordEvents } from '../jobs/index.ts';
import { mapInParallel, type Workspace } from '../workspace/index.ts';
import { needsOf } from './needs.ts';
import { removeContent, sidecarOf } from './remove-content.ts';
import { sharedPlaces } from './shared-places.ts';

/** Opens a workspace by its id; undefined: there is none, or not from here. */
export type OpenWorkspace = (id: number) => Promise<Workspace | undefined>;

/** Files in one transaction, which holds the locks of their rows. */
const filesAtOnce = 100;
/** Removed at the same time. */
const width = 8;

interface Removal {
  readonly id: number;
  readonly workspaceId: number;
  readonly fileId: number;
  readonly path: string;
  readonly size: number;
  readonly sha256: string | null;
  readonly version: string | null;
  readonly reason: string;
  readonly actor: string;
}

/** What became of one: an event of this kind, or a problem, after which it is tried again. */
type Outcome =
  { readonly kind: 'removed' | 'content-kept'; readonly why?: string } | { readonly problem: string };

export interface SweptFiles {
  /** That were looked at. */
  readonly looked: number;
  /** What stands in the way: words → how many files. */
  readonly problems: ReadonlyMap<string, number>;
}

/**
 * Removes the content of files that are marked as deleted, some of those that are due. Killed anywhere, the next one does
 * it again: what is gone is fine. Each file is judged once more, with its row locked: what a job wants by now waits, and
 * content that another row of the same place is about stays.
 */
export async function sweepFiles(tx: Queries, open: OpenWorkspace, now = new Date()): Promise<SweptFiles> {
  const due = await tx.query<Removal>(
    `select id, workspace_id as "workspaceId", file_id as "fileId", file_path as path, file_size as size, sha256,
       file_stat as version, reason, actor
     from file_removal where not_before <= now() order by not_before, id limit ${filesAtOnce} for update skip locked`,
  );
  if (due.length === 0) return { looked: 0, problems: new Map() };
  const fileIds = due.map(({ fileId }) => fileId);
  await tx.query('select from scale_file where id = any($1::bigint[]) order by id for update', [fileIds]);
  const needs = await needsOf(tx, fileIds);
  const shared = await sharedPlaces(
    tx,
    due.map(({ id }) => id),
  );
  const catalogued = await cataloguedSidecars(tx, due);
  const workspaces = new Map<number, Promise<Workspace | undefined>>();
  const workspaceOf = (id: number) => {
    const known = workspaces.get(id) ?? open(id);
    workspaces.set(id, known);
    return known;
  };
  const outcomes = await mapInParallel(due, width, async (removal): Promise<Outcome> => {
    const need = needs.get(removal.fileId);
    if (need) return { problem: need.words };
    const other = shared.get(removal.id);
    if (other !== undefined) return { kind: 'content-kept', why: `file ${other} is at the same place` };
    const sidecar = catalogued.has(removal.id) ? null : sidecarOf(removal.path);
    return remove({ ...removal, sidecar }, () => workspaceOf(removal.workspaceId), now);
  });
  await record(tx, due, outcomes);
  const problems = new Map<string, number>();
  for (const outcome of outcomes)
    if ('problem' in outcome) problems.set(outcome.problem, (problems.get(outcome.problem) ?? 0) + 1);
  return { looked: due.length, problems };
}

async function remove(
  removal: Removal & { readonly sidecar: string | null },
  open: () => Promise<Workspace | undefined>,
  now: Date,
): Promise<Outcome> {
  try {
    const workspace = await open();
    if (!workspace) return { problem: 'its workspace cannot be reached from here' };
    const found = await removeContent(workspace, removal, now);
    if (found === 'away') return { problem: `the workspace ${workspace.name} is empty or not there` };
    if (found === 'replaced') return { kind: 'content-kept', why: 'something else stands in its place' };
    return { kind: 'removed' };
  } catch (thrown) {
    return { problem: reasonOf(thrown) };
  }
}

/** Of removals: those whose sidecar is a file of the catalogue itself, which goes, or stays, by its own row. */
async function cataloguedSidecars(tx: Queries, removals: readonly Removal[]): Promise<Set<number>> {
  const beside = removals.flatMap(({ id, workspaceId, path }) => {
    const sidecar = sidecarOf(path);
    return sidecar === null ? [] : [{ id, workspaceId, sidecar }];
  });
  const rows = await tx.query<{ id: number }>(
    `select b.id from unnest($1::bigint[], $2::bigint[], $3::text[]) as b (id, workspace_id, path)
     where ${['not f.is_superseded and not f.is_deleted', 'f.is_superseded'] // as the indices have them
       .map(
         (which) => `exists (select from scale_file f where f.workspace_id = b.workspace_id
           and md5(f.file_path) = md5(b.path) and f.file_path = b.path and ${which})`,
       )
       .join(' or ')}`,
    [
      beside.map(({ id }) => id),
      beside.map(({ workspaceId }) => workspaceId),
      beside.map(({ sidecar }) => sidecar),
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Problems are tried again after a minute, then after twice as long each time, at most an hour. */
async function record(tx: Queries, due: readonly Removal[], outcomes: readonly Outcome[]): Promise<void> {
  const done: number[] = [];
  const events = [];
  const failed: { id: number; problem: string }[] = [];
  for (const [index, { id, fileId, path, size, reason, actor }] of due.entries()) {
    const outcome = outcomes[index]!;
    if ('problem' in outcome) {
      failed.push({ id, problem: outcome.problem });
      continue;
    }
    done.push(id);
    const data = { reason, path, bytes: size, ...(outcome.why !== undefined && { why: outcome.why }) };
    events.push({ entity: 'scale_file' as const, id: fileId, kind: outcome.kind, actor, data });
  }
  await tx.query('delete from file_removal where id = any($1::bigint[])', [done]);
  await tx.query(
    `update file_removal r set problem = p.problem, tries = r.tries + 1,
       not_before = now() + least(interval '1 minute' * power(2, least(r.tries, 10)), interval '1 hour')
     from jsonb_to_recordset($1::jsonb) as p (id bigint, problem text) where r.id = p.id`,
    [JSON.stringify(failed)],
  );
  await recordEvents(tx, events);
}
