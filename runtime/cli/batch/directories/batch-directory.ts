import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../../errors/index.ts';
import type { Warning } from '../../../execution/index.ts';
import { makeDirectories, makeNumbered, timeName } from '../../run/output-directory.ts';
import type { BatchIdentity } from '../journal/entry.ts';
import { Journal } from '../journal/journal.ts';
import { requireSame } from './same-batch.ts';

/** Where a batch keeps its results, and its journal there. */
export interface BatchDirectory {
  /** Absolute. */
  readonly path: string;
  readonly journal: Journal;
  /** What the user did not ask for. */
  readonly notes: readonly Warning[];
}

/** What was asked for. */
export interface Wanted {
  /** As given with -o; undefined: `./batch-<image>-<time>`, as seed-cli had it. */
  readonly directory: string | undefined;
  readonly isResumed: boolean;
  /** Whether rows that failed by their own fault run again when it is resumed. */
  readonly retriesFailed: boolean;
}

/**
 * Makes the directory of a batch, or takes up the batch that is in it. What is in a directory stays: another batch in it is
 * only gone on with when it is to be resumed; otherwise a new directory inside, named by the time, takes the results.
 * @throws output-directory-unusable, invalid-usage, batch-differs, batch-journal-unusable
 */
export async function openBatchDirectory(
  { directory, isResumed, retriesFailed }: Wanted,
  identity: BatchIdentity,
  now: Date,
): Promise<BatchDirectory> {
  if (isResumed && directory === undefined)
    throw new SeedbedError('invalid-usage', {
      problem: '--resume needs the directory of the batch; give it with -o DIR',
    });
  if (directory === '')
    throw new SeedbedError('output-directory-unusable', { path: "''", reason: 'the name is empty' });
  const target = path.resolve(directory ?? `batch-${fileNameOf(identity.image)}-${timeName(now)}`);
  try {
    if (directory === undefined) return await fresh(target, identity, now);
    await makeDirectories(target);
    if (isResumed) {
      const found = await Journal.open(target, retriesFailed);
      if (found) return await resumed(target, found, identity);
    }
    return await begun(target, identity, now).catch(async (thrown: unknown) => {
      if (!isErrno(thrown, 'EEXIST')) throw thrown;
      const inside = await fresh(path.join(target, timeName(now)), identity, now);
      const description = `${target} holds a batch already, which stays as it is without --resume.`;
      return { ...inside, notes: [{ name: 'other-directory', description }] };
    });
  } catch (thrown) {
    if (thrown instanceof SeedbedError || isErrno(thrown, 'ENOSPC', 'EDQUOT')) throw thrown;
    throw new SeedbedError('output-directory-unusable', { path: target, reason: reasonOf(thrown) });
  }
}

async function fresh(target: string, identity: BatchIdentity, now: Date): Promise<BatchDirectory> {
  return begun(await makeNumbered(target), identity, now);
}

async function begun(directory: string, identity: BatchIdentity, now: Date): Promise<BatchDirectory> {
  const heading = { batch: randomUUID(), created: now.toISOString(), identity };
  return { path: directory, journal: await Journal.create(directory, heading), notes: [] };
}

async function resumed(
  directory: string,
  { journal, isDamaged }: { journal: Journal; isDamaged: boolean },
  identity: BatchIdentity,
): Promise<BatchDirectory> {
  try {
    requireSame(directory, journal.heading.identity, identity);
  } catch (thrown) {
    await journal.close();
    throw thrown;
  }
  const description = 'The journal is damaged, so that some rows which had ended run again.';
  const notes = isDamaged ? [{ name: 'damaged-journal', description }] : [];
  return { path: directory, journal, notes };
}

/** As seed-cli writes a reference: `registry/name:tag` becomes `registry-name_tag`. */
function fileNameOf(reference: string): string {
  return reference.replaceAll('/', '-').replaceAll(':', '_');
}
