import { Counter, Histogram, type Registry } from 'prom-client';
import { registry as errors } from '../errors/index.ts';
import type { ObservedExecution } from '../scheduler/index.ts';

const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 43_200];

/** Counts the executions that this service ends, and measures how long they took. */
export class ExecutionMetrics {
  readonly #ended: Counter;
  readonly #wait: Histogram;
  readonly #whole: Histogram;
  readonly #step: Histogram;

  constructor(registers: Registry[]) {
    this.#ended = new Counter({
      name: 'seedbed_executions_total',
      help: 'Executions that this service ended, by how: the error is none, one of docs/errors.md, or of-the-job for those that manifests name.',
      labelNames: ['status', 'category', 'error', 'retried'],
      registers,
    });
    this.#wait = new Histogram({
      name: 'seedbed_execution_queue_wait_seconds',
      help: 'From the moment in which a job was queued until an execution began.',
      buckets,
      registers,
    });
    this.#whole = new Histogram({
      name: 'seedbed_execution_duration_seconds',
      help: 'From the beginning of an execution until its end was in the database.',
      labelNames: ['status'],
      buckets,
      registers,
    });
    this.#step = new Histogram({
      name: 'seedbed_execution_step_duration_seconds',
      help: 'How long each step took: stage-in, launch, run, harvest, sidecars, record.',
      labelNames: ['step'],
      buckets,
      registers,
    });
  }

  observe({ status, error, retried, facts, to, stretches }: ObservedExecution): void {
    // Manifests name errors of their own: as many as people write.
    const name = error === null ? 'none' : Object.hasOwn(errors, error.name) ? error.name : 'of-the-job';
    const labels = { status, category: error?.category ?? 'none', error: name, retried: String(retried) };
    this.#ended.inc(labels);
    for (const stretch of stretches)
      this.#step.observe({ step: stretch.name }, (stretch.to - stretch.from) / 1000);
    if (!facts) return;
    const started = Date.parse(facts.started);
    this.#wait.observe(Math.max(0, (started - Date.parse(facts.queued)) / 1000));
    this.#whole.observe({ status }, Math.max(0, (to - started) / 1000));
  }
}
