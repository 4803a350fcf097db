import type { LastingDatabase } from './lasting.ts';
import type { Topic } from './signals.ts';

/** Something that is looked after again and again, by one look at a time. */
export interface Lookout {
  /** Looks now; while one looks, once more afterwards. */
  look(): void;
  /** Ends after the look that is under way. */
  stop(): Promise<void>;
}

/**
 * Milliseconds between two looks while there is nothing to look after: who adds something tells it, so that this is for what
 * was not heard only, and an idle service leaves its database alone.
 */
export const idleMs = 30_000;

/**
 * Looks at once, when `topic` is told, when a connection that was lost is back, and after the pause that the last look asked for.
 * @param options `look`: @returns milliseconds until the next look; `failed`: what becomes of a look that fails, and the same
 */
export function keepLooking(options: {
  readonly db: LastingDatabase;
  readonly topic: Topic;
  readonly look: () => Promise<number>;
  readonly failed: (thrown: unknown) => number;
}): Lookout {
  const { db, topic, failed } = options;
  let [isOpen, again]: [boolean, boolean] = [true, false];
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  const look = (): void => {
    if (!isOpen) return;
    if (looking) {
      again = true;
      return;
    }
    clearTimeout(timer);
    looking = options
      .look()
      .catch(failed)
      .then((pause) => {
        looking = undefined;
        if (!isOpen) return;
        timer = setTimeout(look, again ? 0 : Math.ceil(pause)).unref();
        again = false;
      });
  };

  const unlisten = db.listen((told) => {
    if (told === topic) look();
  });
  db.onReturn(look);
  look();
  return {
    look,
    stop: async () => {
      isOpen = false;
      unlisten();
      clearTimeout(timer);
      await looking;
    },
  };
}
