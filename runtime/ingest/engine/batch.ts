import type { FileMetadata } from '../../catalog/index.ts';
import type { FileEntry, Workspace } from '../../workspace/index.ts';
import type { Kin } from './duplicates.ts';
import type { IngestRow } from './rows.ts';

/** A file on its way through one batch; each step adds what it finds out. */
export interface Item {
  row: IngestRow;
  /** ISO 8601: when work at it began. */
  readonly started: string;
  /** Where it is at this moment. */
  workspace: Workspace;
  path: string;
  size: number;
  version: string;
  sha256: string | null;
  /** What is known of its content; null: nothing. */
  metadata?: FileMetadata | null;
  /** What stands where it is to go. */
  standing?: FileEntry | undefined;
  /** The file of the catalogue that it is already. */
  same?: Kin;
  /** Files of the catalogue that it comes in the place of, which stand elsewhere. */
  former: readonly Kin[];
  /** Why it cannot be taken. */
  failure?: { readonly reason: string; readonly isFinal: boolean };
}

/** Those that no step has failed for. */
export function able(items: readonly Item[]): Item[] {
  return items.filter(({ failure }) => !failure);
}
