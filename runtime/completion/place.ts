import type { LocalWorkspace } from '../workspace/index.ts';

/** A directory that products of an execution have been put into. */
export interface Place {
  readonly workspace: LocalWorkspace;
  /** Absolute. */
  readonly destination: string;
}

/** Where the products of an execution go. */
export interface Places {
  /** Of OUTPUT_DIR as a whole. */
  readonly main: Place;
  /** Of outputs that have a workspace of their own, by their names. */
  readonly elsewhere: ReadonlyMap<string, Place>;
}
