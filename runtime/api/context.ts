import type { Access } from '../auth/index.ts';
import type { Workspaces } from '../catalog/index.ts';
import type { Config } from '../config/index.ts';
import type { Database } from '../database/index.ts';
import type { Engine } from '../engine/index.ts';
import type { LogStore } from '../logs/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Tracing } from '../tracing/index.ts';
import type { Logger } from '../logging/index.ts';
import type { Slowness } from './server.ts';
import type { Check } from './observe/readiness.ts';
import type { UnmetResources } from './unmet-resources.ts';
import type { Uploads } from './uploads/uploads.ts';

/** What the routes work with. */
export interface ApiOptions {
  readonly db: Database;
  readonly config: Config;
  readonly logger: Logger;
  /** The first token, which is an administrator's. */
  readonly token: string;
  /** Whoever sends no token is an administrator too. */
  readonly insecure?: boolean;
  /** Milliseconds that clients may take, where the usual ones are not meant. */
  readonly slowness?: Slowness;
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
  readonly access: Access;
  readonly uploads: Uploads;
  /** Of every kind, kept open. */
  readonly workspaces: Workspaces;
  /** What the queued jobs of each type lack. */
  readonly unmet: () => Promise<UnmetResources>;
  /** What keeps the service from its work. */
  readonly ready: () => Promise<Check[]>;
  /** Bytes of one JSON request. */
  readonly mostBytes: number;
  /** Aborted when the service stops: whatever streams without an end must end then. */
  readonly stopping: AbortSignal;
}
