import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

const nanoseconds = 1e-9;
const percentiles = [50, 90, 99];

/**
 * What the process itself costs. Of our own making: some of prom-client's own names are found fault with by `promtool check
 * metrics`.
 * @returns a function that ends the measuring
 */
export function measureProcess(registers: Registry[]): () => void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  new Gauge({
    name: 'seedbed_event_loop_lag_seconds',
    help: 'How late timers were since the last look, by percentile; 100: the latest.',
    labelNames: ['percentile'],
    registers,
    collect() {
      for (const percentile of percentiles)
        this.set({ percentile }, delay.percentile(percentile) * nanoseconds);
      this.set({ percentile: 100 }, delay.max * nanoseconds);
      delay.reset();
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the service that is in use, wherever.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'seedbed_heap_used_bytes',
    help: 'Of that, objects of the program.',
    registers,
    collect() {
      this.set(process.memoryUsage().heapUsed);
    },
  });
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time that the service has taken.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  new Gauge({
    name: 'process_start_time_seconds',
    help: 'When the service began, in seconds since 1970.',
    registers,
  }).set(Math.round(performance.timeOrigin / 1000));
  return () => delay.disable();
}
