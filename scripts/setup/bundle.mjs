import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { precompiled } from './precompiled.mjs';
import { root } from './root.mjs';

/** Packages that are optional and never reached here, native (sharp too) and looked for at run time, or yardsticks of benchmarks. */
export const external = [
  'better-sqlite3',
  'docker-modem/lib/ssh.js',
  'graphile-worker',
  'mariadb',
  'mysql',
  'mysql2',
  'oracledb',
  'pg-boss',
  'pg-cloudflare',
  'pg-native',
  'pg-query-stream',
  'sharp',
  'sqlite3',
  'tedious',
  '*.node',
];

/** CommonJS packages inside ES modules still ask for these. */
export const banner = `import { createRequire as seedbedRequire } from 'node:module';
const require = seedbedRequire(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;

/**
 * Bundles entries (name → source file) for `out`, in memory. Split, so that what is behind an `import()` costs nothing
 * until it is needed: unbundled imports took 525 ms. Each entry apart: what they share would be cut into chunks for every
 * way in which commands share it, and a run opened 38 files in place of 17, at 0.2 to 0.5 ms each.
 * @param isApart false: all in one call, for programs of tests that are made more often than they are started
 * @returns what esbuild made: files with `path` and `contents`, and the sources that it read
 */
export async function bundle(entries, out, isApart = true) {
  const all = Object.entries(entries);
  const results = isApart
    ? await Promise.all(all.map((entry) => bundleTogether([entry], out, `chunks/${entry[0]}`)))
    : [await bundleTogether(all, out, 'chunks')];
  return {
    outputFiles: results.flatMap(({ outputFiles }) => outputFiles.map(withoutNeedlessBanner)),
    inputs: [...new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)))],
  };
}

/** Most chunks are ES modules through and through. Its lines stay, for the source map. */
function withoutNeedlessBanner({ path: file, text, contents }) {
  const isNeeded = /\b(require|__filename|__dirname)\b/.test(text.replace(banner, ''));
  if (!file.endsWith('.js') || isNeeded) return { path: file, contents };
  return { path: file, contents: Buffer.from(text.replace(banner, banner.replace(/[^\n]/g, ''))) };
}

async function bundleTogether(entries, out, chunks) {
  // Not before `npm ci`.
  const { build } = await import('esbuild');
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  return build({
    absWorkingDir: root,
    entryPoints: entries.map(([name, source]) => ({ in: source, out: name })),
    outdir: out,
    chunkNames: `${chunks}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    metafile: true,
    write: false,
    // Names stay, for stacks that people can read; less text is 10 ms less to compile.
    minifyWhitespace: true,
    minifySyntax: true,
    external,
    define: { 'process.env.SEEDBED_VERSION': JSON.stringify(version) },
    banner: { js: banner },
    logLevel: 'warning',
    plugins: [shebang(entries.map(([, source]) => source)), deferred, precompiled, withoutFetch, mediaTypes],
  });
}

/** Every entry begins with a shebang line, whether its source has one or not; what is imported needs none, and may have one. */
function shebang(sources) {
  const entries = new Set(sources.map((source) => path.join(root, source)));
  return {
    name: 'shebang',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        if (!entries.has(file)) return undefined;
        const source = await readFile(file, 'utf8');
        return {
          contents: source.startsWith('#!') ? source : `#!/usr/bin/env node\n${source}`,
          loader: 'ts',
        };
      });
    },
  };
}

/**
 * dockerode loads gRPC (for BuildKit's credentials) and docker-modem loads ssh2 before anyone asks for them: 50 of the
 * 60 ms that the engine's client takes to load. Both export one function, which can wait for its call. The first
 * answers by a callback, so it may come from a chunk of its own; the second returns at once and stays in its package.
 */
const deferred = {
  name: 'deferred',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/(session|ssh)$/ }, ({ path: name, importer, resolveDir }) => {
      const owner = /node_modules\/(dockerode|docker-modem)\/lib\//.exec(importer)?.[1];
      if (owner === 'dockerode') return { path: path.join(resolveDir, `${name}.js`), namespace: 'imported' };
      if (owner === 'docker-modem')
        return { path: path.posix.join(owner, 'lib', `${name}.js`), namespace: 'required' };
      return undefined;
    });
    onLoad({ filter: /.*/, namespace: 'imported' }, ({ path: file }) => ({
      contents: `module.exports = (...args) => void import(${JSON.stringify(file)}).then((it) => it.default(...args));`,
      resolveDir: path.dirname(file),
    }));
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path: file }) => ({
      contents: `module.exports = (...args) => require(${JSON.stringify(file)})(...args);`,
    }));
  },
};

/**
 * pg asks whether it runs on Cloudflare by making a Response, for which Node loads its whole HTTP client: 25 ms.
 */
const withoutFetch = {
  name: 'without fetch',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/pg\/lib\/stream\.js$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      const contents = source.replace(/typeof Response === 'function'/, 'false');
      if (contents === source) throw new Error(`${file} has changed: see scripts/setup/bundle.mjs`);
      return { contents };
    });
  },
};

/** Of 2,500 media types, 1,000 have a file name extension, and only those are ever looked for; not before a file is named. */
const mediaTypes = {
  name: 'media types',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^mime-types$/ }, ({ importer }) =>
      importer.endsWith('.ts') ? { path: 'mime-types', namespace: 'types' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'types' }, () => ({
      contents: `export const lookup = (name) => require('mime-types').lookup(name);`,
      resolveDir: root,
    }));
    onLoad({ filter: /node_modules\/mime-db\/db\.json$/ }, async ({ path: file }) => {
      const all = Object.entries(JSON.parse(await readFile(file, 'utf8')));
      const named = all.filter(([, { extensions }]) => extensions);
      return { contents: JSON.stringify(Object.fromEntries(named)), loader: 'json' };
    });
  },
};
