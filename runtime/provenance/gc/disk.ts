import { opendir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { managedWorkspaceName } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { isAttemptDirectory, runningAttempts } from '../../jobs/index.ts';
import type { GarbageKind, GarbageWorld, Removable } from './garbage.ts';
import { lookAt, namesIn, removeOld } from './sizes.ts';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Directories of attempts, as a claim and an adoption call them. */
const attemptName = new RegExp(`^${uuid}(-e\\d+)?$`);
/** What a copy into a workspace is called before it is whole: see `partialOf` and `publishElsewhere`. */
const partialName = new RegExp(`^\\.seedbed-(\\d+-\\d+-[0-9a-z]+|of-[0-9a-f]{32}|${uuid})$`);
const uploadsName = '.seedbed-uploads';

/** Executions that are looked at in one query. */
const rowsAtOnce = 5000;

/** Directories in which executions worked that are over, on this machine. */
export async function* oldAttempts(world: GarbageWorld): AsyncGenerator<Removable, void, undefined> {
  const { db, before } = world;
  if (before === undefined) return;
  for (const { name, root } of await directories(db)) {
    if (name !== managedWorkspaceName) continue;
    const attempts = path.join(root, '.seedbed', db.installation);
    const isOver = async (place: string) => !(await runningAttempts(db, attempts)).has(place);
    for await (const one of namesIn(attempts)) {
      const place = path.join(attempts, one);
      if (attemptName.test(one)) yield* old('attempts', place, before, 'no execution runs in it', isOver);
    }
  }
  // Those of commands are below directories of their users, of which only the executions know.
  for (let after = 0; ;) {
    const rows = await db.query<{ id: number; place: string }>(
      `select id, attempt_directory as place from job_exe
       where id > $1::bigint and node_id is null and status <> 'RUNNING' and node = $2 and attempt_directory is not null
       order by id limit ${rowsAtOnce}`,
      [after, hostname()],
    );
    for (const { id, place } of rows)
      if (isAttemptDirectory(place)) yield* old('attempts', place, before, `execution ${id} is over`);
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1)!.id;
  }
}

/** Copies into directories of this machine whose process died before they were whole. */
export async function* oldPartials(world: GarbageWorld): AsyncGenerator<Removable, void, undefined> {
  const { db, before } = world;
  if (before === undefined) return;
  const roots = new Set((await directories(db)).map(({ root }) => path.resolve(root)));
  for (const root of roots) yield* partialsBelow(root, before, world.signal);
}

async function* partialsBelow(
  directory: string,
  before: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Removable, void, undefined> {
  for await (const { place, name, isDirectory } of entriesIn(directory)) {
    signal?.throwIfAborted();
    const reason = 'a copy that was never whole';
    if (!isDirectory && partialName.test(name)) yield* old('partials', place, before, reason);
    if (isDirectory && name === uploadsName)
      for await (const note of namesIn(place)) yield* old('partials', path.join(place, note), before, reason);
    if (isDirectory && !name.startsWith('.seedbed')) yield* partialsBelow(place, before, signal);
  }
}

/** Links are not followed: they may lead anywhere. */
async function* entriesIn(directory: string) {
  const entries = await opendir(directory).catch(() => undefined);
  if (!entries) return;
  for await (const entry of entries)
    if (entry.isFile() || entry.isDirectory())
      yield { name: entry.name, place: path.join(directory, entry.name), isDirectory: entry.isDirectory() };
}

async function* old(
  kind: GarbageKind,
  place: string,
  before: number,
  reason: string,
  isFree: (place: string) => Promise<boolean> = async () => true,
): AsyncGenerator<Removable, void, undefined> {
  const found = await lookAt(place);
  if (!found || found.changed >= before || !(await isFree(place))) return;
  const remove = async () => (await isFree(place)) && removeOld(place, before);
  yield { kind, name: place, bytes: found.bytes, reason, remove };
}

/** Workspaces that are directories here, but for users' own: nothing is looked for in those. */
async function directories(db: Queries): Promise<{ name: string; root: string }[]> {
  return db.query(
    `select name, json_config #>> '{broker,host_path}' as root from workspace
     where json_config #>> '{broker,type}' in ('host', 'nfs') and coalesce(json_config #>> '{broker,host_path}', '/') <> '/'
       and name not like 'local-%' order by id`,
  );
}
