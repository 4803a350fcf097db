/** Attempts at most: the last one comes about 21 hours after the first. */
export const mostAttempts = 11;

const firstSeconds = 5;
const longestSeconds = 8 * 60 * 60;

/**
 * Seconds from a failed attempt to the next one: 5 s, then three times as long each time, 8 hours at most, and a tenth more
 * or less so that what failed together does not come back together.
 * @param attempts made so far
 * @param random from 0 to 1
 * @returns undefined when it has been tried often enough
 */
export function nextDelay(attempts: number, random = Math.random()): number | undefined {
  if (attempts >= mostAttempts) return undefined;
  return Math.min(longestSeconds, firstSeconds * 3 ** (attempts - 1)) * (0.9 + 0.2 * random);
}
