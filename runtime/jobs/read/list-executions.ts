import { Conditions, type Queries, type Window } from '../../database/index.ts';
import { countRows } from './count.ts';
import {
  executionColumns,
  type ExecutionFilter,
  type ExecutionRow,
  executionTables,
  executionConditions,
} from './executions.ts';
import { type ListPage, type Order, orderBy } from './page.ts';

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
export const executionOrders: Readonly<Record<string, string>> = {
  id: 'e.id',
  created: 'e.started',
  started: 'e.started',
  job_id: 'e.job_id',
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
    .among('j.job_type_id', filter.jobTypeIds, 'bigint')
    .among('t.name', filter.jobTypeNames, 'text')
    .within('e.started', filter.started, filter.ended);
  const ofTypes = filter.jobTypeIds ?? filter.jobTypeNames ?? filter.errors;
  const from = `job_exe e ${ofTypes ? 'join job j on j.id = e.job_id join job_type t on t.id = j.job_type_id' : ''}`;
  const where = `from ${from} where ${conditions.text}`;
  const count = await countRows(db, where, conditions.values);
  const rows = await db.query<ExecutionRow>(
    `with page as materialized (
       select p.id, row_number() over () as place from (
         select e.id ${where} order by ${orderBy(order, executionOrders, 'e.id desc')}
         limit ${conditions.bind(window.limit, 'bigint')} offset ${conditions.bind(window.offset, 'bigint')}
       ) p
     )
     select ${executionColumns} from page join ${executionTables.replace('job_exe e', 'job_exe e on e.id = page.id')}
     order by page.place`,
    conditions.values,
  );
  return { count, rows };
}
