import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../../database/index.ts';
import type { JobStatus } from '../state.ts';
import { type ErrorKey, isOneOf } from '../error-key.ts';
import type { StoredError } from './error-base.ts';
import { addSources } from './input-conditions.ts';
import { jobTypeBase, type JobTypeBase } from './job-type-base.ts';
import { type RecipeBase, recipeBase } from './recipe-base.ts';
import { addTypesNamed } from './types-named.ts';

/** Which jobs are listed; every member given must hold. Times are ISO 8601 with an offset. */
export interface JobListFilter {
  /** When the job was last modified. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
  /** When the data of its input files was collected. */
  readonly sourceStarted?: string | undefined;
  readonly sourceEnded?: string | undefined;
  /** Of its input files. */
  readonly sensorClasses?: readonly string[] | undefined;
  readonly sensors?: readonly string[] | undefined;
  readonly collections?: readonly string[] | undefined;
  readonly tasks?: readonly string[] | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly ids?: readonly number[] | undefined;
  readonly jobTypeIds?: readonly number[] | undefined;
  readonly jobTypeNames?: readonly string[] | undefined;
  readonly batchIds?: readonly number[] | undefined;
  readonly recipeIds?: readonly number[] | undefined;
  /** Recipes at the top. */
  readonly rootRecipeIds?: readonly number[] | undefined;
  /** `system`, `data`, `job`. */
  readonly errorCategories?: readonly string[] | undefined;
  readonly errors?: readonly ErrorKey[] | undefined;
  readonly isSuperseded?: boolean | undefined;
}

/** A job as lists show it. */
export interface JobRow {
  readonly id: number;
  readonly job_type: JobTypeBase;
  readonly revision_id: number;
  readonly revision_num: number;
  readonly status: JobStatus;
  readonly node: { readonly id: number; readonly name: string; readonly hostname: string } | null;
  readonly error: StoredError | null;
  readonly priority: number;
  readonly num_exes: number;
  readonly max_tries: number;
  /** Seconds. */
  readonly timeout: number;
  readonly resources: Readonly<Record<string, number>>;
  /** That it is of, and its node there. */
  readonly recipe: RecipeBase | null;
  readonly recipe_node: string | null;
  /** The recipe at the top that it is of. */
  readonly root_recipe_id: number | null;
  readonly batch_id: number | null;
  readonly is_superseded: boolean;
  /** That this one was made in place of. */
  readonly superseded_job: { readonly id: number } | null;
  /** Bytes of all input files. */
  readonly input_bytes: number;
  /** Names of the input files by input; null without any. */
  readonly input_files: Readonly<Record<string, readonly string[]>> | null;
  readonly source_started: string | null;
  readonly source_ended: string | null;
  readonly source_sensor_class: string | null;
  readonly source_sensor: string | null;
  readonly source_collection: string | null;
  readonly source_task: string | null;
  readonly created: string;
  readonly queued: string | null;
  readonly started: string | null;
  readonly ended: string | null;
  readonly last_status_change: string;
  readonly superseded: string | null;
  readonly last_modified: string;
}

/** Fields that jobs can be sorted by. */
export const jobOrders: OrderFields = {
  id: { sql: 'j.id', type: 'bigint' },
  status: { sql: 'j.status', type: 'text' },
  priority: { sql: 'j.priority', type: 'bigint' },
  num_exes: { sql: 'j.num_exes', type: 'bigint' },
  created: { sql: 'j.created', type: 'timestamptz' },
  queued: { sql: 'j.queued', type: 'timestamptz', nullable: true },
  started: { sql: 'j.started', type: 'timestamptz', nullable: true },
  ended: { sql: 'j.ended', type: 'timestamptz', nullable: true },
  last_status_change: { sql: 'j.last_status_change', type: 'timestamptz' },
  last_modified: { sql: 'j.last_modified', type: 'timestamptz' },
  job_type: { sql: 'j.job_type_id', type: 'bigint' },
  recipe: { sql: 'j.recipe_id', type: 'bigint', nullable: true, nullsLast: true },
  error: { sql: 'j.error_name', type: 'text', nullable: true, nullsLast: true },
  error__name: { sql: 'j.error_name', type: 'text', nullable: true, nullsLast: true },
  error__category: { sql: `(j.error->>'category')`, type: 'text', nullable: true, nullsLast: true },
  error__title: { sql: `(left(j.error->>'title', 200))`, type: 'text', nullable: true, nullsLast: true },
  job_type__name: { sql: 't.name', type: 'text' },
  job_type__version: { sql: 't.version', type: 'text' },
  job_type__title: { sql: 't.title', type: 'text', nullable: true },
};

