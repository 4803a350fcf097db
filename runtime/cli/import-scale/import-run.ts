import type { Queries } from '../../database/index.ts';
import type { Mapping } from './mapping.ts';
import type { ImportReport } from './report.ts';
import type { ScaleSource } from './source.ts';

/** What every part of an import works with. */
export interface ImportRun {
  readonly source: ScaleSource;
  readonly mapping: Mapping;
  readonly report: ImportReport;
  /** What is kept together, or not at all. */
  readonly together: <T>(work: (tx: Queries) => Promise<T>) => Promise<T>;
  /** Who imports. */
  readonly actor: string;
  readonly signal: AbortSignal;
  /** A word on what is done. */
  readonly tell: (line: string) => void;
}
