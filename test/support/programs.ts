import path from 'node:path';

const tests = path.resolve(import.meta.dirname, '..');

/**
 * What node is to be given to run a program of the tests as a process of its own: bundled where `npm test` has bundled it
 * (SEED_TEST_PROCESSES), else its sources.
 * @param name in `test/`, without `.ts`; `scripts/setup/test-processes.mjs` knows it
 */
export function programArguments(name: string): string[] {
  const bundled = process.env.SEED_TEST_PROCESSES;
  if (bundled) return [path.join(bundled, `${name}.js`)];
  return ['--import', 'tsx', path.join(tests, `${name}.ts`)];
}
