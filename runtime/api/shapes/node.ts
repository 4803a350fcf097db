import type { NodeExecutions, NodeRow } from '../../jobs/index.ts';
import { nodeExecutionsDocument } from './node-executions.ts';

/** A node as Scale shows it, with its name, engine and resources here. */
export function nodeDocument(row: NodeRow): Record<string, unknown> {
  const { capacity, promised, state, ...shown } = row;
  return { ...shown, state: stateOf(row), resources: resourcesOf([row]) };
}

/** A node in `status/`. @param executions its own */
export function nodeStatus(row: NodeRow, executions: readonly NodeExecutions[]): Record<string, unknown> {
  const { id, hostname, name, is_active, problems, last_seen, last_modified } = row;
  const found = (warning: boolean) =>
    problems
      .filter((problem) => problem.warning === warning)
      .map((problem) => ({ ...problem, started: last_modified, last_updated: last_seen ?? last_modified }));
  return {
    id,
    hostname,
    agent_id: name,
    is_active,
    state: stateOf(row),
    errors: found(false),
    warnings: found(true),
    node_tasks: [],
    system_tasks: [],
    num_offers: 0,
    resources: resourcesOf([row]),
    job_executions: nodeExecutionsDocument(executions),
  };
}

/** Of all nodes that are ready, together. */
export function resourceTotals(nodes: readonly NodeRow[]): Record<string, unknown> {
  return resourcesOf(nodes);
}

/** Always there, as on Scale: its web client reads each. */
const always = ['cpus', 'mem', 'disk', 'gpus'];

function resourcesOf(nodes: readonly NodeRow[]): Record<string, Record<string, number>> {
  const none = () => ({ offered: 0, total: 0, running: 0, free: 0, unavailable: 0 });
  const totals: Record<string, ReturnType<typeof none>> = Object.fromEntries(
    always.map((resource) => [resource, none()]),
  );
  for (const node of nodes)
    for (const [resource, total] of Object.entries(node.capacity)) {
      const sum = (totals[resource] ??= none());
      const running = node.promised[resource] ?? 0;
      const rest = Math.max(0, total - running);
      sum.total += total;
      sum.running += running;
      sum[node.state === 'READY' && !node.is_paused ? 'free' : 'unavailable'] += rest;
    }
  return totals;
}

function stateOf({ state, is_paused, is_active, pause_reason }: NodeRow): Record<string, string> {
  if (!is_active)
    return { name: 'DEPRECATED', title: 'Deprecated', description: 'The node is not used any more.' };
  if (state !== 'READY')
    return { name: 'OFFLINE', title: 'Offline', description: 'No runtime drives it, or its engine is gone.' };
  if (is_paused)
    return { name: 'PAUSED', title: 'Paused', description: pause_reason ?? 'Nothing new is started there.' };
  return { name: 'READY', title: 'Ready', description: 'Ready to run new jobs.' };
}
