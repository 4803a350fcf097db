/**
 * Session advisory locks of one database. Those with a meaning of their own use the two-key space (`family`, key);
 * runtimes use the one-key space, where the key is the runtime's number.
 */
export const family = 0x53656564; // "Seed"

export const lockKeys = {
  /** Held while migrations run. */
  migrating: 1,
  /** Shared by every client of the embedded server; whoever can have it alone is the last one. */
  inUse: 2,
  /** Held while an attempt to log in is counted. */
  countingLogins: 12,
  /** Held by whoever removes files, for each step. */
  sweeping: 23,
} as const;
