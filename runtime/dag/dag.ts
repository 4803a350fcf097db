import { SeedbedError } from '../errors/index.ts';
import type { BencodableDictionary } from './bencode.ts';
import { encodeTasks } from './encode.ts';
import type { Encoding, Spec } from './encoding.ts';

/**
 * One task of a graph.
 * @example graph.task('blur', { command: 'blur.py', sha: '6f09d' }).addDep(download)
 */
export class Task {
  readonly name: string;
  /** May be changed until the graph is encoded, and afterwards for the next time. */
  spec: Record<string, Spec[string]>;
  readonly #dependencies = new Set<string>();

  constructor(name: string, spec: Spec) {
    this.name = name;
    this.spec = { ...spec };
  }

  /** Names of the tasks that it depends on. */
  get dependencies(): readonly string[] {
    return [...this.#dependencies];
  }

  /** Has it depend on other tasks, by themselves or by name; they may be added to the graph later. Twice is once. */
  addDep(...dependencies: readonly (Task | string)[]): this {
    for (const one of dependencies) this.#dependencies.add(typeof one === 'string' ? one : one.name);
    return this;
  }
}

/** A graph of tasks that is being built. */
export class Dag {
  readonly meta: BencodableDictionary;
  readonly #tasks = new Map<string, Task>();

  constructor(meta: BencodableDictionary = {}) {
    this.meta = meta;
  }

  /** In the order in which they were added. */
  get tasks(): ReadonlyMap<string, Task> {
    return this.#tasks;
  }

  /** Adds a task. @throws dag-invalid when there is one of that name */
  task(name: string, spec: Spec): Task {
    if (this.#tasks.has(name))
      throw new SeedbedError('dag-invalid', { problem: `there are two tasks ${name}` });
    const task = new Task(name, spec);
    this.#tasks.set(name, task);
    return task;
  }

  /** See `encodeTasks`. @throws dag-unknown-dependency, dag-cycle, dag-invalid, not-bencodable */
  encode(): Encoding {
    return encodeTasks(this.#tasks, this.meta);
  }
}

/**
 * Begins a graph of tasks.
 * @example
 * const graph = dag({ schedule: '@daily' });
 * const download = graph.task('download', { command: 'dl.py' });
 * graph.task('blur', { command: 'blur.py' }).addDep(download);
 * graph.encode().tasks.blur.output; // '5bb0...'
 */
export function dag(meta?: BencodableDictionary): Dag {
  return new Dag(meta);
}
