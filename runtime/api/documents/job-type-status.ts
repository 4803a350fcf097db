import { ErrorDetailsDocument, errorCategories } from './error-details.ts';
import { jobStatuses } from './execution.ts';
import { JobTypeBaseDocument, StandingJobTypeDocument } from './job-type.ts';
import { count, nullable, oneOf, time, Type } from './schema.ts';

/** Where the jobs of a type stand. */
export const JobTypeStatusDocument = Type.Object(
  {
    job_type: StandingJobTypeDocument,
    job_counts: Type.Array(
      Type.Object({
        status: oneOf(jobStatuses),
        count,
        most_recent: Type.String({ format: 'date-time', description: 'When the last of them came there.' }),
        category: nullable(oneOf(errorCategories)),
      }),
      { description: 'One for each status that jobs are in; FAILED by category of the error.' },
    ),
  },
  { $id: 'JobTypeStatus' },
);

/** The jobs of a type that wait for something that they lack. */
export const PendingTypeDocument = Type.Object(
  { job_type: JobTypeBaseDocument, count, longest_pending: time },
  { $id: 'PendingType' },
);

/** The jobs of a type that run. */
export const RunningTypeDocument = Type.Object(
  { job_type: JobTypeBaseDocument, count, longest_running: time },
  { $id: 'RunningType' },
);

/** The failed jobs of a type for which the machinery is to blame. */
export const SystemFailureDocument = Type.Object(
  { job_type: JobTypeBaseDocument, error: ErrorDetailsDocument, count, first_error: time, last_error: time },
  { $id: 'SystemFailure' },
);
