import { ensureBuild } from './setup/build.mjs';
import { ensureClientTypes } from './setup/client-types.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { runScript } from './setup/report.mjs';

await runScript(async () => {
  await ensureDependencies();
  await ensureBuild();
  await ensureClientTypes();
});
