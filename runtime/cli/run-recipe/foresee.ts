import { Workspaces } from '../../catalog/index.ts';
import type { ForeseenDocument } from '../../client/index.ts';
import type { Config } from '../../config/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import type { Engine } from '../../engine/index.ts';
import { ensureEventPartitions, hostPathsOf } from '../../jobs/index.ts';
import { acceptRecipeIn, foreseeRecipe } from '../../scheduler/index.ts';
import { loadSecretKey } from '../../secrets/index.ts';
import { userName } from '../run/registration.ts';
import { configurationOf } from './local-recipe.ts';
import type { PreparedRecipe } from './prepare.ts';
import { registerRecipe } from './register-recipe.ts';

/** What a dry run works with. */
export interface DryRun {
  readonly prepared: PreparedRecipe;
  readonly reuse: boolean;
  readonly engine: Engine;
  readonly database: LastingDatabase;
  readonly config: Config;
}

/** What the recipe would do, as a service tells it. Of what is registered for that nothing stays. @throws recipe-file-invalid */
export async function foreseeLocally({
  prepared,
  reuse,
  engine,
  database: db,
  config,
}: DryRun): Promise<ForeseenDocument> {
  await ensureEventPartitions(db);
  const { socket } = await engine.capabilities();
  const engineSockets = socket === undefined ? [] : [socket];
  const workspaces = new Workspaces(db, config);
  try {
    const context = {
      ...{ config, workspaces, secretKey: await loadSecretKey(config) },
      hostPaths: hostPathsOf(config, engineSockets),
    };
    const { begun, foreseen } = await foreseeRecipe(db, context, async (tx, recipes) => {
      const { typeId, revisionNum, input } = await registerRecipe((work) => work(tx), prepared);
      const request = { typeId, revisionNum, input, configuration: configurationOf(reuse) };
      return acceptRecipeIn(tx, recipes, { config, engineSockets }, request, userName());
    });
    const own = prepared.warnings.map((warning) => ({ ...warning, path: '' }));
    return { ...foreseen, warnings: [...own, ...begun.warnings] } as ForeseenDocument;
  } finally {
    workspaces.close();
  }
}
