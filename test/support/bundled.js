import { createHash } from 'node:crypto';
import path from 'node:path';

/** In the place of a test file, imports its bundle, which `scripts/setup/test-bundles.mjs` has made. */
function importing(file, { config: { rootDir } }) {
  const name = path.relative(rootDir, file).replace(/\.ts$/, '.js');
  return `import ${JSON.stringify(path.join(process.env.SEED_TEST_BUNDLES, name))};\n`;
}

const processing = (_, file, options) => ({ code: importing(file, options) });

export default {
  process: processing,
  processAsync: (...given) => Promise.resolve(processing(...given)),
  getCacheKey: (_, file, options) => createHash('sha256').update(importing(file, options)).digest('hex'),
};
