import type { Queries } from '../database/index.ts';
import { queueStatus } from '../scheduler/index.ts';
import { unmetResources } from './shapes/queued-type.ts';

/** Which resources the first queued job of each type lacks, as `cpus,mem`; types whose jobs lack none are left out. */
export type UnmetResources = ReadonlyMap<number, string>;

/** What user interfaces poll asks for it again and again. */
const keptMs = 1000;

/** @returns reads the above from the queue, at most once in a second */
export function unmetResourcesIn(db: Queries): () => Promise<UnmetResources> {
  let known: Promise<UnmetResources> | undefined;
  let readAt = 0;
  return () => {
    if (known && performance.now() - readAt < keptMs) return known;
    readAt = performance.now();
    const read = readUnmet(db);
    known = read;
    read.catch(() => {
      if (known === read) known = undefined;
    });
    return read;
  };
}

async function readUnmet(db: Queries): Promise<UnmetResources> {
  const { types } = await queueStatus(db, { limit: 1000, offset: 0 });
  return new Map(
    types.flatMap(({ jobTypeId, waitingFor }) => {
      const names = unmetResources(waitingFor);
      return names === null ? [] : [[jobTypeId, names] as const];
    }),
  );
}

/** The same row, whose job type says what its jobs lack. */
export function withUnmet<Row extends { readonly job_type: { readonly id: number } }>(
  row: Row,
  unmet: UnmetResources,
): Row {
  const { job_type: type } = row;
  return { ...row, job_type: { ...type, unmet_resources: unmet.get(type.id) ?? null } };
}
