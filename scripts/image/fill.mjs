import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureBuild } from '../setup/build.mjs';
import { runScript } from '../setup/report.mjs';
import { root } from '../setup/root.mjs';

/** Loaded from its package when an engine is reached by SSH: see `external` in scripts/setup/bundle.mjs. */
const unbundled = ['docker-modem'];

/** `node scripts/image/fill.mjs DIRECTORY`: the bundle, and the packages that it does not hold. Needs no development packages. */
await runScript(async () => {
  const [directory] = process.argv.slice(2);
  await ensureBuild();
  // Without source maps, which are larger than all the rest.
  cpSync(path.join(root, 'dist'), directory, {
    recursive: true,
    filter: (file) => !/\.map$|\/\.inputs/.test(file),
  });
  cpSync(path.join(root, 'package.json'), path.join(directory, 'package.json'));
  for (const folder of closure(unbundled))
    cpSync(path.join(root, folder), path.join(directory, folder), { recursive: true });
});

/** The folders of packages and of all that they depend on. */
function closure(names) {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const found = new Set();
  const visit = (name, dependent) => {
    const inner = `${dependent}/node_modules/${name}`;
    const folder = packages[inner] ? inner : `node_modules/${name}`;
    if (found.has(folder) || !existsSync(path.join(root, folder))) return;
    found.add(folder);
    for (const next of Object.keys(packages[folder].dependencies ?? {})) visit(next, folder);
  };
  for (const name of names) visit(name, '');
  return found;
}
