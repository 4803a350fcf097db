import { recordChecksums } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import type { Execution } from '../../jobs/index.ts';
import type { RecipeContext } from '../../recipes/index.ts';
import { areIntact, contentsOf, type OpenWorkspace } from './content.ts';
import { type DescribedExecution, executionIdentity } from './execution-identity.ts';
import { claimIdentity, type Done, doneBefore, type ExecutedIdentity } from './store.ts';
import { takeDone } from './take.ts';

/** An execution that is about to begin, and may be told to do nothing. */
export interface Reusing {
  readonly db: Database;
  readonly execution: Execution;
  readonly described: DescribedExecution;
  readonly open: OpenWorkspace;
  /** Puts copies of what is about to be taken where the outputs of the execution are to be. */
  readonly place?: ((done: Done) => Promise<unknown>) | undefined;
  readonly recipes?: RecipeContext | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What an execution that may reuse is to do. */
export type Verdict =
  /** It is over, with what that one made. */
  | { readonly kind: 'taken'; readonly done: Done }
  /** One of the same identity runs. */
  | { readonly kind: 'awaits'; readonly jobExeId: number }
  /** It has to work; nobody of the same identity begins meanwhile. */
  | { readonly kind: 'runs' }
  /** It is another runtime's, or over. */
  | { readonly kind: 'lost' };

/**
 * Decides what becomes of an execution whose job may reuse, and ends it where another one has done its work. Killed in
 * between, it is an execution that runs and has no container yet: whoever adopts it decides again.
 * @throws not-canonical-json, and what the workspaces of inputs throw
 */
export async function reuse(reusing: Reusing): Promise<Verdict> {
  const identity = await identify(reusing);
  // An input that is not there, or not to be read: the execution fails over it, and says so better.
  if (!identity) return { kind: 'runs' };
  const { db, execution } = reusing;
  const before = await takeAny(reusing, identity);
  if (before) return before;
  const other = await claimIdentity(db, execution, identity);
  if (other !== undefined) return { kind: 'awaits', jobExeId: other };
  // One may have completed since we looked; from now on none can.
  return (await takeAny(reusing, identity)) ?? { kind: 'runs' };
}

async function takeAny(
  { db, execution, open, place, recipes }: Reusing,
  identity: ExecutedIdentity,
): Promise<Verdict | undefined> {
  for (const done of await doneBefore(db, identity.identity.outputId)) {
    if (!(await areIntact(open, done.files))) continue;
    await place?.(done);
    const taking = await takeDone(db, execution, done, identity, recipes);
    if (taking === 'taken') return { kind: 'taken', done };
    if (taking === 'lost') return { kind: 'lost' };
  }
  return undefined;
}

/** Reads the inputs whose content is not known, or may be another one by now. */
async function identify({ db, described, open, signal }: Reusing): Promise<ExecutedIdentity | undefined> {
  const inputs = [...described.inputs.values()].flat();
  const contents = await contentsOf(open, inputs, signal);
  const learnt = inputs.flatMap(({ id, sha256 }) => {
    const content = contents.get(id);
    return sha256 === null && content?.isOfRow ? [[id, content.sha256] as const] : [];
  });
  await recordChecksums(db, new Map(learnt));
  const identity = executionIdentity(described, ({ id }) => contents.get(id)?.sha256);
  const { image, imageReference } = described.request;
  return identity && { identity, image, imageReference };
}
