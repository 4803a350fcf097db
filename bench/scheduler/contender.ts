/** A queue in a database of its own, through which jobs go that do nothing. */
export interface Contender {
  readonly name: string;
  /** What a claim takes. */
  readonly form: 'one job per claim' | 'batches';
  /** How many things at once are tried, for the best. */
  readonly concurrencies: readonly number[];
  /** Puts so many more jobs in the queue, by whatever way is fast, and brings the planner's statistics up to date. */
  lengthen(count: number): Promise<void>;
  /**
   * Full lifecycles, submit → claim → complete, until the signal aborts: for each job that ends another one is submitted,
   * so that the queue keeps its length.
   * @param onDone is told how many more jobs have ended
   */
  cycle(concurrency: number, onDone: (jobs: number) => void, signal: AbortSignal): Promise<void>;
  /** How many jobs wait. */
  waiting(): Promise<number>;
  close(): Promise<void>;
}

/** Jobs that a batch has, where the contender leaves that open. */
export const batchSize = 100;

/** Does the same thing over and over, in so many lanes side by side, until the signal aborts or one of them fails. */
export async function inLanes(
  count: number,
  signal: AbortSignal,
  once: (lane: number) => Promise<void>,
): Promise<void> {
  let failed = false;
  const run = async (lane: number) => {
    try {
      while (!signal.aborted && !failed) await once(lane);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: count }, (_, lane) => run(lane)));
  for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
}
