import { isDeepStrictEqual } from 'node:util';
import { SeedbedError } from '../../../errors/index.ts';
import type { BatchIdentity } from '../journal/entry.ts';

/** What is compared, and how it is shown. */
const facts: Readonly<Record<string, (identity: BatchIdentity) => unknown>> = {
  image: ({ imageId }) => imageId,
  'value of a setting': ({ settings }) => settings,
  'directory of a mount': ({ mounts }) => mounts,
  'amount of a resource': ({ resources }) => resources,
  network: ({ network }) => network,
};

/** A resumed batch must come to what it would have come to undisturbed. Pure. @throws batch-differs */
export function requireSame(directory: string, there: BatchIdentity, here: BatchIdentity): void {
  for (const [what, fact] of Object.entries(facts))
    if (!isDeepStrictEqual(fact(there), fact(here)))
      throw new SeedbedError('batch-differs', {
        directory,
        what,
        there: shown(fact(there)),
        here: shown(fact(here)),
      });
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
