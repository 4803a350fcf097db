import type { Queries } from '../../database/index.ts';

/** Disk that an execution in a slot was promised. */
export interface DiskPromise {
  /** MiB. */
  readonly disk: number;
  /** Where it writes, absolute. */
  readonly attemptDirectory: string;
}

/** What a node has promised of its disk, by the executions that have any of it. */
export function diskPromises(db: Queries, nodeId: number): Promise<DiskPromise[]> {
  return db.query<DiskPromise>(
    `select (s.resources ->> 'disk')::double precision as disk, e.attempt_directory as "attemptDirectory"
     from slot s join job_exe e on e.id = s.job_exe_id
     where s.node_id = $1 and (s.resources ->> 'disk')::double precision > 0`,
    [nodeId],
  );
}

/** Notes what a node has of disk, MiB. */
export async function reportDisk(db: Queries, nodeId: number, disk: number): Promise<void> {
  await db.query(
    `update node set capacity = jsonb_set(capacity, '{disk}', to_jsonb($2::double precision)), last_modified = now()
     where id = $1`,
    [nodeId, disk],
  );
}
