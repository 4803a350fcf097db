/**
 * Makes the runs of batches as a process of its own, to be killed. DATABASE_URL and SEED_HOME say where; SEED_TEST_CHUNK is how
 * many it makes at a time.
 */
import { startBatches } from '../../runtime/batch/index.ts';
import { readConfig } from '../../runtime/config/index.ts';
import { connectLasting } from '../../runtime/database/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';

const config = readConfig(process.env);
const db = await connectLasting(config);
startBatches({
  db,
  config,
  logger: createLogger('error'),
  engineSockets: [],
  chunk: Number(process.env.SEED_TEST_CHUNK),
});
console.log('at work');
