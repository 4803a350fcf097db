import { Gauge, type Registry } from 'prom-client';
import type { Depth, NodeRow } from '../jobs/index.ts';
import type { Stock } from './stock.ts';

/** Series are kept for ever in Prometheus: job types beyond these are counted together. */
const mostTypes = 200;

const MiB = 2 ** 20;
/** Resources that we count in MiB, and Prometheus in bytes. */
const inMiB = new Set(['mem', 'disk', 'sharedMem']);

type Gauges = ReturnType<typeof stockGauges>;

export function stockGauges(registers: Registry[]) {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `seedbed_${name}`, help, labelNames, registers });
  return {
    jobs: gauge(
      'jobs',
      'Jobs that are not over; those of job types beyond the first 200 together as other.',
      ...['job_type', 'version', 'status'],
    ),
    waiting: gauge(
      'jobs_waiting',
      'Jobs that wait, by the most decisive reason of one of each job type.',
      'reason',
    ),
    ready: gauge('node_ready', '1: the node takes jobs.', 'node'),
    slots: gauge('node_slots', 'Jobs that the node runs at once at most.', 'node'),
    taken: gauge('node_slots_taken', 'Jobs that it runs.', 'node'),
    total: gauge('node_resources', 'What a node has for jobs: cores, bytes, or pieces.', 'node', 'resource'),
    promised: gauge('node_resources_promised', 'Of that, what was promised to jobs.', 'node', 'resource'),
  };
}

export function setStock(gauges: Gauges, { depth, waiting, nodes }: Stock): void {
  for (const gauge of Object.values(gauges)) gauge.reset();
  setDepth(gauges.jobs, depth);
  for (const [reason, count] of waiting) gauges.waiting.set({ reason }, count);
  for (const node of nodes) setNode(gauges, node);
}

function setDepth(gauge: Gauge, depth: readonly Depth[]): void {
  const named = new Set<number>();
  for (const { jobTypeId, name, version, status, count } of depth) {
    if (named.size < mostTypes) named.add(jobTypeId);
    const type = named.has(jobTypeId) ? { job_type: name, version } : { job_type: 'other', version: '' };
    gauge.inc({ ...type, status }, count);
  }
}

function setNode({ ready, slots, taken, total, promised }: Gauges, row: NodeRow): void {
  const node = row.name;
  ready.set({ node }, row.state === 'READY' && !row.is_paused ? 1 : 0);
  slots.set({ node }, row.slots);
  taken.set({ node }, row.running);
  for (const [resource, amount] of Object.entries(row.capacity)) {
    const unit = inMiB.has(resource) ? MiB : 1;
    total.set({ node, resource }, amount * unit);
    promised.set({ node, resource }, (row.promised[resource] ?? 0) * unit);
  }
}
