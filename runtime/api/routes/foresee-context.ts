import type { ForeseeBatchContext } from '../../batch/index.ts';
import { hostPathsOf } from '../../jobs/index.ts';
import type { ForeseeContext } from '../../scheduler/index.ts';
import { loadSecretKey } from '../../secrets/index.ts';
import type { Context } from '../context.ts';
import { bounded } from '../request/parameters.ts';

/** By what it is decided what a recipe would do. */
export async function foreseeContext({
  config,
  workspaces,
  engineSockets,
}: Context): Promise<ForeseeContext> {
  const hostPaths = hostPathsOf(config, engineSockets);
  return { config, workspaces, hostPaths, secretKey: await loadSecretKey(config) };
}

/** By what it is decided what a batch would do. */
export async function foreseeBatchContext(context: Context): Promise<ForeseeBatchContext> {
  return { submission: context, foresee: await foreseeContext(context) };
}

/** Of a batch: so many recipes or jobs are looked at. */
export const foreseenLimit = bounded(
  1,
  1000,
  100,
  'Of a dry run: the first recipes or jobs, which are looked at.',
);
