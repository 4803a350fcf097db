import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FileEntry } from '../../workspace/index.ts';
import type { IngestContext } from './context.ts';
import type { Intake } from './intake.ts';
import { knownPaths } from './known-paths.ts';
import { type Found, record } from './record.ts';
import { takeOpen } from './resume.ts';
import type { Monitor } from './strike.ts';

/** Files in a piece of a listing, about; and at most. */
const [pieceFiles, mostFiles] = [256, 1000];

/**
 * Lists a bucket again and again. Keys come in no order of time, so that all of it has to be listed; but only pieces that
 * have changed are compared with the database. A piece ends behind a name whose checksum says so, and therefore stays the
 * same wherever something is added elsewhere: 32 bytes of memory for 256 files.
 */
export class ListingMonitor implements Monitor {
  readonly #context: IngestContext;
  readonly #intake: Intake;
  #known = new Set<string>();

  constructor(context: IngestContext, intake: Intake) {
    this.#context = context;
    this.#intake = intake;
  }

  close(): void {}

  async resume(): Promise<void> {
    await takeOpen(this.#context.db, this.#intake);
  }

  async look(): Promise<number> {
    await this.#intake.tryAgain();
    const { workspace, signal } = this.#intake;
    const now = new Set<string>();
    let piece: FileEntry[] = [];
    const take = async (): Promise<void> => {
      const digest = digestOf(piece);
      if (!this.#known.has(digest)) await this.#take(piece);
      now.add(digest);
      piece = [];
    };
    for await (const page of workspace.list({ signal }))
      for (const entry of page) {
        piece.push(entry);
        if (piece.length >= mostFiles || endsPiece(entry.path)) await take();
      }
    if (piece.length > 0) await take();
    this.#known = now;
    const wait = this.#context.timing.bucket;
    return Math.max(1, Math.min(wait, this.#intake.nextTry ?? wait));
  }

  async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#intake.signal }).catch(() => undefined);
  }

  async #take(piece: readonly FileEntry[]): Promise<void> {
    await takeEntries(this.#context, this.#intake, piece);
  }
}

/** Takes objects of a bucket, where they stand; empty ones are left out, as Scale leaves them. */
export async function takeEntries(
  { db }: IngestContext,
  intake: Intake,
  entries: readonly FileEntry[],
): Promise<void> {
  const { task, workspace } = intake;
  const filled = entries.filter(({ size }) => size > 0);
  if (filled.length === 0) return;
  const known = await knownPaths(db, task, workspace.id, filled);
  const found: Found[] = [];
  for (const entry of filled)
    if (!known.get(entry.path)?.isOwn) found.push({ entry, one: await intake.decide(entry) });
  if (found.length === 0) return;
  const recorded = await record(db, task, workspace.id, found, () => 'leave');
  const places = new Map(recorded.map(({ row, entry }) => [row.id, entry]));
  await intake.take(
    recorded.filter(({ row }) => row.status === 'TRANSFERRED').map(({ row }) => row),
    (row) => places.get(row.id),
  );
}

function endsPiece(path: string): boolean {
  return createHash('md5').update(path).digest().readUInt32LE(0) % pieceFiles === 0;
}

function digestOf(piece: readonly FileEntry[]): string {
  const hash = createHash('sha256');
  for (const { path, version, size } of piece) hash.update(JSON.stringify([path, version, size]));
  return hash.digest('base64');
}
