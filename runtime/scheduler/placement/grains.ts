import type { Amounts } from './placement.ts';

/**
 * Amounts are counted in whole grains, millionths of a unit, so that sums are exact: in binary, 0.1 + 0.2 is more than
 * 0.3, and three jobs of 0.1 would not fit where 0.3 is free. What is less than a grain is dropped, so that six jobs of
 * 1/6 fit where 1 is; nothing is overcommitted by more than a grain for each job.
 */
const grainsPerUnit = 1e6;
/** Grains that are noise of the binary form: 1.001 × 1e6 is 1000999.9999999999. */
const noise = 0.01;

/** What is there, in grains. */
export function availableGrains(amount = 0): number {
  return Math.floor(amount * grainsPerUnit + noise);
}

/** What is asked for, in grains; a negative amount is none. NaN stays, and fits nowhere. */
export function neededGrains(amount = 0): number {
  return Math.max(0, availableGrains(amount));
}

/** What a node has free of one resource, in grains; negative where more is promised than there is. */
export function freeGrains(name: string, capacity: Amounts, promised: Amounts): number {
  return availableGrains(capacity[name]) - neededGrains(promised[name]);
}

/** Back in units. */
export function unitsOf(grains: number): number {
  return grains / grainsPerUnit;
}
