import { SeedbedError } from '../errors/index.ts';

/** Names in a message. */
const mostShown = 20;

/**
 * Names in an order in which each follows all that it depends on; otherwise as given.
 * @param dependencies by name
 * @throws dag-unknown-dependency, dag-cycle
 */
export function inOrder(dependencies: ReadonlyMap<string, readonly string[]>): string[] {
  const waiting = new Map<string, number>();
  const dependents = new Map<string, string[]>();
  for (const [name, needed] of dependencies) {
    const once = new Set(needed);
    waiting.set(name, once.size);
    for (const dependency of once) {
      if (!dependencies.has(dependency)) throw unknown(name, dependency, [...dependencies.keys()]);
      const known = dependents.get(dependency);
      if (known) known.push(name);
      else dependents.set(dependency, [name]);
    }
  }
  const ordered = [...waiting].filter(([, count]) => count === 0).map(([name]) => name);
  // Grows while it is walked.
  for (const name of ordered)
    for (const dependent of dependents.get(name) ?? []) {
      const left = waiting.get(dependent)! - 1;
      waiting.set(dependent, left);
      if (left === 0) ordered.push(dependent);
    }
  if (ordered.length < dependencies.size)
    throw new SeedbedError('dag-cycle', { cycle: shown(cycleIn(dependencies, new Set(ordered))) });
  return ordered;
}

/** Each that is left depends on another one that is left: following those leads into a circle. */
function cycleIn(dependencies: ReadonlyMap<string, readonly string[]>, done: ReadonlySet<string>): string[] {
  const visited: string[] = [];
  const position = new Map<string, number>();
  let name = [...dependencies.keys()].find((one) => !done.has(one))!;
  while (!position.has(name)) {
    position.set(name, visited.push(name) - 1);
    name = dependencies.get(name)!.find((one) => !done.has(one))!;
  }
  return [...visited.slice(position.get(name)), name];
}

/** A long circle without its middle. */
function shown(cycle: readonly string[]): string {
  const names = cycle.length > mostShown ? [...cycle.slice(0, mostShown - 1), '...', cycle.at(-1)!] : cycle;
  return names.join(' → ');
}

function unknown(task: string, dependency: string, known: readonly string[]): SeedbedError {
  const some = known.slice(0, mostShown).join(', ') + (known.length > mostShown ? ', ...' : '');
  return new SeedbedError('dag-unknown-dependency', { task, dependency, known: some });
}
