/**
 * A runtime as a process of its own, to be killed: works off the queue until SIGTERM, with `--drain` until all is done.
 * Everything else it takes from the environment, as `seed serve` does. Its first line says that it is at work.
 */
import { readConfig } from '../../runtime/config/index.ts';
import { createEngine } from '../../runtime/engine/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { openRuntime } from '../../runtime/scheduler/index.ts';

const config = readConfig(process.env);
const engine = await createEngine(config);
const runtime = await openRuntime({
  config,
  logger: createLogger('info'),
  engines: [{ name: 'here', engine }],
  ...(process.env.SEED_TEST_ATTEMPTS && { attempts: process.env.SEED_TEST_ATTEMPTS }),
});

process.once('SIGTERM', () => {
  void runtime.stop({ drain: process.argv.includes('--drain') }).then(() => {
    engine.close();
    process.exit(0);
  });
  console.log('leaving');
});
console.log('at work');
