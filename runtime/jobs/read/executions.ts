import { Conditions, listPage, type ListPage, type Queries, type Window } from '../../database/index.ts';
import type { JobStatus } from '../state.ts';
import { type ErrorKey, isOneOf } from '../error-key.ts';
import type { StoredError } from './error-base.ts';
import { jobTypeBase, type JobTypeBase } from './job-type-base.ts';

/** Which executions of a job are listed. */
export interface ExecutionFilter {
  readonly statuses?: readonly string[] | undefined;
  readonly nodeIds?: readonly number[] | undefined;
  /** `system`, `data`, `job`. */
  readonly errorCategories?: readonly string[] | undefined;
  readonly errors?: readonly ErrorKey[] | undefined;
}

/** An execution with all that is known of it. */
export interface ExecutionRow {
  readonly id: number;
  readonly exe_num: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED';
  readonly job_id: number;
  readonly job_status: JobStatus;
  readonly job_type: JobTypeBase;
  readonly node: { readonly id: number; readonly name: string; readonly hostname: string } | null;
  readonly hostname: string;
  readonly error: StoredError | null;
  /** Seconds. */
  readonly timeout: number;
  /** Bytes of all input files. */
  readonly input_bytes: number;
  readonly exit_code: number | null;
  readonly resources: Readonly<Record<string, number>>;
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Names and milliseconds. */
  readonly steps: readonly { readonly name: string; readonly ms: number }[] | null;
  readonly output: { readonly files?: Readonly<Record<string, readonly number[]>> } | null;
  /** What was unwise or unexpected and did not stop it. */
  readonly warnings: readonly { readonly name: string; readonly description: string }[];
  /** Identity of what it made, 64 hexadecimal digits; null: none is known. */
  readonly output_id: string | null;
  /** null: unknown. */
  readonly used: { readonly mem: number; readonly cpu_seconds: number } | null;
  readonly created: string;
  readonly queued: string;
  readonly started: string;
  readonly ended: string | null;
}

/** The columns of an `ExecutionRow`, over `executionTables`. */
export const executionColumns = `
  e.id, e.exe_num, e.status, e.job_id, j.status as job_status, ${jobTypeBase} as job_type,
  case when n.id is null then null else json_build_object('id', n.id, 'name', n.name, 'hostname', n.hostname) end as node,
  coalesce(n.hostname, e.node) as hostname, e.error, j.timeout, s.input_bytes, e.exit_code, e.resources,
  e.configuration, e.steps, e.output, e.warnings, encode(e.output_id, 'hex') as output_id, e.used, e.created, e.queued, e.started, e.ended`;

export const executionTables = `
  job_exe e join job j on j.id = e.job_id join job_type t on t.id = j.job_type_id left join node n on n.id = e.node_id
  left join lateral (
    select coalesce(sum(f.file_size), 0)::bigint as input_bytes
    from job_input_file i join scale_file f on f.id = i.input_file_id where i.job_id = j.id
  ) s on true`;

/** To follow `from page join`, as `listPage` has it. */
export const executionsOfPage = executionTables.replace('job_exe e', 'job_exe e on e.id = page.id');

/** Over `executionTables`, or as much of them as it has the types of jobs. */
export function executionConditions(conditions: Conditions, filter: ExecutionFilter): Conditions {
  conditions
    .among('e.status', filter.statuses, 'text')
    .among('e.node_id', filter.nodeIds, 'bigint')
    .among(`e.error->>'category'`, filter.errorCategories, 'text');
  if (filter.errorCategories) conditions.add('e.error is not null');
  if (filter.errors)
    conditions.add(
      isOneOf(filter.errors, `e.error->>'name'`, 't.name', (values) => conditions.bind(values, 'text[]')),
    );
  return conditions;
}

/** The executions of a job, the last one first. */
export async function listExecutions(
  db: Queries,
  jobId: number,
  filter: ExecutionFilter,
  window: Window,
): Promise<ListPage<ExecutionRow>> {
  const listing = {
    tables: 'job_exe e join job j on j.id = e.job_id join job_type t on t.id = j.job_type_id',
    id: 'e.id',
    conditions: executionConditions(new Conditions().equal('e.job_id', jobId, 'bigint'), filter),
    order: [{ field: 'exe_num', descending: true }],
    fields: { exe_num: { sql: 'e.exe_num', type: 'bigint' } },
    columns: executionColumns,
    joins: executionsOfPage,
  } as const;
  return listPage<ExecutionRow>(db, listing, window);
}

/** @param exeNum undefined: the last one */
export async function executionOf(
  db: Queries,
  jobId: number,
  exeNum?: number,
): Promise<ExecutionRow | undefined> {
  const [row] = await db.query<ExecutionRow>(
    `select ${executionColumns} from ${executionTables}
     where e.job_id = $1::bigint and ($2::bigint is null or e.exe_num = $2::bigint) order by e.exe_num desc limit 1`,
    [jobId, exeNum ?? null],
  );
  return row;
}

/** An execution by its own id. */
export async function executionById(db: Queries, id: number): Promise<ExecutionRow | undefined> {
  const [row] = await db.query<ExecutionRow>(
    `select ${executionColumns} from ${executionTables} where e.id = $1::bigint`,
    [id],
  );
  return row;
}
