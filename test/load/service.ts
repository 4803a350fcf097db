/**
 * A service in a process of its own: REST, metrics, webhooks, and two engines, a simulated one and the real one. Prints its
 * port; ends with SIGTERM. Everything else it takes from the environment, as `seed serve` does.
 */
import { createApi } from '../../runtime/api/index.ts';
import { readConfig } from '../../runtime/config/index.ts';
import { createEngine } from '../../runtime/engine/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { openRuntime } from '../../runtime/scheduler/index.ts';
import { simulatedEngine } from '../support/simulated.ts';

const config = readConfig();
const logger = createLogger('error');
const real = await createEngine(config);
const simulated = await simulatedEngine({ cpus: 64, mem: 65_536, durationMs: [1000, 1000] });
const runtime = await openRuntime({
  config,
  logger,
  engines: [
    { name: 'simulated', engine: simulated },
    { name: 'real', engine: real },
  ],
});
const api = await createApi({
  ...runtime,
  config,
  logger,
  token: config.service.token!,
  version: 'load',
  engineFor: async (image) => (image.includes('simulated') ? simulated : real),
});
console.log(await api.listen('127.0.0.1', 0));
process.once('SIGTERM', () => {
  void api
    .close()
    .then(() => runtime.stop({ drain: true }))
    .then(() => {
      real.close();
      process.exit(0);
    });
});
