import { type FSWatcher, watch } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { FileEntry, LocalWorkspace } from '../../workspace/index.ts';
import { joinSignals } from '../../signals/index.ts';
import type { IngestContext, StrikeTask } from './context.ts';
import type { Intake } from './intake.ts';
import { Lanes } from './lanes.ts';
import { Problem } from './problem.ts';
import { type Again, type Found, record } from './record.ts';
import {
  breakTransfers,
  growTransfers,
  type IngestRow,
  insertTransfers,
  type Transferring,
  transferringRows,
} from './rows.ts';
import { takeOpen } from './resume.ts';
import { Stability } from './stability.ts';
import type { Monitor } from './strike.ts';
import { deferred, ingesting } from './whereabouts.ts';

const batchFiles = 500;
/** So that a notice of the first of many files does not begin a look for each. */
const noticeMs = 20;

/** What is still written, or kept: rsync, NFS and others name such files so. */
const isHidden = (name: string) => name.startsWith('.');

/**
 * Watches the top of a directory: a notice of the kernel makes it look at once, and it looks in any case every few
 * seconds, since NFS gives no notice of what other machines write. A file with the transfer suffix is shown as
 * TRANSFERRING; one without is taken as soon as it is complete (`Stability`).
 */
export class DirectoryMonitor implements Monitor {
  readonly #context: IngestContext;
  readonly #task: StrikeTask;
  readonly #workspace: LocalWorkspace;
  readonly #intake: Intake;
  readonly #suffix: string;
  readonly #stability: Stability;
  /** By the path that the file will have. */
  readonly #transfers = new Map<string, Transferring>();
  /** Of those, the ones that the last look did not find: a listing while a file is renamed may show neither name. */
  #missing = new Set<string>();
  readonly #watcher: FSWatcher | undefined;
  #noticed = new AbortController();
  /** When the growth of files is written down again. */
  #showAt = 0;

  constructor(
    context: IngestContext,
    task: StrikeTask,
    workspace: LocalWorkspace,
    intake: Intake,
    suffix: string,
  ) {
    this.#context = context;
    this.#task = task;
    this.#workspace = workspace;
    this.#intake = intake;
    this.#suffix = suffix;
    this.#stability = new Stability(context.timing.settled, context.timing.apart);
    this.#watcher = this.#watch();
  }

  close(): void {
    this.#watcher?.close();
  }

