import { SeedbedError } from '../errors/index.ts';
import { bdecode } from './bdecode.ts';
import { type BencodableDictionary, isDictionary } from './bencode.ts';
import type { Encoding, TaskDescription } from './encoding.ts';
import { encodeTasks } from './encode.ts';

/** Reads what `saveEncoding` wrote. @throws bencode-invalid, dag-invalid, dag-unknown-dependency, dag-cycle */
export function loadEncoding(bytes: Uint8Array): Encoding {
  return asEncoding(bdecode(bytes));
}

/**
 * A document `{meta, tasks: {NAME: {...spec, inputs, output}}}`, in which every identity is worked out again: one that was
 * altered by hand is found.
 * @throws dag-invalid, dag-unknown-dependency, dag-cycle, not-bencodable
 */
export function asEncoding(document: unknown): Encoding {
  if (!isDictionary(document) || !isDictionary(document.tasks)) throw invalid('it has no tasks');
  const meta = document.meta ?? {};
  if (!isDictionary(meta)) throw invalid('its meta is no dictionary');
  const tasks = new Map<string, TaskDescription>();
  const printed = new Map<string, unknown>();
  for (const [name, task] of Object.entries(document.tasks)) {
    if (!isDictionary(task) || !isDictionary(task.inputs)) throw invalid(`the task ${name} has no inputs`);
    const { inputs, output, ...spec } = task;
    printed.set(name, output);
    tasks.set(name, { spec: spec as TaskDescription['spec'], dependencies: Object.keys(inputs) });
  }
  const encoded = encodeTasks(tasks, meta as BencodableDictionary);
  for (const [name, { output }] of Object.entries(encoded.tasks))
    if (output !== printed.get(name))
      throw invalid(
        `the output of ${name} is ${String(printed.get(name))} there, and ${output} by its members`,
      );
  return encoded;
}

function invalid(problem: string): SeedbedError {
  return new SeedbedError('dag-invalid', { problem });
}