/** The jobs of one page. What is costly is looked up for those alone. */
export async function listJobs(
  db: Queries,
  filter: JobListFilter,
  order: Order,
  window: Window,
): Promise<ListPage<JobRow>> {
  // Alone, the jobs that meet a condition can be counted in its index.
  const needsTypes = filter.errors ?? order.find(({ field }) => field.startsWith('job_type__'));
  const inOrder = indexed(order, filter);
  const canWalk = inOrder.every(({ field }) => field === 'id' || field === 'last_modified');
  const conditions = await conditionsOf(db, filter);
  const rows = canWalk ? window.offset + window.limit + 1 : undefined;
  const listing = {
    tables: `job j ${needsTypes ? 'join job_type t on t.id = j.job_type_id' : ''}`,
    id: 'j.id',
    ...(await addSources(db, conditions, filter, rows)),
    conditions,
    order: inOrder,
    fields: jobOrders,
    columns: jobColumns,
    joins: `job j on j.id = page.id ${jobJoins}`,
  };
  return listPage<JobRow>(db, listing, window);
}

/** The columns of a `JobRow`, over `job j` and `jobJoins`. */
export const jobColumns = `
  j.id, ${jobTypeBase} as job_type, r.id as revision_id, r.revision_num, j.status,
  case when n.id is null then null else json_build_object('id', n.id, 'name', n.name, 'hostname', n.hostname) end as node,
  j.error, j.priority, j.num_exes, j.max_tries, j.timeout, j.resources, ${recipeBase('p.id = j.recipe_id')} as recipe,
  j.recipe_node, j.root_recipe_id, j.batch_id, j.is_superseded,
  (select json_build_object('id', o.id) from job o where o.id = j.previous_job_id and o.is_superseded) as superseded_job,
  s.input_bytes, s.input_files, s.source_started, s.source_ended, s.source_sensor_class, s.source_sensor,
  s.source_collection, s.source_task, j.created, j.queued, j.started, j.ended, j.last_status_change, j.superseded,
  j.last_modified`;

export const jobJoins = `
  join job_type t on t.id = j.job_type_id
  join job_type_revision r on r.id = j.job_type_revision_id
  left join lateral (
    select node_id from job_exe where job_id = j.id order by exe_num desc limit 1
  ) e on true
  left join node n on n.id = e.node_id
  left join lateral (
    select coalesce(sum(by_input.bytes), 0)::bigint as input_bytes,
      json_object_agg(by_input.job_input, by_input.names) filter (where by_input.job_input is not null) as input_files,
      min(by_input.source_started) as source_started, max(by_input.source_ended) as source_ended,
      max(by_input.source_sensor_class) as source_sensor_class, max(by_input.source_sensor) as source_sensor,
      max(by_input.source_collection) as source_collection, max(by_input.source_task) as source_task
    from (
      select i.job_input, json_agg(f.file_name order by i.position) as names, sum(f.file_size) as bytes,
        min(f.source_started) as source_started, max(f.source_ended) as source_ended,
        max(f.source_sensor_class) as source_sensor_class, max(f.source_sensor) as source_sensor,
        max(f.source_collection) as source_collection, max(f.source_task) as source_task
      from job_input_file i join scale_file f on f.id = i.input_file_id where i.job_id = j.id group by i.job_input
    ) by_input
  ) s on true`;

/** By what else an index sorts that begins with a field. */
const restOfIndex: Readonly<Record<string, readonly string[]>> = {
  status: ['last_status_change'],
  job_type: ['status', 'last_status_change'],
};

/**
 * An order that an index has. A range of time sorts by that time, and one status by when jobs came to it: by id the planner
 * would go through all jobs from the first on. Jobs of the same status are sorted by that time, too, and those of
 * the same type by both.
 */
function indexed(order: Order, { started, ended, statuses }: JobListFilter): Order {
  const last = order.at(-1);
  const rest = last && restOfIndex[last.field];
  if (rest) return [...order, ...rest.map((field) => ({ ...last, field }))];
  if (last) return order;
  if (started !== undefined || ended !== undefined) return [{ field: 'last_modified', descending: false }];
  return statuses?.length === 1 ? [{ field: 'last_status_change', descending: false }] : [];
}

async function conditionsOf(db: Queries, filter: JobListFilter): Promise<Conditions> {
  const conditions = new Conditions()
    .within('j.last_modified', filter.started, filter.ended)
    .among('j.status', filter.statuses, 'text')
    .among('j.id', filter.ids, 'bigint')
    .among('j.job_type_id', filter.jobTypeIds, 'bigint')
    .among('j.batch_id', filter.batchIds, 'bigint')
    .among('j.recipe_id', filter.recipeIds, 'bigint')
    .among('j.root_recipe_id', filter.rootRecipeIds, 'bigint')
    .among(`j.error->>'category'`, filter.errorCategories, 'text')
    .equal('j.is_superseded', filter.isSuperseded, 'boolean');
  if (filter.errors)
    conditions.add(
      isOneOf(filter.errors, 'j.error_name', 't.name', (values) => conditions.bind(values, 'text[]')),
    );
  await addTypesNamed(db, conditions, 'j.job_type_id', filter.jobTypeNames);
  return conditions;
}
