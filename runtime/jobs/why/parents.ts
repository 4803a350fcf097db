import { nodeState } from '../read/recipe-base.ts';

/** A node of a recipe that a job waits for. */
export interface WaitParent {
  readonly node: string;
  readonly kind: 'job' | 'recipe' | 'condition';
  /** As its job has it, where it has one. */
  readonly state: string;
  readonly jobId: number | null;
  readonly recipeId: number | null;
}

/** Nodes that are named at most. */
const most = 10;

/**
 * The nodes that a job `j` waits for, as a JSON array: of a PENDING one those right before it that are not done, of a BLOCKED
 * one all before it that are stuck.
 */
export const waitParents = `
  with recursive here as (
    select n.recipe_id, n.name, v.definition->'nodes' as nodes
    from recipe_node n join recipe r on r.id = n.recipe_id join recipe_type_revision v on v.id = r.recipe_type_revision_id
    where n.job_id = j.id and n.is_original and n.item = -1
  ), edge as (
    select d.key as child, before.name as parent from here, jsonb_each(here.nodes) d, lateral (
      select x->>'name' as name from jsonb_array_elements(d.value->'dependencies') x
      union select i.value->>'node' from jsonb_each(d.value->'input') i where i.value->>'type' = 'dependency') before
  ), above as (
    select edge.parent as name from here join edge on edge.child = here.name
    union select edge.parent from above join edge on edge.child = above.name and j.status = 'BLOCKED'
  )
  select coalesce(jsonb_agg(found), '[]') from (
    select p.name as node, p.kind, ${nodeState('p', 'pj')} as state, p.job_id as "jobId", p.sub_recipe_id as "recipeId"
    from here join recipe_node p on p.recipe_id = here.recipe_id and p.item = -1 and p.name in (select name from above)
      left join job pj on pj.id = p.job_id
    where case when j.status = 'BLOCKED' then p.state = 'STUCK' else p.state not in ('COMPLETED', 'SKIPPED') end
    order by p.id limit ${most}) found`;

/** e.g. `node tile (job 12, RUNNING)`. Pure. */
export function parentWords({ node, kind, state, jobId, recipeId }: WaitParent): string {
  const id = jobId ?? recipeId;
  return `node ${node} (${kind}${id === null ? '' : ` ${id}`}, ${state})`;
}
