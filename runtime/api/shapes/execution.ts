import { errorBase, type ExecutionRow, type GivenToExecution } from '../../jobs/index.ts';
import { executionConfiguration } from './execution-configuration.ts';
import { wholeMiB } from './mib.ts';

/** An execution as Scale lists it. */
export function executionDocument(row: ExecutionRow): Record<string, unknown> {
  const { id, status, exe_num, job_type, node, created, queued, started, ended, timeout } = row;
  return {
    id,
    status,
    exe_num,
    cluster_id: clusterId(row),
    created,
    queued,
    started,
    ended,
    job: { id: row.job_id, job_type, status: row.job_status },
    node,
    error: errorBase(row.error, job_type.name),
    job_type,
    timeout,
    input_file_size: wholeMiB(row.input_bytes),
    used: row.used,
  };
}

/** An execution with all its details. Of Scale's four tasks there is one here, `main`; `steps` says what it did. */
export function executionDetails(row: ExecutionRow, given: GivenToExecution): Record<string, unknown> {
  const { resources, output, exit_code, steps, warnings } = row;
  return {
    ...executionDocument(row),
    task_results: { version: '1.0', tasks: [taskResult(row)] },
    resources: { resources },
    configuration: executionConfiguration(row, given, clusterId(row)),
    output: output && { ...output, output_data: outputData(output.files ?? {}) },
    exit_code,
    output_id: row.output_id,
    steps: steps ?? [],
    warnings,
  };
}

/** How Scale's logs name an execution. */
export function clusterId({ id, job_id, exe_num }: Pick<ExecutionRow, 'id' | 'job_id' | 'exe_num'>): string {
  return `seedbed_job_${id}_${job_id}x${exe_num}`;
}

function taskResult(row: ExecutionRow): Record<string, unknown> {
  const { started, ended, status, exit_code, error } = row;
  return {
    task_id: clusterId(row),
    type: 'main',
    was_launched: true,
    launched: started,
    was_started: true,
    started,
    was_timed_out: error?.name === 'timeout',
    ...(ended === null ? {} : { ended, status }),
    ...(exit_code === null ? {} : { exit_code }),
  };
}

function outputData(files: Readonly<Record<string, readonly number[]>>): object[] {
  return Object.entries(files).flatMap(([name, ids]) => ids.map((file_id) => ({ name, file_id })));
}
