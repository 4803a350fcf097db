import type { Bencodable, BencodableDictionary } from './bencode.ts';

/** What a task is made by: anything that, when it changes, changes what comes out of it. */
export type Spec = Readonly<Record<string, Bencodable>>;

/** A task, and the tasks whose outputs it reads. */
export interface TaskDescription {
  readonly spec: Spec;
  readonly dependencies: readonly string[];
}

/** A task with the identities of its inputs and of its output; all other members are its spec. */
export interface EncodedTask extends BencodableDictionary {
  /** Output of each task that it depends on, by the name of that. */
  readonly inputs: Readonly<Record<string, string>>;
  /** SHA-256 of the bencoded spec with `inputs`. */
  readonly output: string;
}

/** Tasks with identities, as `seed dag save` writes them down. */
export interface Encoding {
  readonly meta: BencodableDictionary;
  readonly tasks: Readonly<Record<string, EncodedTask>>;
}
