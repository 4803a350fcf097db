import type { SeedbedError } from '../../errors/index.ts';
import type { ExecutionKey, LogChunk } from '../engine.ts';
import type { SimulatedOptions } from './options.ts';
import { randomOf } from './random.ts';

/** One line that a simulated job writes. */
export interface StoryLine {
  /** Milliseconds after the start. */
  readonly afterMs: number;
  readonly stream: LogChunk['stream'];
  /** With its end of line. */
  readonly text: string;
}

/** What happens to one execution if nobody stops it. */
export interface Story {
  /** In place of a start. */
  readonly launchFailure?: SeedbedError;
  /** Infinity: until it is stopped. */
  readonly durationMs: number;
  /** `exits`: by itself; `vanishes`: its container is gone; `interrupted`: an exit that says nothing about the job. */
  readonly end: 'exits' | 'vanishes' | 'interrupted';
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** In the order in which they are written. */
  readonly lines: readonly StoryLine[];
  /** Whether it goes on after SIGTERM. */
  readonly ignoresTerm: boolean;
  /** Content by path relative to the output directory, there when it exits by itself. */
  readonly outputs: Readonly<Record<string, string>>;
}

const killed = 137;

/**
 * Draws the story of an execution. The installation is left out, because each database has another one and its
 * executions are to fare alike. Each part is drawn whatever the others are, so that an option changes that part alone.
 */
export function drawStory(options: SimulatedOptions, key: ExecutionKey): Story {
  const random = randomOf(options.seed, key.execution, key.attempt);
  const durationMs = between(options.durationMs ?? [0, 0], random());
  const isLost = random() < (options.lossRate ?? 0);
  const isInterrupted = random() < (options.interruptionRate ?? 0);
  const oomKilled = random() < (options.oomRate ?? 0);
  const isFailure = random() < (options.failureRate ?? 0);
  const failure = 1 + Math.floor(random() * 125);
  const [fewest, most] = options.logLines ?? [0, 0];
  const lineCount = fewest + Math.floor(random() * (most - fewest + 1));
  return {
    durationMs,
    end: isLost ? 'vanishes' : isInterrupted ? 'interrupted' : 'exits',
    exitCode: oomKilled ? killed : isFailure ? failure : 0,
    oomKilled,
    lines: Array.from({ length: lineCount }, (_, at) => ({
      // The first one at once, also where there is no end.
      afterMs: at === 0 ? 0 : (durationMs * at) / lineCount,
      stream: random() < 0.5 ? 'stdout' : 'stderr',
      text: `line ${at + 1} of ${lineCount} of execution ${key.execution}\n`,
    })),
    ignoresTerm: false,
    outputs: {},
  };
}

function between([least, most]: readonly [number, number], share: number): number {
  return least === most ? least : least + share * (most - least);
}
