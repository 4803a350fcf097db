import { Buffer } from 'node:buffer';
import { root } from './root.mjs';

/** The schemas that documents are judged by at every start. */
const schemas = ['manifestSchema', 'metadataSchema'];

/**
 * Generates the functions that accept or refuse a document while the commands are bundled, and loads Ajv only when a
 * document is refused and the reasons are asked for: 35 ms less for each start.
 */
export const precompiled = {
  name: 'precompiled',
  setup({ onLoad, onResolve, esbuild }) {
    onLoad({ filter: /seed-schema\/precompiled\.ts$/ }, async () => ({
      contents: await generate(esbuild),
      resolveDir: root,
    }));
    onResolve({ filter: /^ajv$/ }, ({ importer }) =>
      importer.endsWith('seed-schema/ajv.ts') ? { path: 'ajv', namespace: 'needed' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'needed' }, () => ({
      contents: `export function Ajv(options) { return new (require('ajv').Ajv)(options); }`,
      resolveDir: root,
    }));
  },
};

/** @returns the module that stands in the place of `seed-schema/precompiled.ts` */
async function generate(esbuild) {
  const { _, makeAjv, standalone, ...found } = await sources(esbuild);
  const documents = schemas.map((name) => found[name]);
  const ajv = makeAjv(false, documents);
  Object.assign(ajv.opts.code, { source: true, esm: true, formats: _`formats` });
  const names = Object.fromEntries(documents.map(({ $id }, index) => [`judge${index}`, $id]));
  const table = Object.entries(names).map(([name, id]) => `${JSON.stringify(id)}: ${name}`);
  return `import { formats } from './seed-schema/ajv.ts';
${standalone(ajv, names)}
export const precompiled = { ${table.join(', ')} };`;
}

/** Our schemas and the Ajv that compiles them, out of the sources as they are now. */
async function sources({ build }) {
  const contents = `
    export { _ } from 'ajv';
    export { default as standalone } from 'ajv/dist/standalone/index.js';
    export { makeAjv } from './seed-schema/ajv.ts';
    export { ${schemas.join(', ')} } from './seed-schema/index.ts';`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
