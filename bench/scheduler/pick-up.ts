import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { connectLasting } from '../../runtime/database/index.ts';
import { submit } from '../../runtime/jobs/index.ts';
import { Samples } from '../support/statistics.ts';
import { aJob, benchType, openRuntime } from './runtime.ts';

/** Longer than one notification follows upon another at least. */
const idleMs = 20;

/**
 * How long a job waits that another process submits to an idle runtime, from the end of its transaction to the begin of
 * its execution. Nothing else is under way: the one before has ended, in the database too.
 * @param url of an empty database
 */
export async function pickUp(url: string, jobs: number, signal: AbortSignal): Promise<Samples> {
  const db = await connectLasting({ home: '', databaseUrl: url });
  const begun = new EventEmitter();
  const type = await benchType(db);
  const close = await openRuntime(url, {
    name: 'pick-up',
    slots: 4,
    claimLimit: 500,
    onBegin: () => begun.emit('begun', performance.now()),
    onEnd: () => begun.emit('ended'),
  });
  const samples = new Samples(['pick-up']);
  try {
    for (let count = 0; count < jobs; count++) {
      signal.throwIfAborted();
      const beginning = once(begun, 'begun', { signal });
      await submit(db, aJob(type));
      const submitted = performance.now();
      db.notify('queue');
      const ending = once(begun, 'ended', { signal });
      const [at] = (await beginning) as [number];
      samples.add('pick-up', at - submitted);
      await ending;
      await pause(idleMs, undefined, { signal });
    }
    return samples;
  } finally {
    await close();
    await db.close();
  }
}
