import type { ScanConfiguration, StrikeConfiguration } from '../../../seed-schema/index.ts';
import type { Config } from '../../config/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import type { Logger } from '../../logging/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** How often is looked, milliseconds. */
export interface Timing {
  /** At which strikes and scans there are to be worked at. */
  readonly tasks: number;
  /** At a directory, where no notice came. */
  readonly directory: number;
  /** At a bucket without a queue. */
  readonly bucket: number;
  /** Files that have not been changed for so long are complete at the first look. */
  readonly settled: number;
  /** Between the two looks at a file that was changed lately. */
  readonly apart: number;
  /** After a first failure; doubled for each further one. */
  readonly pause: number;
}

export const usualTiming: Timing = {
  tasks: 2000,
  directory: 2000,
  bucket: 30_000,
  settled: 10_000,
  apart: 1000,
  pause: 1000,
};

/** Workspaces by their rows, kept open. */
export interface OpenWorkspaces {
  byId(id: number): Promise<Workspace | undefined>;
  byName(name: string): Promise<Workspace | undefined>;
}

/** Is told what was ingested. */
export interface IngestObserver {
  ended(files: number, bytes: number): void;
  failed(files: number): void;
}

/** Between which a process may be killed: those of a batch, and those of single files. */
export type Step = 'recorded' | 'aside' | 'staged' | 'read' | 'compared' | 'moved' | 'catalogued' | 'cleared';

/** What everything that ingests works with. */
export interface IngestContext {
  readonly db: LastingDatabase;
  readonly config: Config;
  readonly logger: Logger;
  readonly workspaces: OpenWorkspaces;
  readonly timing: Timing;
  readonly observer?: IngestObserver | undefined;
  /** Is told of each step that is done, and waits: for tests that kill or let others go first. */
  readonly reached?: ((step: Step) => void | Promise<void>) | undefined;
}

/** A strike or scan as its row has it. */
export interface StrikeTask {
  readonly kind: 'strike';
  readonly id: number;
  readonly name: string;
  readonly configuration: StrikeConfiguration;
}

export interface ScanTask {
  readonly kind: 'scan';
  readonly id: number;
  readonly name: string;
  readonly configuration: ScanConfiguration;
}

export type Task = StrikeTask | ScanTask;
