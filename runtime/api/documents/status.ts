import { anyObject, boolean, count, id, mapOf, nullable, string, time, Type } from './schema.ts';

const state = Type.Object({ name: string, title: string, description: string });
const rate = Type.Number({ minimum: 0 });
const amounts = mapOf(mapOf(Type.Number()));
const dependency = Type.Object({
  OK: boolean,
  detail: Type.Object({ msg: string }, { additionalProperties: true }),
  errors: Type.Array(anyObject),
  warnings: Type.Array(anyObject),
});
const counts = Type.Object({
  total: count,
  by_job_type: Type.Array(Type.Object({ job_type_id: id, count })),
});

const node = Type.Object({
  id,
  hostname: string,
  agent_id: string,
  is_active: boolean,
  state,
  errors: Type.Array(anyObject),
  warnings: Type.Array(anyObject),
  node_tasks: Type.Array(anyObject),
  system_tasks: Type.Array(anyObject),
  num_offers: count,
  resources: amounts,
  job_executions: Type.Object(
    {
      running: counts,
      completed: counts,
      failed: Type.Object({ total: count, data: counts, algorithm: counts, system: counts }),
    },
    { description: 'What runs there, and what ended in the last three hours.' },
  ),
});

/** The whole of it, now. */
export const StatusDocument = Type.Object(
  {
    timestamp: time,
    dependencies: mapOf(dependency),
    scheduler: Type.Object({
      metrics: Type.Object(
        {
          task_updates_per_sec: rate,
          new_offers_per_sec: rate,
          jobs_finished_per_sec: rate,
          jobs_launched_per_sec: rate,
          tasks_launched_per_sec: rate,
          offers_launched_per_sec: rate,
          tasks_finished_per_sec: rate,
        },
        { description: 'Over the last minute. A job is one task here, and there are no offers.' },
      ),
      hostname: nullable(string),
      mesos: Type.Object({ framework_id: string, master_hostname: string, master_port: count }),
      state,
      warnings: Type.Array(anyObject),
    }),
    system: Type.Object({
      database_update: Type.Object({ is_completed: boolean, completed: time }),
      services: Type.Array(
        Type.Object({
          name: string,
          title: string,
          description: string,
          actual_count: count,
          desired_count: count,
        }),
      ),
    }),
    vault: Type.Object({ status: string, sealed: boolean, message: string }),
    num_offers: count,
    resources: amounts,
    job_types: Type.Array(
      Type.Object({
        id,
        name: string,
        version: string,
        title: nullable(string),
        description: nullable(string),
        is_system: boolean,
        icon_code: nullable(string),
      }),
    ),
    nodes: Type.Array(node),
  },
  { $id: 'Status' },
);
