import type { ForeseeContext } from '../../scheduler/index.ts';
import { loadSecretKey } from '../../secrets/index.ts';
import type { Context } from '../context.ts';

/** By what it is decided what a recipe would do. */
export async function foreseeContext({
  config,
  workspaces,
  engineSockets,
}: Context): Promise<ForeseeContext> {
  const { hostRoots: roots, home, secretKeyFile } = config;
  const hostPaths = { roots, home, engineSockets, ...(secretKeyFile !== undefined && { secretKeyFile }) };
  return { config, workspaces, hostPaths, secretKey: await loadSecretKey(config) };
}
