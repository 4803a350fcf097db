import type { FileRow, Page } from './documents.ts';

/** A batch, as far as the commands look at it. */
export interface BatchRow {
  readonly id: number;
  readonly name: string | null;
  readonly state: 'STAGING' | 'CREATING' | 'CREATED' | 'CANCELED';
  readonly jobs_total: number;
  readonly jobs_completed: number;
  readonly jobs_failed: number;
  readonly jobs_canceled: number;
}

/** A file that a job of a batch or recipe gave. */
export interface OutputFileRow extends FileRow {
  /** Hexadecimal. */
  readonly sha256: string | null;
  readonly of: {
    readonly job: { readonly id: number };
    /** At the top. */
    readonly recipe: { readonly id: number } | null;
    /** Nodes from that recipe down to the job; with `item`, a run of one with forEach. */
    readonly path: readonly { readonly name: string; readonly item: number | null }[];
    readonly output: string;
    readonly position: number;
  };
}

export interface OutputFilePage extends Page<OutputFileRow> {
  readonly isFirst: boolean;
}
