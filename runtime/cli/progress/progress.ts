import type { LogChunk, Usage } from '../../engine/index.ts';
import type { StepName } from '../../execution/index.ts';

/** What a command shows while it works. */
export interface Progress {
  /** A step begins (no duration), or has ended well (milliseconds). */
  step(name: StepName, ms: number | undefined): void;
  /** A word on the running step, e.g. a line of a build. */
  detail(line: string): void;
  /** Absent where it is not shown: an engine that is asked for it works for it. */
  usage?(usage: Usage): void;
  /** The job's own output; resolves when it may go on. */
  log(chunk: LogChunk): Promise<void>;
  /** Ends what is live; later calls show nothing. */
  close(): Promise<void>;
}

export const silent: Progress = {
  step: () => undefined,
  detail: () => undefined,
  log: async () => undefined,
  close: async () => undefined,
};

/** How steps are called on the screen. */
export const stepTitles: Record<StepName, string> = {
  validate: 'read the manifest',
  build: 'build the image',
  pull: 'pull the image',
  register: 'register the job',
  'stage-in': 'stage the inputs',
  launch: 'launch the container',
  run: 'run the job',
  harvest: 'harvest the outputs',
  sidecars: 'read the sidecars',
  complete: 'catalogue the products',
};
