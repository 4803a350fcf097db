import { EventEmitter, once } from 'node:events';
import { connectLasting } from '../../runtime/database/index.ts';
import { submit } from '../../runtime/jobs/index.ts';
import { Samples } from '../support/statistics.ts';
import { aJob, benchType, openRuntime } from './runtime.ts';

/**
 * How long a job waits that another process submits to an idle runtime, from the end of its transaction to the begin of
 * its execution.
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
  });
  const samples = new Samples(['pick-up']);
  try {
    for (let count = 0; count < jobs; count++) {
      signal.throwIfAborted();
      const beginning = once(begun, 'begun', { signal });
      await submit(db, aJob(type));
      const submitted = performance.now();
      db.notify('queue');
      const [at] = (await beginning) as [number];
      samples.add('pick-up', at - submitted);
    }
    return samples;
  } finally {
    await close();
    await db.close();
  }
}
