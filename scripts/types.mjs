import { ensureDependencies } from './setup/dependencies.mjs';
import { runScript } from './setup/report.mjs';
import { ensureTypes } from './setup/types.mjs';

/** Declares the types of what others import, in `dist/types`. */
await runScript(async () => {
  await ensureDependencies();
  await ensureTypes();
});
