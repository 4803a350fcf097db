import { setTimeout as delay } from 'node:timers/promises';
import { NoAnswer, type Answer } from './transport.ts';

export interface RetryOptions {
  /** Milliseconds before each repetition; as many as there are. */
  readonly backoff: readonly number[];
  /** Milliseconds that a registry may ask to wait (Retry-After); where it asks for more, its refusal is final. */
  readonly longestWait: number;
}

/** Statuses that say: not now. */
const passing = new Set([429, 500, 502, 503, 504]);
/** How connections end that a server or something between closed, also one that was kept for too long. */
const broken = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN']);

/**
 * Milliseconds to wait before a request is repeated.
 * @param tries repetitions so far
 * @returns undefined when it is not
 */
export function waitBefore(
  outcome: Answer | NoAnswer,
  tries: number,
  { backoff, longestWait }: RetryOptions,
): number | undefined {
  const pause = backoff[tries];
  if (pause === undefined) return undefined;
  if (outcome instanceof NoAnswer) return broken.has(outcome.code) ? pause : undefined;
  if (!passing.has(outcome.status)) return undefined;
  const asked = retryAfter(outcome);
  if (asked === undefined) return pause;
  return asked > longestWait ? undefined : Math.max(asked, pause);
}

/** What Retry-After asks for, seconds or a date (RFC 9110, section 10.2.3), in milliseconds from now. */
export function retryAfter({ headers }: Pick<Answer, 'headers'>): number | undefined {
  const text = headers['retry-after'];
  if (!text) return undefined;
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(time) ? undefined : Math.max(0, time);
}

/** Sends until there is an answer to keep. @throws NoAnswer, or the reason of the signal */
export async function repeatedly(
  send: () => Promise<Answer>,
  options: RetryOptions,
  signal: AbortSignal,
): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const outcome = await send().catch((thrown: unknown) => {
      if (thrown instanceof NoAnswer) return thrown;
      throw thrown;
    });
    const wait = waitBefore(outcome, tries, options);
    if (wait !== undefined) await delay(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    else if (outcome instanceof NoAnswer) throw outcome;
    else return outcome;
  }
}
