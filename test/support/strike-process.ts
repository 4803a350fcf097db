/**
 * Works at strikes and scans as a process of its own, to be killed. DATABASE_URL and SEED_HOME say where;
 * SEED_TEST_DIE_AT=<step>:<n> makes it kill itself when it has reached that step for the nth time.
 */
import { readConfig } from '../../runtime/config/index.ts';
import { connectLasting } from '../../runtime/database/index.ts';
import { startIngest } from '../../runtime/ingest/engine/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { quickTiming } from './strike-timing.ts';

const [fatal, count = '1'] = (process.env.SEED_TEST_DIE_AT ?? '').split(':');
let left = Number(count);
const config = readConfig(process.env);
const db = await connectLasting(config);
const ingest = startIngest({
  db,
  config,
  logger: createLogger('error'),
  timing: quickTiming,
  reached: (step) => {
    if (step === fatal && --left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
process.once('SIGTERM', () => {
  void ingest
    .stop()
    .then(() => db.close())
    .then(() => process.exit(0));
});
console.log('at work');
