/** Between attempts that failed, milliseconds. */
const pauseMs = 200;
/** An attempt that takes longer may wait for an answer that never comes: another one is begun beside it. */
const patienceMs = 20_000;

/**
 * Tries until it succeeds.
 * @param surplus is given what comes after the first success, or after the signal
 * @returns undefined as soon as the signal aborts
 */
export function tryUntil<Value>(
  attempt: () => Promise<Value>,
  signal: AbortSignal,
  surplus: (value: Value) => void,
): Promise<Value | undefined> {
  return new Promise((resolve) => {
    let over = false;
    let newest = 0;
    let timer: NodeJS.Timeout | undefined;
    const end = (value: Value | undefined): void => {
      over = true;
      clearTimeout(timer);
      resolve(value);
    };
    const again = (after: number): void => {
      clearTimeout(timer);
      timer = setTimeout(begin, after);
    };
    const begin = (): void => {
      const mine = ++newest;
      again(patienceMs);
      attempt().then(
        (value) => (over ? surplus(value) : end(value)),
        () => {
          if (!over && mine === newest) again(pauseMs);
        },
      );
    };
    signal.addEventListener('abort', () => over || end(undefined), { once: true });
    if (signal.aborted) end(undefined);
    else begin();
  });
}
