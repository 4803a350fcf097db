import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEngine } from './setup/engine.mjs';
import { runScript } from './setup/report.mjs';
import { root } from './setup/root.mjs';

/** `npm run test:contracts -- DIR`: drives every operation of DIR/openapi.json, Scale's, against a service. */
await runScript(async () => {
  await ensureDependencies();
  await ensureBuild();
  process.env.DOCKER_HOST = await ensureEngine();
  const args = ['--import', 'tsx', 'test/contracts/main.ts', ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code ?? 1;
});
