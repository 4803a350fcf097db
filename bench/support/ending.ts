const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a benchmark has made, to be undone at its end, and whether it is to end now. */
export class Ending {
  readonly #acts: (() => Promise<unknown>)[] = [];
  readonly #controller = new AbortController();

  /** Aborted by Ctrl-C: whatever takes long ends itself. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The last thing made is the first one undone. */
  undo(act: () => Promise<unknown>): void {
    this.#acts.unshift(act);
  }

  interrupt(): void {
    this.#controller.abort(new Error('interrupted'));
  }

  async end(): Promise<void> {
    for (const act of this.#acts.splice(0))
      await act().catch((error: unknown) => console.error('not cleaned up:', error));
  }
}

/**
 * Runs a benchmark and clears up after it, however it ends.
 * @returns the exit code of `work`; 130 when it was interrupted
 */
export async function withEnding(work: (ending: Ending) => Promise<number>): Promise<number> {
  const ending = new Ending();
  const interrupt = () => ending.interrupt();
  for (const name of signals) process.on(name, interrupt);
  try {
    return await work(ending);
  } catch (error) {
    if (!ending.signal.aborted) throw error;
    console.error('interrupted; clearing up ...');
    return 130;
  } finally {
    await ending.end();
    for (const name of signals) process.off(name, interrupt);
  }
}
