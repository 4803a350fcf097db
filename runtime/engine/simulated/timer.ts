/** Node's timers take 24.8 days at most and fire at once beyond that. */
const longest = 2 ** 31 - 1;

export interface Timer {
  readonly passed: Promise<void>;
  cancel(): void;
  /** Lets the process end before the time has passed. */
  unref(): void;
}

/** Resolves after some milliseconds; never, where that is longer than Node's timers go. */
export function afterMs(ms: number): Timer {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    if (ms <= longest) timer = setTimeout(resolve, ms);
  });
  return { passed, cancel: () => clearTimeout(timer), unref: () => timer?.unref() };
}
