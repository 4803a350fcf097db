import { it } from '@jest/globals';

/** `npm run test:long`. */
export const isLong = Boolean(process.env.SEED_TEST_LONG);

/**
 * For tests that every run need not have: benchmarks, kills at one more place, the same on another path. `npm test` has at least
 * one of each kind beside them.
 */
export const itLong = isLong ? it : it.skip;
