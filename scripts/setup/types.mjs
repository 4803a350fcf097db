import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { say } from './report.mjs';
import { root } from './root.mjs';

/** See `exports` in package.json. */
const entries = ['runtime/client/index.ts', 'runtime/dag/index.ts'];

/**
 * Writes the types of what others import into `dist/types`, one declaration for each source that they are of, unless those are
 * unchanged. What they say is checked elsewhere (`npm run check:types`).
 */
export async function ensureTypes() {
  const out = path.join(root, 'dist/types');
  const stamp = path.join(out, '.inputs.json');
  if (await unchanged(stamp)) return say('types', 'up to date');
  const { default: ts } = await import('typescript');
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram(
    entries.map((entry) => path.join(root, entry)),
    {
      ...options,
      ...{
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        noCheck: true,
        rootDir: root,
        outDir: out,
      },
    },
  );
  await rm(out, { recursive: true, force: true });
  // Whoever imports them has files of JavaScript there, not of TypeScript.
  const { diagnostics } = program.emit(undefined, (file, text) =>
    ts.sys.writeFile(file, text.replace(/(from |import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2')),
  );
  if (diagnostics.length > 0)
    throw new Error(
      ts.formatDiagnostics(diagnostics, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => '\n',
      }),
    );
  const inputs = program
    .getSourceFiles()
    .map(({ fileName }) => path.relative(root, fileName))
    .filter((file) => !file.startsWith('node_modules/') && !file.endsWith('.json'));
  await mkdir(out, { recursive: true });
  await writeFile(stamp, JSON.stringify({ inputs, hash: await hashOf(inputs) }));
  say('types', `dist/types/ written of ${inputs.length} sources`);
}

async function unchanged(stamp) {
  try {
    const { inputs, hash } = JSON.parse(await readFile(stamp, 'utf8'));
    return hash === (await hashOf(inputs));
  } catch {
    return false;
  }
}

async function hashOf(inputs) {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'tsconfig.json', 'scripts/setup/types.mjs', ...inputs])
    hash.update(await readFile(path.join(root, file))).update('\0');
  return hash.digest('hex');
}
