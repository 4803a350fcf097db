/**
 * The transitions of a job in plain SQL, one statement each, for many jobs or one. They write what the jobs room writes.
 * The number of jobs stands in their text: of a parameter, the planner of a prepared statement supposes a tenth of the
 * whole table, and reads all of it.
 */
export const transitions = (batch: number) => ({
  /** $1 job type, $2 revision. */
  submit: `
    with made as (
      insert into job (job_type_id, job_type_revision_id, status, timeout, input, resources, created_by, queued)
      select $1, $2, 'QUEUED', 60, '{"version": "7", "files": {}, "json": {}}', '{"cpus": 1, "mem": 128, "disk": 0}',
        'bench', now()
      from generate_series(1, ${batch}) returning id
    )
    insert into event (entity, entity_id, kind, actor) select 'job', id, 'queued', 'bench' from made`,

  /** $1 node, $2 the first of as many slots that are free. Gives the ids of the executions. */
  claim: `
    with head as materialized (
      select id from job where queue = 'default' and status = 'QUEUED' and not_before is null
      order by priority, job_type_revision_id, queued, id limit ${batch} for update skip locked
    ), placed as (
      select id, $2::integer + (row_number() over ())::integer - 1 as slot from head
    ), started as (
      update job set status = 'RUNNING', num_exes = num_exes + 1, started = now(), last_status_change = now(),
        last_modified = now()
      from head where job.id = head.id
      returning job.id, num_exes, queued, job_type_id, resources
    ), made as (
      insert into job_exe (job_id, exe_num, status, runtime, node, node_id, resources, attempt_directory, queued, job_type_id)
      select id, num_exes, 'RUNNING', 'bench', 'bench', $1, resources, '/attempts/' || id, queued, job_type_id from started
      returning id, job_id, exe_num, resources
    ), taken as (
      update slot set job_exe_id = made.id, job_type_id = started.job_type_id, runtime = 'bench',
        resources = made.resources, since = now()
      from made join placed on placed.id = made.job_id join started on started.id = made.job_id
      where slot.node_id = $1 and slot.index = placed.slot and slot.job_exe_id is null
    ), events as (
      insert into event (entity, entity_id, kind, attempt, actor, data)
      select 'job', job_id, 'started', exe_num, 'bench', jsonb_build_object('job_exe', id, 'node', 'bench') from made
    )
    select id from made`,

  /** $1 ids of executions. */
  finish: `
    with ended as (
      update job_exe set status = 'COMPLETED', exit_code = 0, output = '{"version": "7", "files": {}, "json": {}}',
        steps = '[]', ended = now()
      where id = any($1::bigint[]) and epoch = 1 and status = 'RUNNING' returning id, job_id, exe_num, output
    ), freed as (
      update slot set job_exe_id = null, job_type_id = null, runtime = null, resources = null, since = now()
      from ended where slot.job_exe_id = ended.id
    ), settled as (
      update job set status = 'COMPLETED', output = ended.output, ended = now(), last_status_change = now(),
        last_modified = now()
      from ended where job.id = ended.job_id
    )
    insert into event (entity, entity_id, kind, attempt, actor, data)
    select 'job', job_id, 'completed', exe_num, 'bench', jsonb_build_object('job_exe', id, 'exit_code', 0) from ended`,

  waiting: `select count(*)::integer as count from job where status = 'QUEUED'`,
});

/** $1 jobs, $2 job type, $3 revision: a queue as it was submitted long ago. */
export const fill = `
  insert into job (job_type_id, job_type_revision_id, status, timeout, input, resources, created_by, queued)
  select $2, $3, 'QUEUED', 60, '{"version": "7", "files": {}, "json": {}}', '{"cpus": 1, "mem": 128, "disk": 0}',
    'bench', now()
  from generate_series(1, $1::integer)`;
