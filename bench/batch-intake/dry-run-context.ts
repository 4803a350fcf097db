import { Workspaces } from '../../runtime/catalog/index.ts';
import { readConfig } from '../../runtime/config/index.ts';
import type { ForeseeBatchContext } from '../../runtime/batch/index.ts';
import type { Database } from '../../runtime/database/index.ts';
import { loadSecretKey } from '../../runtime/secrets/index.ts';

/** By what a service with this home decides what a batch would do. */
export async function dryRunContext(db: Database, home: string): Promise<ForeseeBatchContext> {
  const config = readConfig({ HOME: home, SEED_HOME: home });
  const workspaces = new Workspaces(db, config);
  const hostPaths = { roots: config.hostRoots, home: config.home, engineSockets: [] };
  const secretKey = await loadSecretKey(config);
  return {
    submission: { config, engineSockets: [] },
    foresee: { config, workspaces, hostPaths, secretKey },
  };
}
