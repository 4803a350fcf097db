import path from 'node:path';
import Sequencer from '@jest/test-sequencer';

/**
 * Which test files come first where jest does not know how long each took, as on a new machine: it would take the longest
 * ones for the slow ones, and end with one worker alone on the benchmarks. What drives whole processes is slow, and stands in
 * `test/`.
 */
export default class SlowFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    if (sorted.every(({ duration }) => duration !== undefined)) return sorted;
    const rank = ({ path: file, context }) => {
      const name = path.relative(context.config.rootDir, file);
      if (/^test\/(bench|docs)\.test/.test(name)) return 0;
      return name.startsWith('test/') ? 1 : 2;
    };
    return [...sorted].sort((one, other) => rank(one) - rank(other));
  }
}
