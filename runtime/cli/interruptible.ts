import { Interruption } from './interruption.ts';

/**
 * Does work that leaves something to tidy up, also where a signal ends it; the process then ends by that signal, as it
 * would have without.
 * @param tidy told whether the work was done
 */
export async function interruptible<Value>(
  work: () => Promise<Value>,
  tidy: (isDone: boolean) => Promise<void>,
): Promise<Value> {
  const interruption = new Interruption();
  let isDone = false;
  try {
    const value = await interruption.unlessStopped(work());
    isDone = true;
    return value;
  } finally {
    await tidy(isDone);
    interruption.end();
    const { aborted, reason } = interruption.signal;
    if (aborted) process.kill(process.pid, reason as NodeJS.Signals);
  }
}