  async resume(): Promise<void> {
    const { db } = this.#context;
    await this.#expectDirectories();
    for (const row of await transferringRows(db, this.#task.id)) this.#transfers.set(row.file_path, row);
    await takeOpen(db, this.#intake);
    await this.#takeUp();
  }

  async look(): Promise<number> {
    const { timing } = this.#context;
    await this.#expectDirectories();
    this.#noticed = new AbortController();
    this.#intake.places!.forget();
    await this.#intake.tryAgain();
    const moment = { wall: Date.now(), running: performance.now() };
    const lanes = new Lanes(2);
    const seen = new Set<string>();
    const growing: { name: string; entry: FileEntry }[] = [];
    let complete: Found[] = [];
    let found = 0;
    const take = async (): Promise<void> => {
      const batch = complete;
      complete = [];
      found += batch.length;
      if (batch.length > 0) await lanes.begin(() => this.#take(batch));
    };
    for await (const page of this.#workspace.list({ recursive: false, signal: this.#intake.signal })) {
      for (const entry of page) {
        if (isHidden(entry.path)) continue;
        const isGrowing =
          this.#suffix !== '' && entry.path.endsWith(this.#suffix) && entry.path !== this.#suffix;
        const name = isGrowing ? entry.path.slice(0, -this.#suffix.length) : entry.path;
        const isComplete = this.#stability.isComplete(name, entry, moment, !isGrowing);
        if (isGrowing) growing.push({ name, entry });
        seen.add(name);
        if (!isComplete || this.#intake.isInHand(name)) continue;
        const transfer = this.#transfers.get(name);
        const one = await this.#intake.decide(entry);
        complete.push({ entry, one, transferId: transfer?.id });
        this.#transfers.delete(name);
        if (complete.length >= batchFiles) await take();
      }
    }
    await take();
    await lanes.end();
    this.#stability.endTurn();
    await this.#follow(growing, seen);
    if (found > 0) return 0;
    const wait = this.#stability.waiting > growing.length ? timing.apart : timing.directory;
    return Math.max(1, Math.min(wait, this.#intake.nextTry ?? wait));
  }

  /** @throws Problem where a file has the name of a directory that is needed: nothing could be moved there */
  async #expectDirectories(): Promise<void> {
    for (const name of [ingesting, deferred])
      if (await this.#intake.places!.stat(name))
        throw new Problem(
          `a file called ${name} lies where a directory of that name has to be: give it another name, or put it elsewhere`,
        );
  }

  async pause(ms: number): Promise<void> {
    const joined = joinSignals([this.#intake.signal, this.#noticed.signal]);
    await delay(ms, undefined, { signal: joined.signal }).catch(() => undefined);
    joined.release();
    if (this.#noticed.signal.aborted)
      await delay(noticeMs, undefined, { signal: this.#intake.signal }).catch(() => undefined);
  }

  async #take(batch: readonly Found[]): Promise<void> {
    const recorded = await record(this.#context.db, this.#task, this.#workspace.id, batch, (row) =>
      againOf(row, false),
    );
    await this.#settle(recorded);
  }

  async #settle(recorded: Awaited<ReturnType<typeof record>>): Promise<void> {
    await this.#context.reached?.('recorded');
    const entries = new Map(recorded.map(({ row, entry }) => [row.id, entry]));
    const aside = recorded.filter(({ row }) => row.status === 'DEFERRED');
    for (const { entry } of aside) {
      await this.#intake.places!.moveAside(entry.path, deferred, entry.version);
      await this.#context.reached?.('aside');
    }
    await this.#intake.take(
      recorded.filter(({ row }) => row.status === 'TRANSFERRED').map(({ row }) => row),
      (row) => entries.get(row.id),
    );
  }

  /** Files in `ingesting/` that nobody wrote down, or that somebody was about to put elsewhere when he was killed. */
  async #takeUp(): Promise<void> {
    const prefix = `${ingesting}/`;
    const options = { prefix, recursive: false, signal: this.#intake.signal };
    for await (const page of this.#workspace.list(options)) {
      const found: Found[] = [];
      for (const entry of page) {
        const name = entry.path.slice(prefix.length);
        if (isHidden(name) || name.includes('/') || this.#intake.isInHand(name)) continue;
        found.push({ entry, one: await this.#intake.decide({ ...entry, path: name }) });
      }
      if (found.length === 0) continue;
      const { db } = this.#context;
      await this.#settle(
        await record(db, this.#task, this.#workspace.id, found, (row) => againOf(row, true)),
      );
    }
  }

  /** Shows what is being transferred, and how far it is. */
  async #follow(
    growing: readonly { name: string; entry: FileEntry }[],
    seen: ReadonlySet<string>,
  ): Promise<void> {
    const { db } = this.#context;
    const fresh: { path: string; version: string; size: number }[] = [];
    const grown: { id: number; size: number }[] = [];
    for (const { name, entry } of growing) {
      const known = this.#transfers.get(name);
      if (!known) fresh.push({ path: name, version: transferVersion(entry), size: entry.size });
      else if (known.bytes_transferred !== entry.size && performance.now() >= this.#showAt) {
        grown.push({ id: known.id, size: entry.size });
        this.#transfers.set(name, { ...known, bytes_transferred: entry.size });
      }
    }
    const unseen = [...this.#transfers.values()].filter(({ file_path: path }) => !seen.has(path));
    const gone = unseen.filter(({ file_path: path }) => this.#missing.has(path));
    this.#missing = new Set(unseen.map(({ file_path: path }) => path));
    if (fresh.length > 0)
      for (const row of await insertTransfers(db, this.#task.id, this.#workspace.id, fresh))
        this.#transfers.set(row.file_path, row);
    if (grown.length > 0) {
      await growTransfers(db, grown);
      this.#showAt = performance.now() + this.#context.timing.apart;
    }
    if (gone.length === 0) return;
    await breakTransfers(
      db,
      gone.map(({ id }) => id),
    );
    for (const { file_path: path } of gone) this.#transfers.delete(path);
  }

  #watch(): FSWatcher | undefined {
    try {
      // Names that come or go; a file that grows would give a notice for each write.
      const watcher = watch(this.#workspace.hostPath(''), { persistent: false }, (event) => {
        if (event === 'rename') this.#noticed.abort();
      });
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return undefined;
    }
  }
}

/** The inode stays when the suffix goes. */
function transferVersion({ version }: FileEntry): string {
  return `transfer-${version.split('-').at(-1)!}`;
}

/**
 * A file that was found before, with nothing changed, is there again. Whoever was killed between writing down and
 * moving is followed here; and people put files back, whose rules or whose place they have mended.
 * @param isTaken it stands in `ingesting/`
 */
function againOf({ status, new_file_path, new_workspace_id }: IngestRow, isTaken: boolean): Again {
  const isInPlace = new_file_path === null && new_workspace_id === null;
  switch (status) {
    case 'DEFERRED':
    case 'ERRORED':
      return 'reopen';
    case 'INGESTED':
    case 'DUPLICATE':
      return isTaken && isInPlace ? 'leave' : 'anew';
    default:
      return 'leave';
  }
}
