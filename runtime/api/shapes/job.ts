import type { Configuration } from '../../../seed-schema/index.ts';
import {
  defaultPriority,
  errorBase,
  type ExecutionRow,
  type GivenToExecution,
  type JobDetails,
  type JobRow,
  maskConfiguration,
} from '../../jobs/index.ts';
import { judgeManifest } from '../../manifest/index.ts';
import { executionDetails } from './execution.ts';
import { wholeMiB } from './mib.ts';

/** A job as Scale lists it, with the priority, timeout and resources that it has here. */
export function jobDocument(row: JobRow): Record<string, unknown> {
  const { revision_id, revision_num, root_recipe_id, batch_id, input_bytes, error, resources, ...shown } =
    row;
  return {
    ...shown,
    job_type_rev: { id: revision_id, job_type: { id: row.job_type.id }, revision_num },
    event: null,
    ingest_event: null,
    root_recipe: root_recipe_id === null ? null : { id: root_recipe_id },
    batch: batch_id === null ? null : { id: batch_id },
    error: errorBase(error, row.job_type.name),
    input_file_size: wholeMiB(input_bytes),
    resources: { resources },
  };
}

/** What is known of a job besides its row. */
export interface JobSurroundings {
  readonly execution: ExecutionRow | undefined;
  readonly given: GivenToExecution;
  /** Of the job. */
  readonly secretNames: readonly string[];
  /** Why it waits; empty for one that does not. */
  readonly waitingFor: readonly object[];
}

/** A job with all its details. */
export function jobDetailsDocument(
  row: JobDetails,
  { execution, given, secretNames, waitingFor }: JobSurroundings,
): Record<string, unknown> {
  const { docker_image, revision_created, manifest, configuration, ...base } = row;
  return {
    ...jobDocument(base),
    job_type_rev: {
      id: row.revision_id,
      job_type: row.job_type,
      revision_num: row.revision_num,
      docker_image,
      created: revision_created,
      manifest,
    },
    execution: execution ? executionDetails(execution, given) : null,
    configuration: withDefaults(masked(configuration, manifest, secretNames), row.priority),
    waiting_for: waitingFor,
  };
}

/** A configuration with the members that Scale fills in; its web client reads each. No workspace is the empty text there. */
export function withDefaults(
  configuration: Readonly<Record<string, unknown>>,
  priority = defaultPriority,
): Readonly<Record<string, unknown>> {
  const workspaces = configuration.output_workspaces as object | undefined;
  return {
    mounts: {},
    settings: {},
    priority,
    ...configuration,
    output_workspaces: { default: '', outputs: {}, ...workspaces },
  };
}

/** A configuration without the values of secret settings. A manifest that cannot be read any more hides all settings. */
export function masked(
  configuration: Readonly<Record<string, unknown>>,
  document: unknown,
  secretNames: readonly string[],
): Readonly<Record<string, unknown>> {
  const { manifest } = judgeManifest(document);
  if (manifest)
    return maskConfiguration(configuration as Configuration, manifest, secretNames) as Record<
      string,
      unknown
    >;
  const { settings: _settings, ...rest } = configuration;
  return rest;
}
