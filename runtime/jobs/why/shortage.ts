import type { Resources } from '../resources.ts';

/** How much of a resource a job needs and how much there is. */
export interface Shortage {
  readonly resource: string;
  readonly needed: number;
  readonly available: number;
}

/** Amounts that differ by less than that are equal: sums of fractions are never exact. */
const grain = 1e-6;

/** The resources of which there is too little. Pure. */
export function shortages(
  needed: Resources,
  available: Readonly<Record<string, number | undefined>>,
): Shortage[] {
  return Object.entries(needed).flatMap(([resource, amount = 0]) => {
    const there = available[resource] ?? 0;
    return amount > there + grain ? [{ resource, needed: amount, available: Math.max(0, round(there)) }] : [];
  });
}

/** What is left of a capacity. */
export function left(capacity: Resources, promised: Resources): Record<string, number> {
  return Object.fromEntries(
    Object.entries(capacity).map(([name, amount = 0]) => [name, round(amount - (promised[name] ?? 0))]),
  );
}

function round(amount: number): number {
  return Math.round(amount / grain) * grain;
}

const units: Readonly<Record<string, string>> = {
  mem: ' MiB',
  disk: ' MiB',
  sharedMem: ' MiB',
  cpus: ' cores',
};

/** `it needs 4096 MiB of mem, and 512 MiB are free` */
export function inWords(shortage: readonly Shortage[], state: string): string {
  return shortage
    .map(({ resource, needed, available }) => {
      const unit = units[resource] ?? '';
      return `it needs ${shown(needed)}${unit} of ${resource}, and ${shown(available)}${unit} ${state}`;
    })
    .join('; ');
}

function shown(amount: number): string {
  return String(Math.round(amount * 1000) / 1000);
}
