import { Counter, type Registry } from 'prom-client';

/** Counts what strikes and scans of this service took. */
export class IngestMetrics {
  readonly #files: Counter;
  readonly #bytes: Counter;

  constructor(registers: Registry[]) {
    this.#files = new Counter({
      name: 'seedbed_ingested_files_total',
      help: 'Files that strikes and scans of this service ended with: ingested, or failed for good.',
      labelNames: ['outcome'],
      registers,
    });
    this.#bytes = new Counter({
      name: 'seedbed_ingested_bytes_total',
      help: 'Bytes of the files that were ingested.',
      registers,
    });
    for (const outcome of ['ingested', 'failed']) this.#files.inc({ outcome }, 0);
  }

  ended(files: number, bytes: number): void {
    this.#files.inc({ outcome: 'ingested' }, files);
    this.#bytes.inc(bytes);
  }

  failed(files: number): void {
    this.#files.inc({ outcome: 'failed' }, files);
  }
}
