/** One signal for several, until it is released. */
export interface JoinedSignals {
  readonly signal: AbortSignal;
  /** The work that it was made for is over: nothing is held any more, and nothing aborts it. */
  release(): void;
}

/**
 * Joins signals and a limit of time into one signal that aborts with the first of them. In place of `AbortSignal.any`,
 * whose timeouts the garbage collector may take away before they are over, so that what they should end goes on for ever
 * (nodejs/node #57736).
 * @param ms milliseconds; its reason is a TimeoutError, as that of `AbortSignal.timeout`; keeps no process alive
 */
export function joinSignals(signals: readonly (AbortSignal | undefined)[], ms?: number): JoinedSignals {
  const joined = new AbortController();
  const releases: (() => void)[] = [];
  const release = () => {
    for (const one of releases.splice(0)) one();
  };
  const abort = (reason: unknown) => {
    release();
    joined.abort(reason);
  };
  for (const signal of signals) {
    if (!signal) continue;
    const follow = () => abort(signal.reason);
    if (signal.aborted) {
      follow();
      break;
    }
    signal.addEventListener('abort', follow, { once: true });
    releases.push(() => signal.removeEventListener('abort', follow));
  }
  if (ms !== undefined && !joined.signal.aborted) {
    const timer = setTimeout(
      () => abort(new DOMException(`It took longer than ${ms} ms`, 'TimeoutError')),
      ms,
    ).unref();
    releases.push(() => clearTimeout(timer));
  }
  return { signal: joined.signal, release };
}
