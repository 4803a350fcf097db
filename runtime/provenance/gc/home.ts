import { rm } from 'node:fs/promises';
import path from 'node:path';
import { isLeftover } from '../../logs/index.ts';
import type { GarbageWorld, Removable } from './garbage.ts';
import { lookAt, namesIn, removeOld } from './sizes.ts';

/** Names that one query is asked about. */
const namesAtOnce = 500;

/** Logs of executions that the database knows nothing of: their jobs were purged; and what a kill left of their removal. */
export async function* strayLogs(world: GarbageWorld): AsyncGenerator<Removable, void, undefined> {
  const { db, logs } = world;
  yield* halfRemovedLogs(world);
  const directory = path.dirname(logs.directoryOf(0));
  const isKnown = async (ids: readonly number[]) => {
    const rows = await db.query<{ id: number }>('select id from job_exe where id = any($1::bigint[])', [ids]);
    return new Set(rows.map(({ id }) => id));
  };
  for await (const names of inChunks(namesIn(directory), (name) => /^[1-9]\d{0,14}$/.test(name))) {
    const known = await isKnown(names.map(Number));
    for (const id of names.map(Number)) {
      if (known.has(id)) continue;
      const found = await lookAt(logs.directoryOf(id));
      const remove = async () => {
        if ((await isKnown([id])).size > 0) return false;
        await logs.remove(id);
        return true;
      };
      yield {
        kind: 'logs',
        name: logs.directoryOf(id),
        bytes: found?.bytes ?? 0,
        reason: `there is no execution ${id}`,
        remove,
      };
    }
  }
}

/** Logs whose removal was broken off. */
async function* halfRemovedLogs({ logs }: GarbageWorld): AsyncGenerator<Removable, void, undefined> {
  const directory = path.dirname(logs.directoryOf(0));
  for await (const name of namesIn(directory)) {
    if (!isLeftover(name)) continue;
    const place = path.join(directory, name);
    const remove = async () => {
      await rm(place, { recursive: true, force: true });
      return true;
    };
    const bytes = (await lookAt(place))?.bytes ?? 0;
    yield { kind: 'logs', name: place, bytes, reason: 'its removal was broken off', remove };
  }
}

/** Content that was fetched for jobs and that no file of the catalogue has any more, and downloads that nobody goes on with. */
export async function* staleCache(world: GarbageWorld): AsyncGenerator<Removable, void, undefined> {
  const { db, config, before } = world;
  if (before === undefined) return;
  const cache = path.join(config.home, 'cache', 'inputs');
  for (const folder of ['incoming', 'known'])
    for await (const name of namesIn(path.join(cache, folder)))
      yield* oldFile(path.join(cache, folder, name), before, 'nobody went on with it');
  for await (const folder of namesIn(path.join(cache, 'content')))
    for await (const names of inChunks(namesIn(path.join(cache, 'content', folder)), (name) =>
      /^[0-9a-f]{64}$/.test(name),
    )) {
      const rows = await db.query<{ sha256: string }>(
        'select distinct sha256 from scale_file where sha256 = any($1::text[]) and not is_deleted',
        [names],
      );
      const wanted = new Set(rows.map(({ sha256 }) => sha256));
      for (const name of names)
        if (!wanted.has(name))
          yield* oldFile(
            path.join(cache, 'content', folder, name),
            before,
            'no file has this content any more',
          );
    }
}

async function* oldFile(
  place: string,
  before: number,
  reason: string,
): AsyncGenerator<Removable, void, undefined> {
  const found = await lookAt(place);
  if (!found || found.changed >= before) return;
  const remove = () => removeOld(place, before);
  yield { kind: 'cache', name: place, bytes: found.bytes, reason, remove };
}

async function* inChunks(
  names: AsyncIterable<string>,
  isWanted: (name: string) => boolean,
): AsyncGenerator<string[], void, undefined> {
  let chunk: string[] = [];
  for await (const name of names) {
    if (!isWanted(name) || chunk.push(name) < namesAtOnce) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
