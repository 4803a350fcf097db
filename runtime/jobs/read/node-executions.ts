import type { Queries } from '../../database/index.ts';

export interface TypeCount {
  readonly job_type_id: number;
  readonly count: number;
}

/** Executions of one node that stand, or ended, the same way. */
export interface NodeExecutions extends TypeCount {
  readonly node_id: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'FAILED';
  /** Of FAILED ones: `system`, `data`, `job`. */
  readonly category: string | null;
}

/** What runs on each node, and what ended there in the last three hours, by job type. */
export async function nodeExecutions(db: Queries): Promise<NodeExecutions[]> {
  return db.query<NodeExecutions>(
    `select node_id, job_type_id, 'RUNNING' as status, null as category, count(*) as count
     from slot where job_exe_id is not null and job_type_id is not null group by node_id, job_type_id
     union all
     select e.node_id, j.job_type_id, e.status, case e.status when 'FAILED' then e.error->>'category' end, count(*)
     from job_exe e join job j on j.id = e.job_id
     where e.ended > now() - interval '3 hours' and e.node_id is not null and e.status in ('COMPLETED', 'FAILED')
     group by 1, 2, 3, 4 order by 1, 2`,
  );
}
