import { setTimeout as pause } from 'node:timers/promises';
import { type Database, lockName } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { etagOf, isSameVersion } from '../answer/etag.ts';
import type { Call, Operation } from '../operation.ts';
import { Turns } from '../turns.ts';
import { readParameters } from './parameters.ts';
import { Query } from './query.ts';

/**
 * Does what changes something only when that is still what the sender has seen (`If-Match`), where it can be read at all.
 * @param reading what GET does at the same address
 * @throws precondition-failed, or what reading throws
 */
export type IfMatch = <T>(call: Call, reading: Operation | undefined, work: () => Promise<T>) => Promise<T>;

/** Milliseconds that one change waits for another runtime's at the same address. */
const patience = 30_000;
const between = 10;

/** Changes that say `If-Match` come one after the other, over all runtimes of a database: of two with one tag the second is refused. */
export function ifMatchOver(db: Database): IfMatch {
  const turns = new Turns();
  return async (call, reading, work) => {
    const { request } = call;
    const header = request.headers['if-match'];
    if (header === undefined || !reading || !['PATCH', 'PUT', 'DELETE'].includes(request.method))
      return work();
    return turns.take(placeOf(request.path), async () => {
      const release = await lockPlace(db, placeOf(request.path));
      try {
        const parameters = new Query('');
        const query = readParameters(parameters, reading.query);
        const current = await reading.handle({ ...call, parameters, query, body: undefined });
        if (!isSameVersion(header, etagOf(current?.json))) throw new SeedbedError('precondition-failed', {});
        return await work();
      } finally {
        await release();
      }
    });
  };
}

/** The same under each prefix. */
function placeOf(path: string): string {
  return path.replace(/^(\/api)?(\/v[67])?\//, '/').replace(/\/?$/, '/');
}

/** @throws precondition-failed where another runtime is at it all the time: what it changes is not what the sender has seen */
async function lockPlace(db: Database, place: string): Promise<() => Promise<void>> {
  for (let waited = 0; waited < patience; waited += between) {
    const release = await lockName(db, `if-match ${place}`);
    if (release) return release;
    await pause(between);
  }
  throw new SeedbedError('precondition-failed', {});
}
