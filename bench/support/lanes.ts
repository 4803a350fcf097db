import { Samples } from './statistics.ts';

/** One way to do the same thing; returns what its parts took, milliseconds. */
export interface Lane {
  readonly name: string;
  run(): Promise<{ total: number; steps: readonly (readonly [string, number])[] }>;
}

export interface Timed {
  /** By lane. */
  readonly totals: Samples;
  /** By lane, then by step. */
  readonly steps: ReadonlyMap<string, Samples>;
}

/**
 * Runs the lanes in turn, each round beginning with another one, so that whatever else the machine does meanwhile meets
 * all alike. A first round warms up and is not counted.
 */
export async function alternate(lanes: readonly Lane[], rounds: number, signal: AbortSignal): Promise<Timed> {
  const totals = new Samples(lanes.map(({ name }) => name));
  const steps = new Map(lanes.map(({ name }) => [name, new Samples()]));
  for (let round = 0; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    for (let index = 0; index < lanes.length; index++) {
      const lane = lanes[(index + round) % lanes.length]!;
      signal.throwIfAborted();
      const taken = await lane.run();
      if (round === 0) continue;
      totals.add(lane.name, taken.total);
      for (const [step, ms] of taken.steps) steps.get(lane.name)!.add(step, ms);
    }
  }
  progress('');
  return { totals, steps };
}

/** On a terminal, one line that is written over. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
