/** How a request went that failed. */
export interface Failure {
  /** Of the answer; undefined: there was none, the connection failed. */
  readonly status?: number | undefined;
  /** The header Retry-After of the answer. */
  readonly retryAfter?: string | null | undefined;
}

/** How often and how soon a request is sent again. */
export interface Persistence {
  /** Times that it is sent again. */
  readonly retries: number;
  /** Milliseconds before the first of them; each later one waits twice as long. */
  readonly firstMs: number;
  /** Milliseconds that growing stops at. */
  readonly mostMs: number;
  /** When it aborts, nothing is sent again; what is on its way is not broken off. */
  readonly until?: AbortSignal | undefined;
}

/** About a minute and a half in all. */
export const persistent: Persistence = { retries: 8, firstMs: 250, mostMs: 30_000 };

/** Milliseconds that an answer may ask to wait; one that asks for more has failed. */
const longestWait = 3_600_000;

/**
 * Whether a request may well succeed later: the connection failed, or the answer was 408, 429 or 5xx. Pure.
 */
export function isPassing({ status }: Failure): boolean {
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

/**
 * Milliseconds before a request that failed is sent again; undefined: it is not. The pause that an answer asks for with
 * Retry-After (RFC 9110, 10.2.3: seconds, or a date) is kept; others grow, and half of each is left to chance, so that many
 * clients do not come back at once. Pure.
 * @param sent how often it was sent, from 1
 * @param chance 0 to 1
 */
export function pauseBefore(
  sent: number,
  failure: Failure,
  { retries, firstMs, mostMs }: Persistence,
  now: number = Date.now(),
  chance: number = Math.random(),
): number | undefined {
  if (sent > retries || !isPassing(failure)) return undefined;
  const asked = waitAsked(failure.retryAfter, now);
  if (asked !== undefined) return asked > longestWait ? undefined : asked;
  const pause = Math.min(firstMs * 2 ** (sent - 1), mostMs);
  return Math.round(pause / 2 + (pause / 2) * chance);
}

/** @returns undefined where nothing is asked for, or nothing that can be understood */
function waitAsked(header: string | null | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
