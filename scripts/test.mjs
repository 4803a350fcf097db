import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { ensureBaseImages } from './setup/base-images.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureCeph } from './setup/ceph.mjs';
import { attempt } from './setup/command.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEngine } from './setup/engine.mjs';
import { jest } from './setup/jest.mjs';
import { inventory, leaks } from './setup/leaks.mjs';
import { ensurePromtool } from './setup/promtool.mjs';
import { ensureRegistry } from './setup/registry.mjs';
import { runScript, say } from './setup/report.mjs';
import { root } from './setup/root.mjs';
import { ensureTestBundles } from './setup/test-bundles.mjs';
import { ensureTestProcesses } from './setup/test-processes.mjs';
import { ensureTools } from './setup/tools.mjs';
import { ensureTypes } from './setup/types.mjs';

/** What runs a second time, on the oldest Postgres that is supported; with `--long`, all that runs jobs in a process of its own, too. */
const databaseSuites = (isLong) => [
  ...['runtime/database', 'runtime/catalog', 'runtime/jobs', 'runtime/completion'],
  ...(isLong
    ? ['test/seed-run', 'test/seed-files', 'test/seed-doctor', 'test/sample-jobs']
    : ['test/seed-run-catalog', 'test/seed-run-crash', 'test/seed-files']),
  // The embedded server is always of the newest version.
  ...['--testPathIgnorePatterns', '/node_modules/', '/runtime/database/embedded/'],
];
const limit = 45 * 60_000;

/**
 * `npm test`: everything, of what takes long a short form. `npm run test:long`: all of that, too.
 * `npm test -- runtime/engine`: jest on those paths, and nothing else.
 */
await runScript(async () => {
  const [isLong, ...paths] =
    process.argv[2] === '--long' ? [true, ...process.argv.slice(3)] : [false, ...process.argv.slice(2)];
  if (isLong) process.env.SEED_TEST_LONG = '1';
  await ensureDependencies();
  await ensureBuild();
  await ensureTypes();
  await ensureTestProcesses();
  await ensureTestBundles();
  process.env.DOCKER_HOST = await ensureEngine();
  await ensureBaseImages(process.env.DOCKER_HOST);
  await ensureTools();
  await ensureRegistry();
  await ensurePromtool();
  await ensureCeph();

  const problems = [];
  if (paths.length === 0) {
    await Promise.all([
      check('format', ['prettier', '--check', '.'], problems),
      check('lint', ['eslint', '.'], problems),
      check('types', ['tsc'], problems),
    ]);
  }

  const marker = `SEEDBED_TEST_RUN=${randomUUID()}`;
  const [name, value] = marker.split('=');
  const before = await inventory(process.env.DOCKER_HOST, marker);
  const counts = { passed: 0, failed: 0 };
  const suite = async (title, args, env) => {
    const result = await timed(title, () => jest(args, { env: { ...env, [name]: value }, limit }));
    counts.passed += result.passed;
    counts.failed += result.failed;
    problems.push(...result.problems.map((problem) => `${title}: ${problem}`));
  };
  await suite(
    'tests',
    paths.length === 0 ? ['--testPathIgnorePatterns', '/node_modules/', '/test/(faults|cluster)/'] : paths,
  );
  // One after the other, and nothing beside them: they judge by what happens within seconds of a kill.
  if (paths.length === 0) await suite('faults', ['test/faults', '--maxWorkers', '1']);
  if (paths.length === 0) await suite('Postgres 14', databaseSuites(isLong), { SEED_TEST_POSTGRES: '14' });
  const left = await timed('leaks', () => leaks(before, process.env.DOCKER_HOST, marker));
  problems.push(...left.map((words) => `left behind: ${words}`));

  for (const problem of problems) console.log(`FAILED  ${problem}`);
  console.log(`${counts.passed} passed, ${counts.failed + problems.length} failed`);
  return counts.failed + problems.length > 0 ? 1 : 0;
});

/** A tool of node_modules that must succeed; its output is shown when it does not. */
async function check(title, [tool, ...args], problems) {
  const { code, output } = await timed(title, () =>
    attempt('npx', ['--no-install', tool, ...args], { cwd: root }),
  );
  if (code === 0) return;
  console.log(output);
  problems.push(`${title}: \`npx ${[tool, ...args].join(' ')}\``);
}

async function timed(title, work) {
  const start = performance.now();
  const result = await work();
  say(title, `took ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
