import type { Queries } from '../../database/index.ts';

/** Members that are followed in one transaction. */
const membersAtOnce = 500;

/**
 * What hangs on members of a purge, given as `member (kind, member_id)`: of a file all that was made of it, and the jobs
 * and recipes that were given it; of a job its products and the recipes that it is a part of; of a recipe its parts.
 * Recipes are known by the one at the top.
 */
const hanging = `
  select 'file' as kind, l.descendant_id as id from member m join file_ancestry_link l on l.ancestor_id = m.member_id
    where m.kind = 'file'
  union select 'job', i.job_id from member m join job_input_file i on i.input_file_id = m.member_id where m.kind = 'file'
  union select 'recipe', r.root_recipe_id from member m join recipe_input_file i on i.input_file_id = m.member_id
    join recipe r on r.id = i.recipe_id where m.kind = 'file'
  union select 'file', f.id from member m join scale_file f on f.job_id = m.member_id where m.kind = 'job'
  union select 'recipe', j.root_recipe_id from member m join job j on j.id = m.member_id
    where m.kind = 'job' and j.root_recipe_id is not null
  union select 'recipe', r.root_recipe_id from member m join recipe_node n on n.job_id = m.member_id
    join recipe r on r.id = n.recipe_id where m.kind = 'job'
  union select 'recipe', r.id from member m join recipe r on r.root_recipe_id = m.member_id where m.kind = 'recipe'
  union select 'recipe', r.root_recipe_id from member m join recipe_node n on n.sub_recipe_id = m.member_id
    join recipe r on r.id = n.recipe_id where m.kind = 'recipe'`;

/** Follows some members. @returns false when there were none that had not been followed */
export async function followMembers(tx: Queries, purgeId: number): Promise<boolean> {
  const [counted] = await tx.query<{ followed: number }>(
    `with member as materialized (
       select kind, member_id from purge_member where purge_id = $1 and not is_done
       order by kind, member_id limit ${membersAtOnce}
     ), found as (${hanging}
     ), added as (
       insert into purge_member (purge_id, kind, member_id) select $1, kind, id from found on conflict do nothing
     ), followed as (
       update purge_member p set is_done = true from member m
       where p.purge_id = $1 and p.kind = m.kind and p.member_id = m.member_id returning 1
     )
     select count(*) as followed from followed`,
    [purgeId],
  );
  return counted!.followed > 0;
}

/** What has come of members since they were followed. @returns whether there is any */
export async function addNewcomers(tx: Queries, purgeId: number): Promise<boolean> {
  const added = await tx.execute(
    `with member as materialized (select kind, member_id from purge_member where purge_id = $1)
     insert into purge_member (purge_id, kind, member_id)
     select $1, found.kind, found.id from (${hanging}) found on conflict do nothing`,
    [purgeId],
  );
  return added > 0;
}

/**
 * A recipe that was given nothing but what goes exists because of that: all of its jobs go, too. Of one that was given
 * other files as well, only the jobs go that took something of what goes.
 * @returns whether there are any that were no members before
 */
export async function addWholeRecipes(tx: Queries, purgeId: number): Promise<boolean> {
  const added = await tx.execute(
    `insert into purge_member (purge_id, kind, member_id)
     select $1, 'job', j.id from purge_member m join recipe r on r.id = m.member_id and r.root_recipe_id = r.id
       join job j on j.root_recipe_id = r.id
     where m.purge_id = $1 and m.kind = 'recipe' and not exists (
       select from recipe_input_file i where i.recipe_id = r.id and not exists (
         select from purge_member f where f.purge_id = $1 and f.kind = 'file' and f.member_id = i.input_file_id))
     on conflict do nothing`,
    [purgeId],
  );
  return added > 0;
}
