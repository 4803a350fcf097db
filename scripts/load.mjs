import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEngine } from './setup/engine.mjs';
import { runScript } from './setup/report.mjs';
import { root } from './setup/root.mjs';
import { ensureTestProcesses } from './setup/test-processes.mjs';
import { ensureTools } from './setup/tools.mjs';

/** `npm run test:load -- [--connections N] [--rate REQUESTS_PER_SECOND] [--rounds N] [--seconds N] [--slower RATIO]` */
await runScript(async () => {
  await ensureDependencies();
  await ensureTestProcesses();
  process.env.DOCKER_HOST = await ensureEngine();
  await ensureTools();
  const args = ['--import', 'tsx', 'test/load/main.ts', ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', timeout: 5 * 60_000 });
  const [code] = await once(child, 'exit');
  return code ?? 1;
});
