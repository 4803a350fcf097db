import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { readConfig } from '../../runtime/config/index.ts';
import { createSimulatedEngine } from '../../runtime/engine/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { openRuntime } from '../../runtime/scheduler/index.ts';
import type { Bench } from '../support/bench.ts';

/** After these, all that a start asks is done. */
const settlingMs = 5_000;

/**
 * Statements a second that a whole runtime asks which has nothing to do, BEGIN and COMMIT too, and those of new sessions.
 * @param url of an empty database; no other runtime has it
 */
export async function idleStatements(
  url: string,
  seconds: number,
  { directory, ending }: Bench,
): Promise<number> {
  const config = readConfig({ SEED_HOME: directory, DATABASE_URL: url });
  const engine = await createSimulatedEngine({ seed: 1, cpus: 4, mem: 4096, images: [] });
  const runtime = await openRuntime({
    config,
    logger: createLogger('warn'),
    engines: [{ name: 'idle', engine }],
  });
  const meter = countStatements();
  try {
    await pause(settlingMs, undefined, { signal: ending.signal });
    const before = meter.count();
    await pause(seconds * 1000, undefined, { signal: ending.signal });
    return (meter.count() - before) / seconds;
  } finally {
    meter.end();
    await runtime.stop();
  }
}

/** Counts what this process asks of any database. */
function countStatements(): { readonly count: () => number; readonly end: () => void } {
  let statements = 0;
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const counted = function (this: pg.Client, ...args: unknown[]): unknown {
    statements += 1;
    return original.apply(this, args);
  };
  Object.assign(pg.Client.prototype, { query: counted });
  return {
    count: () => statements,
    end: () => void Object.assign(pg.Client.prototype, { query: original }),
  };
}
