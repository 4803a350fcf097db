/** A row of a Scale: every value as Postgres writes it as text, times in UTC. */
export type ScaleRow = Readonly<Record<string, string | null>>;

/** The tables of a Scale that are taken over, by their names there. */
export const scaleTables = [
  'workspace',
  'job_type',
  'job_type_revision',
  'recipe_type',
  'recipe_type_revision',
  'scale_file',
  'file_ancestry_link',
] as const;
export type ScaleTable = (typeof scaleTables)[number];

/** Where a Scale is read from; nothing there is changed. */
export interface ScaleSource {
  /** For messages, and for remembering what was taken from it; without a password. */
  readonly name: string;
  /** The rows of a table by pages of at most 1000, each once. A column that this Scale lacks is undefined. */
  pages(table: ScaleTable): AsyncGenerator<ScaleRow[]>;
  close(): Promise<void>;
}

export const pageRows = 1000;
