import { availableGrains, freeGrains, neededGrains, unitsOf } from './grains.ts';
import type { NodeLedger, Amounts } from './placement.ts';

/** What a node lacks for a job. Amounts in units, only of resources that are short. */
export interface Shortfall {
  /** Beside what it has promised to others. */
  readonly now: Readonly<Record<string, number>>;
  /** Even if nothing else ran there: with any entry, the job never fits. */
  readonly ever: Readonly<Record<string, number>>;
  /** 1 when it runs as many jobs as it may. */
  readonly slots: 0 | 1;
}

/** How much of what is short for a job on one node; all empty where it fits. Pure. */
export function shortfall(resources: Amounts, { capacity, promised, freeSlots }: NodeLedger): Shortfall {
  const missing = (availableOf: (name: string) => number) => {
    const short: Record<string, number> = {};
    for (const [name, amount] of Object.entries(resources)) {
      const need = neededGrains(amount);
      const available = availableOf(name);
      if (need !== 0 && !(need <= available)) short[name] = unitsOf(need - available);
    }
    return short;
  };
  return {
    now: missing((name) => freeGrains(name, capacity, promised)),
    ever: missing((name) => availableGrains(capacity[name])),
    slots: freeSlots > 0 ? 0 : 1,
  };
}
