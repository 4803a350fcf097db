import type { Queries } from '../database/index.ts';

/**
 * Says anew whether what a private queue has still to do reuses what earlier executions made: its recipes, with the jobs
 * that they will have, and those that do not run and have not completed.
 * @param reuse false: as job types say
 */
export async function changeReuse(tx: Queries, queue: string, reuse: boolean): Promise<void> {
  const changed = `case when $2 then configuration || '{"reuse": true}' else configuration - 'reuse' end`;
  await tx.query(
    `with recipes as (
       update recipe set configuration = ${changed} where queue = $1 and not is_completed
     )
     update job set reuse = case when $2 then true end, configuration = ${changed}
     where queue = $1 and status not in ('RUNNING', 'COMPLETED')`,
    [queue, reuse],
  );
}
