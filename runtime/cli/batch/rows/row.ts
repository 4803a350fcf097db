import type { SeedbedError } from '../../../errors/index.ts';
import type { JsonValue, Warning } from '../../../execution/index.ts';
import type { GivenFile } from '../../run/input-files.ts';

/** A row as it is written, before anything in it has been looked at. */
export interface WrittenRow {
  /** The first row is 1. In a CSV file, blank lines between rows are counted too, as seed-cli counted them. */
  readonly number: number;
  /** Where it begins in the CSV file; null for a file of a directory. */
  readonly line: number | null;
  /** Texts for each input that has any, by the manifest's names, in the order of the columns. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** What is wrong with its form. */
  readonly error?: SeedbedError;
}

/** A row that can be run. */
export interface ReadyRow {
  readonly number: number;
  readonly line: number | null;
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** By input, in the order given. */
  readonly files: ReadonlyMap<string, readonly GivenFile[]>;
  readonly json: ReadonlyMap<string, JsonValue>;
  /** What the row's job would read, as a digest: two rows with the same one would do the same work. */
  readonly key: string;
}

/** A row that cannot be run, and why. */
export interface RefusedRow {
  readonly number: number;
  readonly line: number | null;
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly error: SeedbedError;
  /** The input, or the column, that is to blame; null where it is none alone. */
  readonly column: string | null;
}

/** What a batch is run on. */
export interface Rows {
  /** How many there are. */
  readonly total: number;
  /** What was left out. */
  readonly notes: readonly Warning[];
  read(): AsyncIterable<WrittenRow>;
  /** Removes what was made to read them. */
  close(): Promise<void>;
}
