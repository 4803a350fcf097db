import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEngine } from './setup/engine.mjs';
import { ensureRegistry } from './setup/registry.mjs';
import { runScript, SetupError } from './setup/report.mjs';
import { root } from './setup/root.mjs';
import { busybox, ensureTools } from './setup/tools.mjs';

const benchmarks = [
  'overhead',
  'harvest',
  'search',
  'scheduler',
  'throughput',
  'batch',
  'api',
  'recipes',
  'ingest',
  'batch-intake',
];
/** What they load into other processes. */
const helpers = {
  memory: 'bench/harvest/memory.ts',
  'dry-run-process': 'bench/batch-intake/dry-run-process.ts',
};
/** Bundled like the commands, because that is the code that people run. */
const out = '.cache/bench';

/** `npm run bench:<name> -- [options]` */
await runScript(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (!benchmarks.includes(name)) throw new SetupError(`Which benchmark? One of: ${benchmarks.join(', ')}.`);
  await ensureDependencies();
  await ensureBuild();
  const entries = Object.fromEntries(benchmarks.map((each) => [each, `bench/${each}.ts`]));
  await ensureBuild({ ...entries, ...helpers }, out);
  process.env.DOCKER_HOST = await ensureEngine();
  await ensureTools(busybox);
  if (name === 'search' && args.includes('--images')) await ensureRegistry();
  const { bench } = await import(pathToFileURL(path.join(root, out, `${name}.js`)).href);
  return bench(args, root);
});
