import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../../database/index.ts';
import {
  executionColumns,
  executionConditions,
  type ExecutionFilter,
  type ExecutionRow,
  executionsOfPage,
} from './executions.ts';
import { addTypesNamed } from './types-named.ts';

/** Which executions are listed; every member given must hold. */
export interface ExecutionListFilter extends ExecutionFilter {
  readonly ids?: readonly number[] | undefined;
  readonly jobIds?: readonly number[] | undefined;
  readonly jobTypeIds?: readonly number[] | undefined;
  readonly jobTypeNames?: readonly string[] | undefined;
  /** When the execution started; ISO 8601 with an offset. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
}

/** Fields that executions can be sorted by: those that have an index. */
export const executionOrders: OrderFields = {
  id: { sql: 'e.id', type: 'bigint' },
  created: { sql: 'e.started', type: 'timestamptz' },
  started: { sql: 'e.started', type: 'timestamptz' },
  job_id: { sql: 'e.job_id', type: 'bigint' },
};

/** The executions of all jobs, the latest first. Of more than ten thousand the count is an estimate. */
export async function listAllExecutions(
  db: Queries,
  filter: ExecutionListFilter,
  order: Order,
  window: Window,
): Promise<ListPage<ExecutionRow>> {
  const conditions = executionConditions(new Conditions(), filter)
    .among('e.id', filter.ids, 'bigint')
    .among('e.job_id', filter.jobIds, 'bigint')
    .among('e.job_type_id', filter.jobTypeIds, 'bigint')
    .within('e.started', filter.started, filter.ended);
  await addTypesNamed(db, conditions, 'e.job_type_id', filter.jobTypeNames);
  const listing = {
    tables: `job_exe e ${filter.errors ? 'join job_type t on t.id = e.job_type_id' : ''}`,
    id: 'e.id',
    conditions,
    order: order.length > 0 ? order : [{ field: 'id', descending: true }],
    fields: executionOrders,
    columns: executionColumns,
    joins: executionsOfPage,
  } as const;
  return listPage<ExecutionRow>(db, listing, window);
}
