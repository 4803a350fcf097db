import type { Database, Queries } from '../../database/index.ts';
import { type Execution, finish, holds, recordEvent } from '../../jobs/index.ts';
import { advanceOrLeave, lockRecipes, type RecipeContext } from '../../recipes/index.ts';
import { replaced } from './replaced.ts';
import { type Done, type ExecutedIdentity, productsOf, recordIdentity } from './store.ts';

/** What becomes of an execution that is to take what another one made: `gone` when that is no longer there. */
export type Taking = 'taken' | 'gone' | 'lost';

/**
 * Ends an execution with what another one made, in one transaction: the job is COMPLETED with the same output, and its
 * recipe goes on. Nobody deletes the files meanwhile.
 * @returns `lost` when it was no longer this runtime's
 */
export function takeDone(
  db: Database,
  execution: Execution,
  done: Done,
  identity: ExecutedIdentity,
  recipes: RecipeContext | undefined,
): Promise<Taking> {
  return db.transaction(async (tx) => {
    if (execution.rootRecipeId != null) await lockRecipes(tx, [execution.rootRecipeId]);
    if (!(await holds(tx, execution))) return 'lost';
    const products = productsOf(done.output);
    if (!(await areKept(tx, products))) return 'gone';
    // First, so that these products are not unpublished with a job that this one replaces.
    await tx.query('update job set reused_job_exe_id = $2 where id = $1', [execution.jobId, done.id]);
    await finish(tx, execution, {
      status: 'COMPLETED',
      exitCode: null,
      error: null,
      output: done.output,
      steps: [],
      stdoutPath: null,
      stderrPath: null,
    });
    await recordEvent(tx, {
      entity: 'job',
      id: execution.jobId,
      kind: 'reused',
      attempt: execution.exeNum,
      actor: execution.runtime,
      data: { job_exe: execution.id, reused_job_exe: done.id, reused_job: done.jobId },
    });
    await recordIdentity(tx, execution, identity);
    if (recipes && execution.rootRecipeId != null) await advanceOrLeave(tx, recipes, [execution.jobId]);
    await publishAgain(tx, execution.jobId, products);
    return 'taken';
  });
}

/** Whether none of these files is deleted; none will be until the transaction ends. */
async function areKept(tx: Queries, files: readonly number[]): Promise<boolean> {
  if (files.length === 0) return true;
  const rows = await tx.query(
    'select 1 from scale_file where id = any($1) and not is_deleted order by id for share',
    [files],
  );
  return rows.length === files.length;
}

/**
 * They are somebody's results again, after what made them was superseded; not those of a job that was superseded itself meanwhile.
 * What another file has the place of is not found.
 */
async function publishAgain(tx: Queries, jobId: number, files: readonly number[]): Promise<void> {
  if (files.length === 0) return;
  await tx.query(
    `update scale_file f set is_published = true, published = now(), unpublished = null, is_superseded = false,
       superseded = null, last_modified = now()
     where id = any($1) and not is_deleted and (not is_published or is_superseded)
       and not ${replaced('f')} and not (select is_superseded from job where id = $2)`,
    [files, jobId],
  );
}
