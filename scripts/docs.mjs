import path from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { runScript } from './setup/report.mjs';
import { root } from './setup/root.mjs';

/**
 * `npm run docs`: fills the generated sections of the pages in docs/ anew, and the types of the client. `node scripts/docs.mjs --check [DIRECTORY]`:
 * changes nothing, and ends with 1 when a page is stale.
 */
await runScript(async () => {
  const { refresh, stalePages } = await tsImport('./docs/pages.ts', import.meta.url);
  const { apiTypesFile, refreshApiTypes } = await tsImport('./docs/api-types.ts', import.meta.url);
  const [check, directory = path.join(root, 'docs')] = process.argv.slice(2);
  if (check !== '--check') {
    for (const page of refresh(directory)) console.log(`${page} written`);
    if (await refreshApiTypes(root, false)) console.log(`${apiTypesFile} written`);
    return 0;
  }
  const stale = stalePages(directory);
  if (process.argv[3] === undefined && (await refreshApiTypes(root, true))) stale.push(apiTypesFile);
  for (const page of stale) console.error(`${page} is stale: run \`npm run docs\``);
  return stale.length > 0 ? 1 : 0;
});
