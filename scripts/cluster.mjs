import { randomUUID } from 'node:crypto';
import { ensureBaseImages } from './setup/base-images.mjs';
import { ensureBuild } from './setup/build.mjs';
import { composeCommand, ensureClusterImages } from './setup/cluster-images.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEngine } from './setup/engine.mjs';
import { jest } from './setup/jest.mjs';
import { inventory, leaks } from './setup/leaks.mjs';
import { runScript, SetupError } from './setup/report.mjs';
import { compose, ensureTools } from './setup/tools.mjs';

const limit = 20 * 60_000;

/** `npm run test:cluster`: builds the image, and lives through the life of a cluster; see test/cluster. */
await runScript(async () => {
  await ensureDependencies();
  await ensureBuild();
  const host = (process.env.DOCKER_HOST = await ensureEngine());
  if (!host.startsWith('unix://'))
    throw new SetupError('A cluster in a box needs the engine of this machine.');
  await ensureBaseImages(host);
  await ensureClusterImages(host);
  await ensureTools();
  const command = process.env.SEEDBED_TEST_COMPOSE || (await composeCommand());
  if (command === 'docker-compose') await ensureTools(compose);

  const run = randomUUID();
  const before = await inventory(host, `SEEDBED_TEST_RUN=${run}`);
  const env = { SEEDBED_TEST_RUN: run, SEEDBED_TEST_COMPOSE: command };
  const { passed, failed, problems } = await jest(['test/cluster/', '--maxWorkers', '1'], { env, limit });
  const left = await leaks(before, host, `SEEDBED_TEST_RUN=${run}`);
  for (const problem of [...problems, ...left.map((words) => `left behind: ${words}`)])
    console.log(`FAILED  ${problem}`);
  console.log(`${passed} passed, ${failed + problems.length + left.length} failed`);
  return failed + problems.length + left.length > 0 ? 1 : 0;
});
