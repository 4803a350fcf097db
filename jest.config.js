/**
 * Real parts only: a container engine and Postgres servers stand ready before the first test (test/support/). `npm test`
 * has bundled the test files (SEED_TEST_BUNDLES); jest alone loads their sources.
 */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    ...(process.env.SEED_TEST_BUNDLES && { '\\.test\\.ts$': '<rootDir>/test/support/bundled.js' }),
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testMatch: ['**/*.test.ts'],
  roots: ['<rootDir>/runtime', '<rootDir>/seed-schema', '<rootDir>/migrations', '<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testSequencer: '<rootDir>/test/support/sequencer.js',
  testTimeout: 120_000,
  maxWorkers: 2,
  // A worker with a large heap on a busy machine takes its time to exit; what really stays open is still there then.
  workerGracefulExitTimeout: 15_000,
};
