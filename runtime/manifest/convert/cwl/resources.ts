import type { ScalarResource } from '../../manifest.ts';
import { basicResources, environmentName } from '../../names.ts';

/** Amounts of what a manifest does not declare, and what every job gets at least: CPU cores, MiB, MiB. */
export interface ResourceDefaults {
  readonly defaults: Readonly<Record<'cpus' | 'mem' | 'disk', number>>;
  readonly minimums: Readonly<Record<'cpus' | 'mem' | 'disk', number>>;
}

/** A resource as `seedAmount` of the library takes it. */
export interface ResourceData {
  readonly name: string;
  /** `ALLOCATED_...` */
  readonly variable: string;
  readonly value: number;
  readonly inputMultiplier: number;
  /** In MiB or whole units, so rounded up. */
  readonly whole: boolean;
  readonly least: number;
}

const wholeUnits = ['mem', 'disk', 'sharedMem', 'gpus'];

/** What engines take at least. */
const floors: Readonly<Record<string, number>> = { cpus: 0.01, mem: 6 };

/** What the job is allotted: what it declares, and the default of each basic resource that it does not. */
export function resourceData(
  scalar: readonly ScalarResource[],
  { defaults, minimums }: ResourceDefaults,
): ResourceData[] {
  const declared = new Set(scalar.map(({ name }) => name));
  const undeclared = basicResources
    .filter((name) => !declared.has(name))
    .map((name) => ({ name, value: defaults[name], inputMultiplier: 0 }));
  return [...scalar, ...undeclared].map(({ name, value, inputMultiplier }) => {
    const basic = basicResources.find((known) => known === name);
    return {
      name,
      variable: `ALLOCATED_${environmentName(name)}`,
      value,
      inputMultiplier,
      whole: wholeUnits.includes(name),
      least: basic ? Math.max(minimums[basic], floors[basic] ?? 0) : 0,
    };
  });
}

const fields = { cpus: 'coresMin', mem: 'ramMin', disk: 'outdirMin' } as const;

/** `ResourceRequirement`: cpus, mem and disk. An expression in it must come to a whole number. */
export function resourceRequirement(resources: readonly ResourceData[]): Record<string, unknown> {
  const requirement: Record<string, unknown> = { class: 'ResourceRequirement' };
  resources.forEach((resource, index) => {
    const field = fields[resource.name as keyof typeof fields];
    if (!field || (resource.value === 0 && resource.inputMultiplier === 0 && resource.least === 0)) return;
    const amount = Math.max(resource.value, resource.least);
    if (resource.inputMultiplier !== 0)
      requirement[field] = `$(Math.ceil(seedAmount(seedJob.resources[${index}], inputs)))`;
    else requirement[field] = field === 'coresMin' ? amount : Math.ceil(amount);
  });
  return requirement;
}
