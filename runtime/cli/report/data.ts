import type { RecipeGraphDocument } from '../../../seed-schema/index.ts';

/** All that a report shows. Times are ISO 8601 in UTC. */
export interface ReportData {
  readonly graph: RecipeGraphDocument;
  /** When it was asked for. */
  readonly at: string;
  readonly jobs: readonly ReportedJob[];
  /** There are more. */
  readonly jobsLeftOut: number;
  readonly executions: readonly ReportedExecution[];
  readonly failures: readonly Failure[];
  readonly failuresLeftOut: number;
  readonly products: readonly Product[];
  readonly productsLeftOut: number;
}

export interface ReportedJob {
  readonly id: number;
  /** Of its node, after those of the sub-recipes that it is in, e.g. `tiles/cut`. */
  readonly node: string;
  readonly status: string;
  /** What it asks for, by name, in cores and MiB. */
  readonly asked: Readonly<Record<string, number>>;
}

export interface ReportedExecution {
  readonly jobId: number;
  readonly node: string;
  readonly try: number;
  readonly status: string;
  /** The machine. */
  readonly host: string | null;
  readonly queued: string;
  readonly started: string;
  readonly ended: string | null;
  /** MiB at most, and seconds of one core; null: not known. */
  readonly used: { readonly mem: number; readonly cpu_seconds: number } | null;
}

export interface Failure {
  readonly jobId: number;
  readonly node: string;
  readonly tries: number;
  /** Of the error: its name, code and message. */
  readonly words: string;
  /** The end of what the last execution printed; null: not known. */
  readonly log: string | null;
}

export interface Product {
  readonly id: number;
  readonly name: string;
  readonly node: string;
  readonly jobId: number | null;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  /** Well-known text. */
  readonly geometry: string | null;
}
