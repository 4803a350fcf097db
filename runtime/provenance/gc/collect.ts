import { oldAttempts, oldPartials } from './disk.ts';
import {
  type Garbage,
  type GarbageKind,
  garbageKinds,
  type GarbageWorld,
  type Removable,
} from './garbage.ts';
import { staleCache, strayLogs } from './home.ts';
import { oldFiles, removeOldFiles } from './old-files.ts';
import { unnamedFiles, unusedIdentities } from './rows.ts';

/** What was found of one kind, or removed. */
export interface Collected {
  readonly count: number;
  readonly bytes: number;
}

export type Collection = Readonly<Record<GarbageKind, Collected>>;

export interface CollectOptions {
  /** Nothing is removed. */
  readonly dryRun: boolean;
  /** Of each thing that is found, or was removed; of files 20 at most. */
  readonly tell: (garbage: Garbage) => void | Promise<void>;
}

const finders: Readonly<
  Record<Exclude<GarbageKind, 'files'>, (world: GarbageWorld) => AsyncIterable<Removable>>
> = {
  leftovers: unnamedFiles,
  identities: unusedIdentities,
  attempts: oldAttempts,
  partials: oldPartials,
  cache: staleCache,
  logs: strayLogs,
};

/**
 * Removes what nobody needs, one thing after the other. Killed anywhere, the next one finds what is left. Services may be
 * at work meanwhile: what is theirs is younger than they are, and each thing is judged once more before it goes.
 */
export async function collectGarbage(
  world: GarbageWorld,
  { dryRun, tell }: CollectOptions,
): Promise<Collection> {
  const collected = {} as Record<GarbageKind, Collected>;
  for (const kind of garbageKinds) {
    if (kind === 'files') {
      const { examples, ...files } = await (dryRun ? oldFiles(world) : removeOldFiles(world));
      for (const example of examples) await tell(example);
      collected.files = files;
      continue;
    }
    let [count, bytes] = [0, 0];
    for await (const { remove, ...garbage } of finders[kind](world)) {
      world.signal?.throwIfAborted();
      if (!dryRun && !(await remove())) continue;
      count += 1;
      bytes += garbage.bytes;
      await tell(garbage);
    }
    collected[kind] = { count, bytes };
  }
  return collected;
}
