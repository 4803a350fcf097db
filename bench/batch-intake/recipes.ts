import { setTimeout as pause } from 'node:timers/promises';
import type { RecipeDefinition } from '../../seed-schema/index.ts';
import { localWorkspace, registerArrivals } from '../../runtime/catalog/index.ts';
import type { Database } from '../../runtime/database/index.ts';
import { changeScheduler, registerJobType } from '../../runtime/jobs/index.ts';
import { judgeManifest } from '../../runtime/manifest/index.ts';
import { saveRecipe } from '../recipes/types.ts';
import { benchManifest } from '../support/image.ts';

const scene = { name: 'SCENE', required: true, multiple: false, media_types: [] };
const number = { name: 'N', type: 'integer', required: true } as const;

/**
 * The recipe type `intake`, of one job with a file and a number; nothing of it is run, as the scheduler is paused.
 * @returns the id of a file for all of them
 */
export async function intakeType(db: Database): Promise<number> {
  const document = benchManifest({
    ...{ name: 'intake', command: 'true ${SCENE}' },
    ...{ inputs: [{ name: 'SCENE' }], json: [{ name: 'N', type: 'integer' }] },
  });
  await registerJobType(db, judgeManifest(document).manifest!, document, 'bench-nothing:1', 'bench');
  const definition: RecipeDefinition = {
    version: '7',
    input: { files: [scene], json: [number] },
    output: {},
    nodes: {
      one: {
        node_type: {
          node_type: 'job',
          ...{ job_type_name: 'bench-intake', job_type_version: '1.0.0', job_type_revision: 1 },
        },
        dependencies: [],
        input: { SCENE: { type: 'recipe', input: 'SCENE' }, N: { type: 'recipe', input: 'N' } },
      },
    },
  };
  await saveRecipe(db, 'intake', definition);
  await changeScheduler(db, { is_paused: true });
  const { id } = await localWorkspace(db);
  const file = { path: 'scene.tif', size: 1, version: '1-1', sha256: '0'.repeat(64), dataTypes: [] };
  const [row] = await registerArrivals(db, id, [file]);
  return row!.id;
}

/** Waits until the batch has all its recipes. @throws when it has refused any */
export async function created(db: Database, rows: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const [batch] = await db.query<{ state: string; made: number; problem: string | null }>(
      `select state, runs_created as made, problem from batch where name = 'bench'`,
    );
    if (batch?.problem != null) throw new Error(batch.problem);
    if (batch?.state === 'CREATED') {
      if (batch.made !== rows) throw new Error(`${batch.made} recipes were made of ${rows} rows`);
      return;
    }
    await pause(50);
  }
}
