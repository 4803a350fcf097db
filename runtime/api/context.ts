import type { Config } from '../config/index.ts';
import type { Database } from '../database/index.ts';
import type { Engine } from '../engine/index.ts';
import type { LogStore } from '../logs/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Tracing } from '../tracing/index.ts';
import type { Logger } from '../logging/index.ts';
import type { Uploads } from './uploads/uploads.ts';

/** What the routes work with. */
export interface ApiOptions {
  readonly db: Database;
  readonly config: Config;
  readonly logger: Logger;
  /** Every request but `GET /livez` and `GET /readyz` must carry it. */
  readonly token: string;
  /** Default: some of its own. */
  readonly metrics?: Metrics | undefined;
  /** Default: nothing is traced. */
  readonly tracing?: Tracing | undefined;
  /** Of this Seedbed, for `GET version/`. */
  readonly version: string;
  /**
   * An engine that may inspect or pull an image for a job type that is posted without its manifest.
   * @throws engine-unreachable
   */
  readonly engineFor: (image: string) => Promise<Engine>;
  /** Of the engines on this machine: no job may ever see one. */
  readonly engineSockets: readonly string[];
  /** Where the output of executions is. */
  readonly logs: LogStore;
}

export interface Context extends ApiOptions {
  readonly uploads: Uploads;
  /** Bytes of one JSON request. */
  readonly mostBytes: number;
  /** Aborted when the service stops: whatever streams without an end must end then. */
  readonly stopping: AbortSignal;
}
