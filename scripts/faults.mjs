import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEngine } from './setup/engine.mjs';
import { runScript } from './setup/report.mjs';
import { root } from './setup/root.mjs';
import { ensureTestProcesses } from './setup/test-processes.mjs';

/** `npm run test:faults -- [--seed N] [--jobs N] [--minutes N]` */
await runScript(async () => {
  await ensureDependencies();
  await ensureTestProcesses();
  process.env.DOCKER_HOST = await ensureEngine();
  const args = ['--import', 'tsx', 'test/faults/main.ts', ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code ?? 1;
});
