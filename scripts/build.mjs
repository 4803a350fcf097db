import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { runScript } from './setup/report.mjs';

await runScript(async () => {
  await ensureDependencies();
  await ensureBuild();
});
