import { WaitReasonDocument } from './job.ts';
import { JobTypeBaseDocument } from './job-type.ts';
import { anyObject, boolean, count, id, mapOf, nullable, oneOf, string, time, Type } from './schema.ts';

export const VersionDocument = Type.Object({ version: string }, { $id: 'Version' });

/** How jobs are placed. */
export const SchedulerDocument = Type.Object(
  {
    is_paused: boolean,
    queue_mode: oneOf(['FIFO', 'LIFO']),
    num_message_handlers: count,
    system_logging_level: string,
  },
  { $id: 'Scheduler' },
);

/** What waits of a job type. */
export const QueuedTypeDocument = Type.Object(
  {
    job_type: JobTypeBaseDocument,
    count,
    longest_queued: time,
    highest_priority: Type.Integer({ minimum: 0 }),
    delayed: Type.Integer({ minimum: 0, description: 'Of those, jobs that are tried again later.' }),
    waiting_for: Type.Array(WaitReasonDocument),
  },
  { $id: 'QueuedType' },
);

/** How many jobs stood where at one time. */
export const LoadPointDocument = Type.Object(
  { time, pending_count: count, queued_count: count, running_count: count },
  { $id: 'LoadPoint' },
);

const state = Type.Object({ name: string, title: string, description: string });
const dependency = Type.Object({
  OK: boolean,
  detail: Type.Object({ msg: string }),
  errors: Type.Array(anyObject),
  warnings: Type.Array(anyObject),
});
const amounts = mapOf(mapOf(Type.Number()));

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
  job_executions: Type.Object({
    running: Type.Object({ total: count, by_job_type: Type.Array(anyObject) }),
  }),
});

/** The whole of it, now. */
export const StatusDocument = Type.Object(
  {
    timestamp: time,
    dependencies: mapOf(dependency),
    scheduler: Type.Object({ hostname: nullable(string), state, warnings: Type.Array(anyObject) }),
    system: Type.Object({ services: Type.Array(anyObject) }),
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

export const LivenessDocument = Type.Object({ status: Type.Literal('ok') }, { $id: 'Liveness' });
