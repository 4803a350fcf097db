import type { ContainerLimits, EngineCapabilities } from '../engine/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { ScalarResource } from '../manifest/manifest.ts';
import { environmentName } from '../manifest/names.ts';

export interface AllocationRequest {
  readonly scalar: readonly ScalarResource[];
  /** Sum over all input files. */
  readonly inputBytes: number;
  /** `--resource NAME=VALUE`, by name. */
  readonly overrides: ReadonlyMap<string, number>;
  /** Of undeclared resources: CPU cores, MiB, MiB. */
  readonly defaults: Readonly<Record<Basic, number>>;
  readonly minimums: Readonly<Record<Basic, number>>;
  /** What the machine of the containers has. */
  readonly available: Pick<EngineCapabilities, 'cpus' | 'mem' | 'gpus'>;
}

export interface Allocation {
  /**
   * Cores, MiB, or units of the resource. Always has `cpus`, `mem` and `disk`; those, `sharedMem` and `gpus` under these
   * names however the manifest spells them, others as declared.
   */
  readonly allocated: Readonly<Record<string, number>>;
  readonly limits: Pick<ContainerLimits, 'cpus' | 'mem' | 'sharedMem' | 'gpus'>;
  /** Everything that forbids the launch: resource-unavailable, invalid-resource, unknown-name. */
  readonly problems: readonly SeedbedError[];
}

type Basic = 'cpus' | 'mem' | 'disk';

const basics = ['cpus', 'mem', 'disk'] as const;

/** Resources that the executor knows, by what the variable `ALLOCATED_...` makes of their name. */
const standard = new Map([...basics, 'sharedMem', 'gpus'].map((name) => [environmentName(name), name]));

/** In MiB, so a computed amount is rounded up to whole ones (as on Scale). */
const inMiB = new Set(['mem', 'disk', 'sharedMem'].map(environmentName));
const wholeUnits = new Set([...inMiB, environmentName('gpus')]);

/** Docker refuses less, and takes 0 as unlimited: cores (1 ms of each 100), MiB. */
const engineFloors: Readonly<Record<string, number>> = { CPUS: 0.01, MEM: 6 };

/**
 * What a job gets: `value + inputMultiplier × input MiB` (the standard, "Resources"). Amounts never include the input
 * files themselves. Names are compared as the variables that they become, so `sharedmem` is `sharedMem`.
 */
export function allocate(request: AllocationRequest): Allocation {
  const amounts = new Map<string, { name: string; amount: number }>();
  const problems: SeedbedError[] = [];
  for (const resource of request.scalar) {
    const key = environmentName(resource.name);
    const amount = requirement(resource, request.inputBytes);
    const known = amounts.get(key);
    const name = known?.name ?? standard.get(key) ?? resource.name;
    amounts.set(key, { name, amount: Math.max(amount, known?.amount ?? amount) });
  }
  for (const name of basics) {
    const key = environmentName(name);
    if (!amounts.has(key)) amounts.set(key, { name, amount: request.defaults[name] });
  }
  const granted = override(amounts, request.overrides, problems);
  for (const name of basics) {
    const entry = amounts.get(environmentName(name))!;
    if (entry.amount < 0) continue;
    entry.amount = Math.max(entry.amount, request.minimums[name], engineFloors[environmentName(name)] ?? 0);
  }
  for (const [key, entry] of amounts) {
    const problem = invalid(key, entry) ?? unavailable(key, entry, granted.has(key), request.available);
    if (problem) problems.push(problem);
  }
  const allocated = Object.fromEntries([...amounts.values()].map(({ name, amount }) => [name, amount]));
  return { allocated, limits: limitsOf((name) => amounts.get(environmentName(name))?.amount), problems };
}

/** What a resource comes to by what its manifest says. @returns cores, MiB, or units of the resource */
export function requirement({ name, value, inputMultiplier }: ScalarResource, inputBytes: number): number {
  if (inputMultiplier === 0) return value;
  const computed = value + inputMultiplier * (inputBytes / 2 ** 20);
  // 0.1 × 30 is 3.0000000000000004 in binary, and is not to become 4.
  return wholeUnits.has(environmentName(name)) ? Math.ceil(Number(computed.toFixed(6))) : computed;
}

/** @returns the keys that the caller has named an amount for */
function override(
  amounts: Map<string, { name: string; amount: number }>,
  overrides: ReadonlyMap<string, number>,
  problems: SeedbedError[],
): Set<string> {
  const known = [...amounts.values()].map(({ name }) => name);
  const granted = new Set<string>();
  for (const [name, amount] of overrides) {
    const key = environmentName(name);
    const entry = amounts.get(key);
    const own = entry?.name ?? standard.get(key);
    if (own === undefined)
      problems.push(new SeedbedError('unknown-name', { kind: 'resource', name, known: known.join(', ') }));
    else amounts.set(key, { name: own, amount });
    granted.add(key);
  }
  return granted;
}

function invalid(key: string, { name, amount }: { name: string; amount: number }): SeedbedError | undefined {
  const problem = !Number.isFinite(amount)
    ? 'and must be a number'
    : amount < 0
      ? 'and cannot be negative'
      : key === 'GPUS' && !Number.isInteger(amount)
        ? 'and GPUs are given whole'
        : undefined;
  return problem && new SeedbedError('invalid-resource', { resource: name, amount, problem });
}

function unavailable(
  key: string,
  { name, amount }: { name: string; amount: number },
  granted: boolean,
  machine: AllocationRequest['available'],
): SeedbedError | undefined {
  const fail = (needed: string, available: string) =>
    new SeedbedError('resource-unavailable', { resource: name, needed, available });
  const unit = inMiB.has(key) ? ' MiB' : '';
  const limit = { CPUS: machine.cpus, MEM: machine.mem, SHAREDMEM: machine.mem }[key];
  if (limit !== undefined) return amount > limit ? fail(`${amount}${unit}`, `${limit}${unit}`) : undefined;
  if (amount === 0 || key === 'DISK') return undefined;
  if (key === 'GPUS') return machine.gpus ? undefined : fail(`${amount}`, 'none');
  return granted ? undefined : fail(`${amount}`, 'none');
}

function limitsOf(amountOf: (name: string) => number | undefined): Allocation['limits'] {
  const sharedMem = amountOf('sharedMem');
  const gpus = amountOf('gpus');
  return {
    cpus: amountOf('cpus')!,
    mem: wholeBytes(amountOf('mem')!),
    ...(sharedMem ? { sharedMem: wholeBytes(sharedMem) } : {}),
    ...(gpus ? { gpus } : {}),
  };
}

/** MiB that come to whole bytes. */
function wholeBytes(mib: number): number {
  return Math.ceil(mib * 2 ** 20) / 2 ** 20;
}
