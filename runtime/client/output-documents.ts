import type { FileRow, Page } from './documents.ts';

/** A file that a job of a batch or recipe gave. */
export interface OutputFileRow extends Pick<FileRow, 'id' | 'file_name' | 'file_size'> {
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
  readonly next: string | null;
}
