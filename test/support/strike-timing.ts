/** So quick that tests wait for work, not for time. */
export const quickTiming = {
  tasks: 20,
  directory: 10,
  bucket: 20,
  settled: 3_600_000,
  apart: 1,
  pause: 1,
} as const;
