import type { Queries } from '../database/index.ts';

/** Why a file must stay. */
export interface Need {
  readonly fileId: number;
  /**
   * `hold`: somebody holds it; `job`, `recipe`: one that is not over could still read it; `batch`: one is being made of it;
   * `schedule`: it gives it to what it begins.
   */
  readonly by: 'hold' | 'job' | 'recipe' | 'batch' | 'schedule';
  /** Of the job, recipe, batch or schedule; null of a hold. */
  readonly id: number | null;
  /** For people. */
  readonly words: string;
}

/**
 * Jobs whose input has to stay: those that wait or run, and those that failed and can be requeued. Who does not want the
 * latter cancels them; a canceled job that is requeued after its input is gone fails, and says so.
 */
const jobNeeds = `(j.status in ('PENDING', 'BLOCKED', 'QUEUED', 'RUNNING') or (j.status = 'FAILED' and not j.is_superseded))`;

/** Recipes whose files have to stay: those in which something goes on, or is there to be requeued. */
const recipeNeeds = `not r.is_completed and not r.is_superseded and (r.nodes_left > r.nodes_stuck
  or exists (select from job j where j.root_recipe_id = r.id and (j.status in ('QUEUED', 'RUNNING')
    or (j.status = 'FAILED' and not j.is_superseded))))`;

/**
 * What some files are needed for, one reason for each. Products of recipes that go on are needed by nodes that have not
 * been started yet, also where a recipe took them over from the one that it supersedes.
 */
export async function needsOf(db: Queries, fileIds: readonly number[]): Promise<Map<number, Need>> {
  if (fileIds.length === 0) return new Map();
  const rows = await db.query<Need>(
    `with recursive made as (
       select f.id, f.recipe_id from scale_file f where f.id = any($1::bigint[]) and f.recipe_id is not null
       union select f.id, n.recipe_id from scale_file f join recipe_node n on n.job_id = f.job_id where f.id = any($1::bigint[])
     ), around as (
       select id, recipe_id from made
       union select a.id, n.recipe_id from around a join recipe_node n on n.sub_recipe_id = a.recipe_id
     ), used as (
       select id, recipe_id from around
       union select input_file_id, recipe_id from recipe_input_file where input_file_id = any($1::bigint[])
     ), found as (
       select file_id as "fileId", 1 as rank, 'hold' as by, null::bigint as id, 'it is held: ' || reason as words
         from file_hold where file_id = any($1::bigint[])
       union all
       select i.input_file_id, 2, 'job', j.id, 'job ' || j.id || ' (' || j.status || ') has it as input'
         from job_input_file i join job j on j.id = i.job_id where i.input_file_id = any($1::bigint[]) and ${jobNeeds}
       union all
       select u.id, 3, 'recipe', r.id, 'recipe ' || r.id || ' is not completed'
         from used u join recipe p on p.id = u.recipe_id join recipe r on r.id = p.root_recipe_id where ${recipeNeeds}
       union all
       select d.file_id, 4, 'batch', b.id, 'batch ' || b.id || ' is being made of it'
         from dataset_file d join batch b on b.dataset_id = d.dataset_id and b.state in ('STAGING', 'CREATING')
         where d.file_id = any($1::bigint[])
       union all
       select given.id, 5, 'schedule', s.id, 'the schedule ' || s.name || ' gives it to what it begins'
         from schedule s cross join lateral (
           select (v #>> '{}')::bigint as id from jsonb_path_query(s.target, '$.recipe.input.files.*[*] ? (@.type() == "number")') v
           union all
           select d.file_id from dataset_file d where d.dataset_id = (s.target #>> '{batch,definition,dataset}')::bigint
             and d.file_id = any($1::bigint[])
         ) given where given.id = any($1::bigint[])
     )
     select distinct on ("fileId") "fileId", by, id, words from found order by "fileId", rank, id`,
    [fileIds],
  );
  return new Map(rows.map((row) => [row.fileId, row]));
}
