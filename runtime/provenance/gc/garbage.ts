import type { Config } from '../../config/index.ts';
import type { Database } from '../../database/index.ts';
import type { Logger } from '../../logging/index.ts';
import type { LogStore } from '../../logs/index.ts';
import type { OpenWorkspace } from '../../retention/index.ts';

/** What can be removed, in the order in which it is. */
export const garbageKinds = [
  'files',
  'leftovers',
  'identities',
  'attempts',
  'partials',
  'cache',
  'logs',
] as const;

export type GarbageKind = (typeof garbageKinds)[number];

/** One thing that nobody needs. */
export interface Garbage {
  readonly kind: GarbageKind;
  /** A path, or what else names it. */
  readonly name: string;
  readonly bytes: number;
  /** For people. */
  readonly reason: string;
}

/** One that can be removed. Twice is fine, and so is what is gone already. */
export interface Removable extends Garbage {
  /** @returns false when it is needed by now, and stays */
  readonly remove: () => Promise<boolean>;
}

/** What garbage is looked for with. */
export interface GarbageWorld {
  readonly db: Database;
  readonly config: Pick<Config, 'home'>;
  readonly open: OpenWorkspace;
  readonly logs: Pick<LogStore, 'remove' | 'directoryOf'>;
  readonly logger: Logger;
  /** What was last changed before, milliseconds since 1970, no process that runs has begun; undefined: it is not known. */
  readonly before: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds: clocks of databases and file servers differ. */
const clocks = 3_600_000;

/** Before which nothing on a disk can be of a process that is connected to this database. */
export async function beforeAllOf(db: Database): Promise<number | undefined> {
  const oldest = await db.presence.oldest();
  return oldest === undefined ? undefined : Date.parse(oldest) - clocks;
}
