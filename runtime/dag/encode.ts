import { SeedbedError } from '../errors/index.ts';
import { bencode, type BencodableDictionary } from './bencode.ts';
import type { EncodedTask, Encoding, TaskDescription } from './encoding.ts';
import { identityOf } from './identity.ts';
import { inOrder } from './order.ts';

/**
 * Gives each task the identity of its output: `sha256hex(bencode(spec ∪ {inputs: {dependency: its output}}))`. It changes
 * when the spec or anything that the task hangs on does, and only then.
 * @returns the tasks in the order of `tasks`
 * @throws dag-unknown-dependency, dag-cycle, dag-invalid for a spec with members of ours, not-bencodable
 */
export function encodeTasks(
  tasks: ReadonlyMap<string, TaskDescription>,
  meta: BencodableDictionary = {},
): Encoding {
  const order = inOrder(new Map([...tasks].map(([name, { dependencies }]) => [name, dependencies])));
  const encoded = new Map<string, EncodedTask>();
  for (const name of order) {
    const { spec, dependencies } = tasks.get(name)!;
    const inputs = Object.fromEntries(
      dependencies.map((dependency) => [dependency, encoded.get(dependency)!.output]),
    );
    encoded.set(name, encodeTask(name, spec, inputs));
  }
  return { meta, tasks: Object.fromEntries([...tasks.keys()].map((name) => [name, encoded.get(name)!])) };
}

function encodeTask(name: string, spec: TaskDescription['spec'], inputs: EncodedTask['inputs']): EncodedTask {
  for (const own of ['inputs', 'output'])
    if (Object.hasOwn(spec, own))
      throw new SeedbedError('dag-invalid', {
        problem: `the spec of ${name} has a member ${own}, which encoding adds itself`,
      });
  try {
    return { ...spec, inputs, output: identityOf({ ...spec, inputs }) };
  } catch (thrown) {
    throw thrown instanceof SeedbedError && thrown.error === 'not-bencodable' ? within(name, spec) : thrown;
  }
}

/** The same failure, with the task in its path. */
function within(name: string, spec: TaskDescription['spec']): unknown {
  try {
    bencode({ tasks: { [name]: spec } });
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

/** Bytes that say all of an encoding. @throws not-bencodable for what `meta` holds */
export function saveEncoding({ meta, tasks }: Encoding): Buffer {
  return bencode({ meta, tasks });
}
