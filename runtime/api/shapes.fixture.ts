import type { Shape } from '../../test/support/shape.ts';

/** Scale's components, with the members that exist here. */
export const jobTypeBase: Shape = {
  id: 'integer',
  name: 'string',
  version: 'string',
  title: 'string?',
  description: 'string?',
  icon_code: 'string?',
  is_active: 'boolean',
  is_paused: 'boolean',
  is_published: 'boolean',
  is_system: 'boolean',
  unmet_resources: 'null',
};

export const jobType = {
  ...(jobTypeBase as object),
  max_scheduled: 'integer?',
  max_tries: 'integer',
  revision_num: 'integer',
  docker_image: 'string',
  created: 'time',
  deprecated: 'time?',
  paused: 'time?',
  last_modified: 'time',
} as const;

export const jobTypeDetails = {
  ...jobType,
  manifest: 'object',
  configuration: 'object',
  recipe_types: 'array',
} as const;

export const revision = {
  id: 'integer',
  job_type: jobTypeBase,
  revision_num: 'integer',
  docker_image: 'string',
  created: 'time',
} as const;

export const job = {
  id: 'integer',
  job_type: jobTypeBase,
  job_type_rev: { id: 'integer', job_type: { id: 'integer' }, revision_num: 'integer' },
  event: 'null',
  ingest_event: 'null',
  recipe: 'object?',
  batch: 'object?',
  is_superseded: 'boolean',
  superseded_job: 'null',
  status: 'string',
  node: 'object?',
  error: 'object?',
  num_exes: 'integer',
  max_tries: 'integer',
  priority: 'integer',
  timeout: 'integer',
  resources: { resources: 'object' },
  input_file_size: 'integer',
  input_files: 'object?',
  source_started: 'time?',
  source_ended: 'time?',
  source_sensor_class: 'string?',
  source_sensor: 'string?',
  source_collection: 'string?',
  source_task: 'string?',
  created: 'time',
  queued: 'time?',
  started: 'time?',
  ended: 'time?',
  last_status_change: 'time',
  superseded: 'time?',
  last_modified: 'time',
} as const;

export const jobDetails = {
  ...job,
  job_type_rev: { ...revision, manifest: 'object' },
  superseded_by_job: 'null',
  execution: 'object?',
  input: 'object',
  output: 'object?',
  configuration: 'object',
  not_before: 'time?',
  waiting_for: 'array',
} as const;

export const execution = {
  id: 'integer',
  status: 'string',
  exe_num: 'integer',
  cluster_id: 'string',
  created: 'time',
  queued: 'time',
  started: 'time',
  ended: 'time?',
  job: { id: 'integer', job_type: jobTypeBase, status: 'string' },
  node: 'object?',
  error: 'object?',
  job_type: jobTypeBase,
  timeout: 'integer',
  input_file_size: 'integer',
} as const;

export const executionDetails = {
  ...execution,
  task_results: { version: 'string', tasks: 'array' },
  resources: { resources: 'object' },
  configuration: 'object',
  output: 'object?',
  exit_code: 'integer?',
  steps: 'array',
  warnings: 'array',
} as const;

export const errorBase = {
  id: 'integer',
  name: 'string',
  title: 'string?',
  description: 'string?',
  job_type_name: 'string?',
  category: 'string',
  is_builtin: 'boolean',
  should_be_retried: 'boolean',
} as const;

export const file = {
  id: 'integer',
  file_name: 'string',
  workspace: { id: 'integer', name: 'string' },
  data_type_tags: 'array',
  media_type: 'string',
  file_type: 'string',
  file_size: 'integer',
  file_path: 'string',
  is_deleted: 'boolean',
  url: 'string?',
  created: 'time',
  deleted: 'time?',
  data_started: 'time?',
  data_ended: 'time?',
  source_started: 'time?',
  source_ended: 'time?',
  source_sensor_class: 'string?',
  source_sensor: 'string?',
  source_collection: 'string?',
  source_task: 'string?',
  last_modified: 'time',
  geometry: 'string?',
  center_point: 'string?',
  countries: 'array',
  job_type: 'object?',
  job: 'object?',
  job_exe: 'object?',
  job_output: 'string?',
  recipe_type: 'object?',
  recipe: 'object?',
  recipe_node: 'string?',
  batch: 'object?',
  is_superseded: 'boolean',
  superseded: 'time?',
} as const;

export const node = {
  id: 'integer',
  name: 'string',
  hostname: 'string',
  state: { name: 'string', title: 'string', description: 'string' },
  is_paused: 'boolean',
  pause_reason: 'string?',
  is_active: 'boolean',
  engine: 'string',
  engine_version: 'string',
  slots: 'integer',
  running: 'integer',
  problems: 'array',
  last_seen: 'time?',
  created: 'time',
  deprecated: 'time?',
  last_modified: 'time',
  resources: 'object',
} as const;

/** A page of a list. */
export function pageOf(item: Shape): Shape {
  return { count: 'integer', next: 'string?', previous: 'string?', results: [item] };
}
