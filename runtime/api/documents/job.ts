import { ErrorDocument } from './error.ts';
import { ExecutionDetailsDocument, jobStatuses, nodeOfJob, resources } from './execution.ts';
import { Finding } from './finding.ts';
import { JobTypeBaseDocument } from './job-type.ts';
import { RecipeBaseDocument } from './recipe.ts';
import { anyObject, boolean, count, id, mapOf, nullable, oneOf, string, time, Type } from './schema.ts';

/** Why a job waits; some reasons have more members, which say what of. */
export const WaitReasonDocument = Type.Object(
  { name: string, title: string, description: string },
  { $id: 'WaitReason', additionalProperties: true },
);

const none = Type.Null({ description: 'There is none yet.' });
const reference = nullable(Type.Object({ id }));

const listed = {
  id,
  job_type: JobTypeBaseDocument,
  job_type_rev: Type.Object({
    id,
    job_type: Type.Object({ id }),
    revision_num: Type.Integer({ minimum: 1 }),
  }),
  event: none,
  ingest_event: none,
  recipe: nullable(RecipeBaseDocument),
  recipe_node: nullable(Type.String({ description: 'Which node of its recipe it is of.' })),
  root_recipe: reference,
  batch: reference,
  is_superseded: boolean,
  superseded_job: reference,
  status: oneOf(jobStatuses),
  node: nodeOfJob,
  error: nullable(ErrorDocument),
  num_exes: count,
  max_tries: Type.Integer({ minimum: 1 }),
  priority: Type.Integer({ minimum: 0, description: 'Lower first.' }),
  timeout: Type.Integer({ minimum: 0, description: 'Seconds.' }),
  resources,
  input_file_size: Type.Integer({ minimum: 0, description: 'MiB of all input files.' }),
  input_files: nullable(mapOf(Type.Array(string))),
  source_started: nullable(time),
  source_ended: nullable(time),
  source_sensor_class: nullable(string),
  source_sensor: nullable(string),
  source_collection: nullable(string),
  source_task: nullable(string),
  created: time,
  queued: nullable(time),
  started: nullable(time),
  ended: nullable(time),
  last_status_change: time,
  superseded: nullable(time),
  last_modified: time,
};

/** What is to be run, runs or ran. */
export const JobDocument = Type.Object(listed, { $id: 'Job' });

const executionReference = (description: string) =>
  Type.Object({ job: reference, job_exe: Type.Object({ id }) }, { description });

const detailed = {
  ...listed,
  job_type_rev: Type.Object({
    id,
    job_type: JobTypeBaseDocument,
    revision_num: Type.Integer({ minimum: 1 }),
    docker_image: string,
    created: time,
    manifest: anyObject,
  }),
  superseded_by_job: reference,
  execution: nullable(ExecutionDetailsDocument),
  input: anyObject,
  output: nullable(anyObject),
  configuration: Type.Object({}, { description: 'The values of secrets are masked.' }),
  not_before: nullable(Type.String({ format: 'date-time', description: 'When it is tried again.' })),
  reuse: nullable(Type.Boolean({ description: 'As its submission said; null: as its job type says.' })),
  reused_from: nullable(executionReference('Whose output it has in place of its own.')),
  awaits: nullable(executionReference('What is being done for another job, and is to be reused.')),
  waiting_for: Type.Array(WaitReasonDocument, { description: 'Empty for a job that does not wait.' }),
};

/** A job with its input, configuration and last execution. */
export const JobDetailsDocument = Type.Object(detailed, { $id: 'JobDetails' });

/** A job that was queued, with what is odd about its input. */
export const AcceptedJobDocument = Type.Object(
  { ...detailed, warnings: Type.Array(Finding) },
  { $id: 'AcceptedJob' },
);

export const WhyDocument = Type.Object(
  { job_id: id, status: oneOf(jobStatuses), waiting_for: Type.Array(WaitReasonDocument) },
  { $id: 'Why' },
);

/** A change of many jobs, which is carried out after the answer. */
export const ActionDocument = Type.Object({ id }, { $id: 'Action' });
