import { ErrorDocument } from './error.ts';
import { JobTypeBaseDocument } from './job-type.ts';
import { anyObject, boolean, count, id, mapOf, nullable, oneOf, string, time, Type } from './schema.ts';

export const jobStatuses = [
  'PENDING',
  'BLOCKED',
  'QUEUED',
  'RUNNING',
  'FAILED',
  'COMPLETED',
  'CANCELED',
] as const;

/** Where something runs. */
export const nodeOfJob = nullable(Type.Object({ id, name: string, hostname: string }));
/** CPUs, MiB and others by name. */
export const resources = Type.Object({ resources: mapOf(Type.Number()) });

const listed = {
  id,
  status: oneOf(['RUNNING', 'COMPLETED', 'FAILED', 'CANCELED']),
  exe_num: Type.Integer({ minimum: 1, description: 'Which of the executions of its job.' }),
  cluster_id: string,
  created: time,
  queued: time,
  started: time,
  ended: nullable(time),
  job: Type.Object({ id, job_type: JobTypeBaseDocument, status: oneOf(jobStatuses) }),
  node: nodeOfJob,
  error: nullable(ErrorDocument),
  job_type: JobTypeBaseDocument,
  timeout: Type.Integer({ minimum: 0, description: 'Seconds.' }),
  input_file_size: Type.Integer({ minimum: 0, description: 'MiB of all input files.' }),
  used: nullable(
    Type.Object(
      {
        mem: Type.Number({ minimum: 0, description: 'MiB, the most at once.' }),
        cpu_seconds: Type.Number({ minimum: 0, description: 'Time of one core.' }),
      },
      { description: 'What it was seen to use; null: it was over too soon to be looked at.' },
    ),
  ),
};

/** One try at a job. */
export const ExecutionDocument = Type.Object(listed, { $id: 'Execution' });

const task = Type.Object({
  task_id: string,
  type: string,
  was_launched: boolean,
  launched: time,
  was_started: boolean,
  started: time,
  was_timed_out: boolean,
  ended: Type.Optional(time),
  status: Type.Optional(string),
  exit_code: Type.Optional(Type.Integer()),
});

const byName = mapOf(string);
const modes = oneOf(['ro', 'rw']);

const configuration = Type.Object(
  {
    version: string,
    input_files: mapOf(
      Type.Array(
        Type.Object({
          id,
          type: oneOf(['SOURCE', 'PRODUCT']),
          workspace_name: string,
          workspace_path: string,
          local_file_name: Type.Optional(
            Type.String({ description: 'Its name in the container, where that is another one.' }),
          ),
          is_deleted: boolean,
        }),
      ),
      { description: 'By input, of each the first thousand; as they are catalogued now.' },
    ),
    output_workspaces: mapOf(string, { description: 'By output; those that are known.' }),
    tasks: Type.Array(
      Type.Object({
        task_id: string,
        type: string,
        resources: mapOf(Type.Number()),
        args: Type.Optional(
          Type.String({
            description: "In place of the image's CMD, quoted for a shell; empty: the image's own.",
          }),
        ),
        env_vars: Type.Optional(byName),
        settings: Type.Optional(byName),
        mounts: Type.Optional(mapOf(string, { description: 'Volumes, by mount.' })),
        volumes: Type.Optional(
          mapOf(
            Type.Object({
              container_path: string,
              mode: modes,
              type: oneOf(['host', 'volume']),
              host_path: Type.Optional(string),
              driver: Type.Optional(string),
            }),
          ),
        ),
        workspaces: mapOf(Type.Object({ mode: modes })),
        docker_params: Type.Array(Type.Object({ flag: string, value: string })),
      }),
    ),
  },
  {
    description:
      'What it ran with; secrets are masked. Of one that has only begun, some members are not known yet and left out.',
  },
);

/** One try at a job, with what it did. */
export const ExecutionDetailsDocument = Type.Object(
  {
    ...listed,
    task_results: Type.Object({ version: string, tasks: Type.Array(task) }),
    resources,
    configuration,
    output: nullable(anyObject),
    exit_code: nullable(Type.Integer()),
    output_id: nullable(
      Type.String({ description: 'Identity of what it made, 64 hexadecimal digits; null: it has none.' }),
    ),
    warnings: Type.Array(Type.Object({ name: string, description: string }), {
      description: 'What was unwise or unexpected and did not stop it.',
    }),
    steps: Type.Array(Type.Object({ name: string, ms: Type.Number({ minimum: 0 }) }), {
      description: 'What was done, in its order, and the milliseconds that it took.',
    }),
  },
  { $id: 'ExecutionDetails' },
);

/** A line of a log. */
export const LogEntryDocument = Type.Object(
  {
    message: string,
    '@timestamp': time,
    scale_order_num: count,
    scale_task: string,
    scale_job_exe: string,
    scale_node: string,
    stream: oneOf(['stdout', 'stderr']),
  },
  { $id: 'LogEntry' },
);
