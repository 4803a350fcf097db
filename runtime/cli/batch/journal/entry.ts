import type { BatchRowDocument } from '../../../../seed-schema/index.ts';

/** Of a journal's lines; it rises when they change. */
export const format = 1;

/** What must be the same for a batch to be resumed: two different ones must not be mixed. */
export interface BatchIdentity {
  readonly image: string;
  /** The engine's id of the image. */
  readonly imageId: string;
  /** Values of settings, those of secrets masked. */
  readonly settings: Readonly<Record<string, string>>;
  /** Host directories by mount. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Amounts of resources that were given. */
  readonly resources: Readonly<Record<string, number>>;
  readonly network: string;
}

/** The first line of a journal. */
export interface Heading {
  readonly format: number;
  /** Uuid of the batch, and of its queue. */
  readonly batch: string;
  readonly created: string;
  readonly identity: BatchIdentity;
}

/** Any other line. */
export type Entry =
  /** A directory was chosen for a row: what is in it later is the row's. */
  | { readonly begun: { readonly id: string; readonly directory: string } }
  /** A row has ended, its products being in their place; `id` is null for a row that was rejected. */
  | { readonly ended: { readonly id: string | null; readonly row: BatchRowDocument } };

/** Where a line stands in the file, in bytes. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}
