import type { Queries } from '../../database/index.ts';
import type { Resources } from '../resources.ts';

/** An engine that takes jobs, as a runtime found it. */
export interface NodeDescription {
  readonly name: string;
  readonly hostname: string;
  /** Address of the engine, for people. */
  readonly engine: string;
  /** e.g. `Docker 20.10.24`. */
  readonly version: string;
  readonly capacity: Resources;
  /** Jobs that it may run at once. */
  readonly slots: number;
}

/**
 * Makes a node known, or brings what is known of it up to date. Slots that are too many go when they are free.
 * @returns `node.id`
 */
export async function registerNode(tx: Queries, node: NodeDescription): Promise<number> {
  const [row] = await tx.query<{ id: number }>(
    `insert into node (name, hostname, engine, engine_version, capacity, state, last_seen)
     values ($1, $2, $3, $4, $5, 'READY', now())
     on conflict (name) do update set hostname = excluded.hostname, engine = excluded.engine,
       engine_version = excluded.engine_version, capacity = excluded.capacity, state = 'READY', problems = '[]',
       last_seen = now(), last_modified = now()
     returning id`,
    [node.name, node.hostname, node.engine, node.version, JSON.stringify(node.capacity)],
  );
  const { id } = row!;
  await tx.query(
    `insert into slot (node_id, index) select $1, i from generate_series(0, $2 - 1) i on conflict do nothing`,
    [id, node.slots],
  );
  await tx.query('delete from slot where node_id = $1 and index >= $2 and job_exe_id is null', [
    id,
    node.slots,
  ]);
  return id;
}

/** An engine that a runtime was told to drive, and that has not answered yet. */
export interface AbsentNode {
  readonly name: string;
  readonly hostname: string;
  /** Address of the engine, for people. */
  readonly engine: string;
  readonly problem: NodeProblem;
}

/** Makes a node known whose engine does not answer, with the reason; what another runtime says that drives it counts more. */
export async function registerAbsentNode(
  tx: Queries,
  { name, hostname, engine, problem }: AbsentNode,
): Promise<void> {
  await tx.query(
    `insert into node (name, hostname, engine, problems) values ($1, $2, $3, $4)
     on conflict (name) do update set state = 'OFFLINE', problems = excluded.problems, last_modified = now()
     where not exists (
       select from runtime where node.id = any(runtime.nodes) and runtime.lease_until > now())`,
    [name, hostname, engine, JSON.stringify([problem])],
  );
}

/** What is wrong with a node, or worth a look. */
export interface NodeProblem {
  /** As Scale's: BAD_DAEMON, LOW_DOCKER_SPACE, LIMITS_NOT_ENFORCED ... */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Whether jobs can run in spite of it. */
  readonly warning: boolean;
}

/** What a look at the engine came to: a node with a problem that is no warning takes no jobs. */
export async function reportNode(
  db: Queries,
  id: number,
  problems: readonly NodeProblem[],
  capacity?: Resources,
): Promise<void> {
  await db.query(
    `update node set state = $2, problems = $3, capacity = coalesce($4, capacity),
       last_seen = case when $2 = 'READY' then now() else last_seen end, last_modified = now()
     where id = $1`,
    [
      id,
      problems.some(({ warning }) => !warning) ? 'OFFLINE' : 'READY',
      JSON.stringify(problems),
      capacity === undefined ? null : JSON.stringify(capacity),
    ],
  );
}
