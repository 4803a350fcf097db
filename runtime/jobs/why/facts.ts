import type { Queries } from '../../database/index.ts';
import { waitParents } from './parents.ts';
import type { WaitFacts } from './reasons.ts';

/** Jobs that come first are counted up to this number: a queue may hold millions. */
const mostAhead = 1000;

/** What the database knows that can keep a job waiting, and what tells which settings it lacks. */
export interface StoredFacts {
  readonly facts: Omit<WaitFacts, 'missing'>;
  readonly jobTypeId: number;
  readonly manifest: unknown;
  readonly typeConfiguration: Record<string, unknown>;
  readonly configuration: Record<string, unknown>;
}

/** @returns undefined when there is no such job */
export async function storedFacts(db: Queries, jobId: number): Promise<StoredFacts | undefined> {
  return (await storedFactsOf(db, [jobId], true)).get(jobId);
}

/**
 * As `storedFacts`, for several jobs, by their ids; those that are not there are left out.
 * @param withAhead whether to count who comes first, which is most of what it costs
 */
export async function storedFactsOf(
  db: Queries,
  jobIds: readonly number[],
  withAhead: boolean,
): Promise<Map<number, StoredFacts>> {
  const text = statement(withAhead ? ahead : 'select 0');
  const rows = await db.query<StoredFacts & { readonly id: number }>(text, [jobIds]);
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}

const driven = `exists (select from runtime where n.id = any(runtime.nodes) and runtime.lease_until > now())`;

const nodes = `
  select coalesce(jsonb_agg(jsonb_build_object(
    'name', n.name, 'paused', n.is_paused, 'online', n.state = 'READY' and ${driven},
    'problems', n.problems, 'capacity', n.capacity,
    'promised', coalesce((select jsonb_object_agg(name, total) from (
      select p.key as name, sum(p.value::double precision) as total
      from slot s cross join lateral jsonb_each_text(s.resources) p
      where s.node_id = n.id and s.job_exe_id is not null group by p.key) sums), '{}'),
    'freeSlots', (select count(*) from slot s where s.node_id = n.id and s.job_exe_id is null),
    'image', (select jsonb_build_object('state', i.state, 'since', i.since, 'error', i.error)
      from node_image i where i.node_id = n.id and i.image = r.docker_image)
  ) order by n.name), '[]')
  from node n where n.is_active`;

const queued = `o.queue = j.queue and o.status = 'QUEUED' and o.not_before is null`;

/**
 * Jobs that would be taken first: of a lower priority number, or older; those of paused types do not count. Both are looked
 * up in the order of the index of the queue, the older ones by revision: for whoever comes first the whole queue would be
 * read in vain.
 */
const ahead = `
  select count(*) from (
    (select from job o join job_type ot on ot.id = o.job_type_id and ot.is_active and not ot.is_paused
     where ${queued} and o.priority < j.priority
     order by o.priority, o.job_type_revision_id, o.queued, o.id limit ${mostAhead})
    union all
    (select from job_type_revision r join job_type ot on ot.id = r.job_type_id and ot.is_active and not ot.is_paused
     cross join lateral (
       select from job o where ${queued} and o.priority = j.priority and o.job_type_revision_id = r.id
         and (o.queued, o.id) < (j.queued, j.id) order by o.queued, o.id limit ${mostAhead}) o
     limit ${mostAhead})
    limit ${mostAhead}) first`;

const statement = (first: string) => `
  select j.id, t.id as "jobTypeId", r.manifest, t.configuration as "typeConfiguration", j.configuration,
    jsonb_build_object(
      'status', j.status, 'resources', j.resources, 'notBefore', j.not_before, 'error', j.error,
      'awaited', case when j.awaited_job_exe_id is not null and j.not_before is not null then jsonb_build_object(
        'jobExeId', j.awaited_job_exe_id, 'jobId', (select a.job_id from job_exe a where a.id = j.awaited_job_exe_id)) end,
      'awaitsInput', j.awaits_input,
      'parents', case when j.recipe_id is not null and j.status in ('PENDING', 'BLOCKED') then (${waitParents}) else '[]' end,
      'canceling', j.cancel_requested is not null,
      'schedulerPaused', (select is_paused from scheduler), 'image', r.docker_image,
      'type', jsonb_build_object('name', t.name, 'version', t.version, 'paused', t.is_paused, 'active', t.is_active,
        'maxScheduled', t.max_scheduled,
        'running', (select count(*) from slot s where s.job_type_id = t.id)),
      'ahead', case when j.status = 'QUEUED' then (${first}) else 0 end,
      'nodes', case when j.status = 'QUEUED' then (${nodes}) else '[]' end,
      'runtimeLives', case when j.status = 'RUNNING' then (
        select exists (select from runtime where runtime.id = x.runtime and runtime.lease_until > now())
        from job_exe x where x.job_id = j.id and x.status = 'RUNNING' and x.node_id is not null) end,
      'lostEngine', case when j.status = 'RUNNING' then (
        select jsonb_build_object('node', n.name, 'problem', p.value->>'description')
        from job_exe x join node n on n.id = x.node_id cross join lateral jsonb_array_elements(n.problems) p
        where x.job_id = j.id and x.status = 'RUNNING' and n.state = 'OFFLINE' and p.value->>'name' = 'BAD_DAEMON' limit 1) end
    ) as facts
  from job j join job_type t on t.id = j.job_type_id join job_type_revision r on r.id = j.job_type_revision_id
  where j.id = any($1)`;
