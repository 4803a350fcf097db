import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEngine } from './setup/engine.mjs';
import { jest } from './setup/jest.mjs';
import { runScript } from './setup/report.mjs';

/** `npm run test:fuzz -- [SEED]`: 10,000 requests made from the OpenAPI document. */
await runScript(async () => {
  const [seed = String(Math.floor(Math.random() * 2 ** 31))] = process.argv.slice(2);
  await ensureDependencies();
  process.env.DOCKER_HOST = await ensureEngine();
  console.log(`seed ${seed}`);
  const env = { SEEDBED_FUZZ_REQUESTS: '10000', SEEDBED_TEST_SEED: seed };
  const { failed, problems } = await jest(['runtime/api/fuzz'], { env, limit: 30 * 60_000 });
  for (const problem of problems) console.log(`FAILED  ${problem}`);
  return failed + problems.length > 0 ? 1 : 0;
});
