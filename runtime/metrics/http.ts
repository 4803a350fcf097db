import { Counter, Histogram, type Registry } from 'prom-client';

/** One request that is over; all texts are of few kinds. */
export interface MeasuredRequest {
  readonly method: string;
  /** Pattern of a route, or `none`. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly bytes: number;
  /** Its duration is that of its reader's patience, and no measure of ours. */
  readonly stream: boolean;
}

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Counts and measures requests by the pattern of their route. */
export class HttpMetrics {
  readonly #duration: Histogram;
  readonly #streams: Counter;
  readonly #bytes: Counter;

  constructor(registers: Registry[]) {
    const labelNames = ['method', 'route', 'status'];
    this.#duration = new Histogram({
      name: 'seedbed_http_request_duration_seconds',
      help: 'How long requests took, from their headers to the end of the answer.',
      labelNames,
      buckets,
      registers,
    });
    this.#streams = new Counter({
      name: 'seedbed_http_streams_total',
      help: 'Streams of events that ended.',
      labelNames,
      registers,
    });
    this.#bytes = new Counter({
      name: 'seedbed_http_sent_bytes_total',
      help: 'Bytes of answers.',
      labelNames: ['route'],
      registers,
    });
  }

  observe({ method, route, status, ms, bytes, stream }: MeasuredRequest): void {
    const labels = { method, route, status };
    if (stream) this.#streams.inc(labels);
    else this.#duration.observe(labels, ms / 1000);
    this.#bytes.inc({ route }, bytes);
  }
}
