import { WaitReasonDocument } from './job.ts';
import { JobTypeBaseDocument } from './job-type.ts';
import { boolean, count, countIsEstimate, mapOf, oneOf, string, time, Type } from './schema.ts';

export const VersionDocument = Type.Object(
  { version: string, installation: Type.String({ format: 'uuid', description: 'Of its database.' }) },
  { $id: 'Version' },
);

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
    count_is_estimate: countIsEstimate,
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

const amounts = mapOf(Type.Number());

/** What waiting and running jobs need together, and what there is. */
export const QueuedResourcesDocument = Type.Object(
  {
    cluster_resources: amounts,
    queue_lengths: Type.Object({ PENDING: count, QUEUED: count, RUNNING: count }),
    total_resources: Type.Object({ PENDING: amounts, QUEUED: amounts, RUNNING: amounts }),
    is_estimate: boolean,
  },
  { $id: 'QueuedResources' },
);
