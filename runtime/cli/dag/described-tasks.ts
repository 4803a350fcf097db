import type { BencodableDictionary, Spec, TaskDescription } from '../../dag/index.ts';
import { isDictionary, pathText } from '../../dag/index.ts';
import { SeedbedError } from '../../errors/index.ts';

/** Tasks as their author describes them. */
export interface DescribedTasks {
  readonly meta: BencodableDictionary;
  readonly tasks: ReadonlyMap<string, TaskDescription>;
}

/**
 * Reads `{meta?, tasks: {NAME: {spec: {...}, dependencies?: [NAME, ...]}}}`. What cannot be bencoded is found later. Pure.
 * @throws dag-invalid
 */
export function describedTasks(document: unknown): DescribedTasks {
  const { meta = {}, tasks } = membersOf(document, [], ['meta', 'tasks']);
  if (!isDictionary(meta)) throw invalid(['meta'], 'is no dictionary');
  if (!isDictionary(tasks)) throw invalid(['tasks'], 'has to be a dictionary of tasks by their names');
  const described = new Map<string, TaskDescription>();
  for (const [name, task] of Object.entries(tasks)) {
    const at = ['tasks', name];
    const { spec = {}, dependencies = [] } = membersOf(task, at, ['spec', 'dependencies']);
    if (!isDictionary(spec)) throw invalid([...at, 'spec'], 'is no dictionary');
    if (!isNames(dependencies)) throw invalid([...at, 'dependencies'], 'is no list of names of tasks');
    described.set(name, { spec: spec as Spec, dependencies });
  }
  return { meta: meta as BencodableDictionary, tasks: described };
}

function membersOf(value: unknown, path: readonly string[], known: readonly string[]) {
  if (!isDictionary(value)) throw invalid(path, `has to be a dictionary with ${known.join(' and ')}`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw invalid([...path, unknown], `is no member that belongs there (${known.join(', ')} do)`);
  return value;
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function invalid(path: readonly string[], problem: string): SeedbedError {
  return new SeedbedError('dag-invalid', { problem: `${pathText(path)} ${problem}` });
}
