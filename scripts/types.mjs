import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { runScript } from './setup/report.mjs';
import { root } from './setup/root.mjs';

/** What others import; see `exports` in package.json. */
const entries = ['runtime/dag/index.ts'];
const out = path.join(root, 'dist/types');

/** Declares the types of what others import, in `dist/types`; for the package only, nothing here needs them. */
await runScript(async () => {
  await ensureDependencies();
  await rm(out, { recursive: true, force: true });
  const configuration = {
    extends: '../tsconfig.json',
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      outDir: out,
      rootDir: root,
    },
    include: [],
    files: entries.map((file) => path.join(root, file)),
  };
  const file = path.join(root, 'dist/types.tsconfig.json');
  await writeFile(file, JSON.stringify(configuration));
  try {
    execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', file], {
      cwd: root,
      stdio: 'inherit',
    });
  } finally {
    await rm(file);
  }
  // Whoever imports them has files of JavaScript there, not of TypeScript.
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const declared = path.join(entry.parentPath, entry.name);
    const text = await readFile(declared, 'utf8');
    await writeFile(declared, text.replace(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
});
