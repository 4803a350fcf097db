import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild } from './build.mjs';
import { banner, external } from './bundle.mjs';
import { root } from './root.mjs';

const out = '.cache/tests';
const recipe = ['scripts/setup/test-bundles.mjs'];

/**
 * Bundles all test files, and tells jest where they are (`jest.config.js`): without, each of them loads up to 1,500
 * modules one by one through jest's own loader. Packages too: with them outside, to load all 383 files took 126 s of a
 * core in place of 90 s.
 */
export async function ensureTestBundles() {
  const files = ['runtime', 'seed-schema', 'migrations', 'test'].flatMap(testFiles).sort();
  const entries = Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), file]));
  await ensureBuild(entries, out, { bundle: bundleTests, recipe });
  process.env.SEED_TEST_BUNDLES = path.join(root, out);
}

function testFiles(directory) {
  return readdirSync(path.join(root, directory), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(directory, name));
}

/** All in one call, and split: what test files share is read once, and written once. */
async function bundleTests(entries, directory) {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([name, source]) => ({ in: source, out: name })),
    outdir: directory,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Not beside them: jest did not find every one there. It shows the sources themselves.
    sourcemap: 'inline',
    sourcesContent: false,
    metafile: true,
    write: false,
    external: [...external, '@jest/globals'],
    banner: { js: banner },
    logLevel: 'warning',
    plugins: [ownPlaces],
  });
  return { outputFiles, inputs: Object.keys(metafile.inputs) };
}

/** Sources find files beside themselves, from wherever they are bundled into. */
const ownPlaces = {
  name: 'own places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      if (!source.includes('import.meta')) return undefined;
      const places = { url: pathToFileURL(file).href, dirname: path.dirname(file), filename: file };
      const contents = source.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, name) =>
        JSON.stringify(places[name]),
      );
      return { contents, loader: 'ts' };
    });
  },
};
