import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundle } from './bundle.mjs';
import { say } from './report.mjs';
import { root } from './root.mjs';

/** Commands, and what others import (`exports` of package.json), by the names of their files in `dist/`. */
const commands = {
  seed: 'runtime/cli/seed.ts',
  'seed-run': 'runtime/cli/seed-run.ts',
  dag: 'runtime/dag/index.ts',
  client: 'runtime/client/index.ts',
};

const recipe = [
  'package.json',
  'package-lock.json',
  'scripts/setup/bundle.mjs',
  'scripts/setup/precompiled.mjs',
];

/**
 * Bundles the commands into `dist/`, unless the files that the last build read are unchanged.
 * @param entries name in `dist/` → source file; @param out the directory, relative to the checkout
 * @param way what bundles them in place of `bundle`, and the files that say how
 */
export async function ensureBuild(entries = commands, out = 'dist', way = { bundle, recipe: [] }) {
  const stamp = path.join(root, out, '.inputs.json');
  if (await unchanged(stamp, entries, way)) return say('build', `${out}/ is up to date`);
  const bundled = await way.bundle(entries, out);
  const inputs = bundled.inputs.filter((file) => !/node_modules\/|^[a-z]+:/.test(file));
  const files = bundled.outputFiles.map(({ path: file, contents }) => ({ file, contents }));
  files.push({
    file: stamp,
    contents: JSON.stringify({ root, entries, inputs, hash: await hashOf(inputs, way) }),
  });
  await replaceDirectory(path.join(root, out), files);
  for (const name of Object.keys(entries)) await chmod(path.join(root, out, `${name}.js`), 0o755);
  const bytes = files.reduce(
    (sum, { file, contents }) => sum + (file.endsWith('.js') ? contents.length : 0),
    0,
  );
  say('build', `${out}/ built from ${inputs.length} sources, ${(bytes / 2 ** 20).toFixed(1)} MiB`);
}

async function unchanged(stamp, entries, way) {
  try {
    const last = JSON.parse(await readFile(stamp, 'utf8'));
    return (
      last.root === root &&
      JSON.stringify(last.entries) === JSON.stringify(entries) &&
      last.hash === (await hashOf(last.inputs, way))
    );
  } catch {
    return false;
  }
}

async function hashOf(inputs, way) {
  const hash = createHash('sha256');
  const texts = await Promise.all(
    [...recipe, ...way.recipe, ...inputs].map((file) => readFile(path.join(root, file))),
  );
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

/** Whole or not at all: a command that starts meanwhile finds the old files or the new ones. */
async function replaceDirectory(directory, files) {
  const fresh = path.join(root, `.cache/build-${process.pid}`);
  for (const { file, contents } of files) {
    const target = path.join(fresh, path.relative(directory, file));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, contents);
  }
  const old = `${fresh}-old`;
  await rename(directory, old).catch(() => undefined);
  await rename(fresh, directory);
  await rm(old, { recursive: true, force: true });
}
