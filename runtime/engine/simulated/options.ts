import type { ExecutionKey, LaunchSpec } from '../engine.ts';
import type { Story } from './story.ts';

/** An image that a simulated engine has, or that a simulated registry has or refuses. */
export interface SimulatedImage {
  /** With its tag. */
  readonly reference: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: string;
  /** Bytes; default: 1 MiB. */
  readonly size?: number;
  /** Whether the engine has it from the beginning; default: yes. */
  readonly here?: boolean;
  /** What comes of a pull; default: it is pulled. */
  readonly registry?: 'has it' | 'refuses' | 'is unreachable';
  /** Milliseconds that a pull takes; default: `pullMs` of the engine. */
  readonly pullMs?: number;
}

/** Shares of executions are from 0 to 1. */
export interface SimulatedOptions {
  /** The same seed tells the same story of the same execution, in whatever order they are launched. */
  readonly seed: number;
  /** Cores; default: 4. */
  readonly cpus?: number;
  /** MiB; default: 8192. */
  readonly mem?: number;
  /** Whether it has GPUs; default: no. */
  readonly gpus?: boolean;
  /** The shortest and the longest duration, milliseconds, evenly drawn; twice Infinity: until stopped. Default: 0, 0. */
  readonly durationMs?: readonly [number, number];
  /** Share that ends with an exit code from 1 to 125. */
  readonly failureRate?: number;
  /** Share that is killed for want of memory. */
  readonly oomRate?: number;
  /** Share whose container vanishes. */
  readonly lossRate?: number;
  /** Share whose exit is that of an interrupted engine. */
  readonly interruptionRate?: number;
  /** The fewest and the most lines of log, evenly drawn; default: 0, 0. */
  readonly logLines?: readonly [number, number];
  /** Milliseconds that a pull takes; default: 0. */
  readonly pullMs?: number;
  /** All images that it can ever have. */
  readonly images: readonly SimulatedImage[];
  /** Changes the story of single executions. */
  readonly script?: (spec: LaunchSpec, key: ExecutionKey) => Partial<Story>;
}
