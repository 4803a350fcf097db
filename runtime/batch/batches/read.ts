import type { BatchConfiguration, BatchDefinition, RecipeDefinition } from '../../../seed-schema/index.ts';
import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../../database/index.ts';
import { type RecipeTypeBase, recipeTypeBase } from '../../jobs/index.ts';
import type { BatchState } from '../creation/batch-row.ts';
import { areLast, type BatchCounters, countersColumn, otherCounters, sumOfCounters } from './counters.ts';
import { type JobMetrics, jobMetrics } from './job-metrics.ts';

/** Which batches are listed; every member given must hold. Times are ISO 8601 with an offset. */
export interface BatchFilter {
  /** When the batch was last modified. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
  readonly names?: readonly string[] | undefined;
  readonly recipeTypeIds?: readonly number[] | undefined;
  readonly jobTypeIds?: readonly number[] | undefined;
  readonly rootIds?: readonly number[] | undefined;
  readonly isCreationDone?: boolean | undefined;
  readonly isSuperseded?: boolean | undefined;
}

/** A batch inside another document. */
export interface BatchBase {
  readonly id: number;
  readonly title: string | null;
  readonly description: string | null;
  readonly created: string;
}

/** A batch as lists show it. Times are UTC text. */
export interface BatchListed extends BatchBase {
  readonly name: string | null;
  readonly state: BatchState;
  readonly recipe_type: RecipeTypeBase | null;
  /** Of `recipe_type`. */
  readonly revision: { readonly id: number; readonly revision_num: number } | null;
  readonly job_type: { readonly id: number; readonly name: string; readonly version: string } | null;
  readonly root_batch: BatchBase | null;
  readonly superseded_batch: BatchBase | null;
  readonly is_superseded: boolean;
  readonly superseded: string | null;
  readonly definition: BatchDefinition;
  readonly configuration: BatchConfiguration;
  readonly runs_estimated: number;
  readonly runs_created: number;
  readonly runs_refused: number;
  readonly problem: string | null;
  readonly finalized: string | null;
  readonly creation_ended: string | null;
  readonly created_by: string | null;
  readonly last_modified: string;
  readonly counters: BatchCounters;
}

/** A batch with all that is known of it. */
export interface BatchDetails extends BatchListed {
  readonly revision_created: string | null;
  readonly recipe_definition: RecipeDefinition | null;
  /** The first ones. */
  readonly refusals: readonly RefusedRun[];
  readonly tasks: Readonly<Record<'staged' | 'created' | 'refused' | 'canceled', number>>;
  readonly metrics: Readonly<Record<string, JobMetrics>>;
}

export interface RefusedRun {
  /** Id of the member of the dataset, of the task, or of the recipe or job that was to be re-processed. */
  readonly position: number;
  readonly errors: readonly { readonly name: string; readonly description: string }[];
}

/** Fields that batches can be sorted by. */
export const batchOrders: OrderFields = {
  id: { sql: 'b.id', type: 'bigint' },
  name: { sql: 'b.name', type: 'text', nullable: true },
  title: { sql: 'b.title', type: 'text', nullable: true },
  description: { sql: 'b.description', type: 'text', nullable: true },
  created: { sql: 'b.created', type: 'timestamptz' },
  superseded: { sql: 'b.superseded', type: 'timestamptz', nullable: true },
  last_modified: { sql: 'b.last_modified', type: 'timestamptz' },
  is_superseded: { sql: 'b.is_superseded', type: 'boolean' },
  is_creation_done: { sql: `(b.state in ('CREATED', 'CANCELED'))`, type: 'boolean' },
  recipe_type: { sql: 'b.recipe_type_id', type: 'bigint', nullable: true },
  recipe_type__name: { sql: 't.name', type: 'text', nullable: true },
  root_batch: { sql: 'b.root_batch_id', type: 'bigint', nullable: true },
  recipes_estimated: { sql: 'b.runs_estimated', type: 'bigint' },
};

const baseOf = (condition: string) => `(
  select json_build_object('id', o.id, 'title', o.title, 'description', o.description,
    'created', to_char(o.created at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
  from batch o where ${condition})`;

const ownColumns = `b.id, b.name, b.title, b.description, b.state, b.created, b.created_by, b.last_modified, b.superseded,
  b.is_superseded, b.definition, b.configuration, b.runs_estimated, b.runs_created, b.runs_refused, b.problem, b.finalized,
  b.creation_ended, case when t.id is not null then ${recipeTypeBase('t')} end as recipe_type,
  case when v.id is not null then json_build_object('id', v.id, 'revision_num', v.revision_num) end as revision, (
    select json_build_object('id', y.id, 'name', y.name, 'version', y.version) from job_type y
    where y.id = b.job_type_id) as job_type,
  ${baseOf('o.id = b.root_batch_id')} as root_batch, ${baseOf('o.id = b.superseded_batch_id')} as superseded_batch`;

const columns = `${ownColumns}, ${countersColumn} as counters`;

const joins = `left join recipe_type t on t.id = b.recipe_type_id
  left join recipe_type_revision v on v.id = b.recipe_type_revision_id`;

/** The batches of one page; their jobs are counted for those alone. */
export async function listBatches(
  db: Queries,
  filter: BatchFilter,
  order: Order,
  window: Window,
): Promise<ListPage<BatchListed>> {
  const conditions = new Conditions()
    .within('b.last_modified', filter.started, filter.ended)
    .among('b.name', filter.names, 'text')
    .among('b.recipe_type_id', filter.recipeTypeIds, 'bigint')
    .among('b.job_type_id', filter.jobTypeIds, 'bigint')
    .among('b.root_batch_id', filter.rootIds, 'bigint')
    .equal(`(b.state in ('CREATED', 'CANCELED'))`, filter.isCreationDone, 'boolean')
    .equal('b.is_superseded', filter.isSuperseded, 'boolean');
  const listing = {
    tables: 'batch b left join recipe_type t on t.id = b.recipe_type_id',
    id: 'b.id',
    conditions,
    order: order.length > 0 ? order : [{ field: 'last_modified', descending: false }],
    fields: batchOrders,
    columns,
    joins: `batch b on b.id = page.id ${joins}`,
  };
  const page = await listPage<BatchListed>(db, listing, window);
  await keepLast(db, page.rows);
  return page;
}

/** @param key id, or name @returns undefined when there is none */
export async function batchDetails(db: Queries, key: number | string): Promise<BatchDetails | undefined> {
  const [row] = await db.query<Omit<BatchDetails, 'metrics' | 'counters'>>(
    `select ${ownColumns}, v.created as revision_created, v.definition as recipe_definition, b.refusals, (
       select json_build_object('staged', count(*) filter (where k.state = 'STAGED'),
         'created', count(*) filter (where k.state = 'CREATED'), 'refused', count(*) filter (where k.state = 'REFUSED'),
         'canceled', count(*) filter (where k.state = 'CANCELED'))
       from task k where k.batch_id = b.id) as tasks
     from batch b ${joins} where ${typeof key === 'number' ? 'b.id = $1::bigint' : 'b.project_id = 1 and b.name = $1'}`,
    [key],
  );
  if (!row) return undefined;
  const metrics = await jobMetrics(db, row);
  const [others] = await db.query<{ counters: BatchCounters }>(otherCounters, [row.id]);
  const counters = sumOfCounters([others!.counters, ...Object.values(metrics).map((one) => one.counters)]);
  return { ...row, counters, metrics };
}

/** Batches of a chain, the first one first. */
export async function batchesOfChain(db: Queries, rootId: number): Promise<BatchListed[]> {
  return db.query<BatchListed>(
    `select ${columns} from batch b ${joins} where b.root_batch_id = $1::bigint order by b.id`,
    [rootId],
  );
}

/** Remembers counters that cannot change any more, so that they need not be counted again. */
async function keepLast(db: Queries, rows: readonly BatchListed[]): Promise<void> {
  const ids = rows
    .filter(({ state, counters }) => state === 'CREATED' && areLast(counters))
    .map(({ id }) => id);
  if (ids.length === 0) return;
  await db.query(
    `update batch b set jobs_counted = c.counted
     from (select b.id, ${countersColumn} as counted from batch b where b.id = any($1) and b.jobs_counted is null) c
     where b.id = c.id`,
    [ids],
  );
}
