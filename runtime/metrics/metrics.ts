import { Gauge, Registry } from 'prom-client';
import type { Database } from '../database/index.ts';
import type { ObservedExecution } from '../scheduler/index.ts';
import { ExecutionMetrics } from './executions.ts';
import { HttpMetrics, type MeasuredRequest } from './http.ts';
import { IngestMetrics } from './ingest.ts';
import { measureProcess } from './process.ts';
import { Reading } from './reading.ts';
import { stockGauges, setStock } from './stock-gauges.ts';
import { emptyStock, readStock, type Stock } from './stock.ts';

/** What one service measures, in the text format of Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #executions: ExecutionMetrics;
  readonly #http: HttpMetrics;
  readonly #endProcess: () => void;
  /** Is told what was ingested. */
  readonly ingest: IngestMetrics;
  #fill: () => Promise<void> = async () => undefined;

  constructor() {
    const registers = [this.#registry];
    this.#executions = new ExecutionMetrics(registers);
    this.#http = new HttpMetrics(registers);
    this.ingest = new IngestMetrics(registers);
    this.#endProcess = measureProcess(registers);
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  execution(ended: ObservedExecution): void {
    this.#executions.observe(ended);
  }

  request(ended: MeasuredRequest): void {
    this.#http.observe(ended);
  }

  /** Also tells of what is in the database: queue and nodes are the same whichever service is asked. */
  watch(db: Database): void {
    const registers = [this.#registry];
    const gauges = stockGauges(registers);
    const stock = new Reading<Stock>(() => readStock(db));
    const up = new Gauge({
      name: 'seedbed_database_up',
      help: '1: the database told of queue and nodes; 0: there is nothing of them here.',
      registers,
    });
    new Gauge({
      name: 'seedbed_database_sessions',
      help: 'Sessions of the pool: most that there may be, open, idle of those; waiting: requests for one.',
      labelNames: ['state'],
      registers,
      collect() {
        for (const [state, count] of Object.entries(db.sessions())) this.set({ state }, count);
      },
    });
    const age = new Gauge({
      name: 'seedbed_stock_age_seconds',
      help: 'How old what is said of queue and nodes is: where much is to be counted, it is that of the last look.',
      registers,
    });
    this.#fill = async () => {
      const read = await stock.get().catch(() => undefined);
      up.set(read ? 1 : 0);
      age.set(read ? (performance.now() - read.at) / 1000 : 0);
      setStock(gauges, read?.value ?? emptyStock);
    };
  }

  /** All of it. What the database does not tell is left out. */
  async text(): Promise<string> {
    await this.#fill();
    return this.#registry.metrics();
  }

  close(): void {
    this.#endProcess();
  }
}
