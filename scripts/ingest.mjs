import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEngine } from './setup/engine.mjs';
import { jest } from './setup/jest.mjs';
import { runScript } from './setup/report.mjs';
import { ensureTestProcesses } from './setup/test-processes.mjs';

/** `npm run test:ingest -- [FILES]`: 10,000 files arrive while the processes that take them are killed. */
await runScript(async () => {
  const [files = '10000'] = process.argv.slice(2);
  await ensureDependencies();
  await ensureTestProcesses();
  process.env.DOCKER_HOST = await ensureEngine();
  const env = { SEEDBED_INGEST_FILES: files };
  const { failed, problems } = await jest(['test/ingest-exactly-once'], { env, limit: 30 * 60_000 });
  for (const problem of problems) console.log(`FAILED  ${problem}`);
  return failed + problems.length > 0 ? 1 : 0;
});
