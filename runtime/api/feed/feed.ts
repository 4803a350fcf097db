import type { Database } from '../../database/index.ts';
import { type Cursor, type Depth, endOfEvents, changesAfter, queueDepth } from '../../jobs/index.ts';
import type { Logger } from '../../logging/index.ts';
import { Reading } from '../../metrics/index.ts';
import { isAfter } from './cursor.ts';
import { queueText } from './event-text.ts';
import type { Follower } from './follower.ts';
import { RecentEvents } from './recent.ts';

/** Events of one statement, and those that are told in one piece. */
const page = 500;
/** Between two looks, and without a signal. */
const [pauseMs, longestMs] = [50, 1000];
/** A comment now and then, so that nobody between takes a connection for dead. */
const heartbeatMs = 15_000;

/**
 * Reads the events of jobs once, for all who follow: however many they are, the database sees one reader for each service.
 * It reads only while somebody follows. Who comes back after a pause is told what he missed from the latest events, or,
 * where they do not reach so far, from the database, one page of one reader at a time.
 */
export class Feed {
  readonly #db: Database;
  readonly #logger: Logger;
  readonly #followers = new Set<Follower>();
  readonly #depth: Reading<Depth[]>;
  #recent: RecentEvents | undefined;
  #cursor: Cursor | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #stop: (() => void) | undefined;
  #looking = false;
  #wanted = false;

  constructor(db: Database, logger: Logger, stopping: AbortSignal) {
    this.#db = db;
    this.#logger = logger;
    this.#depth = new Reading(() => queueDepth(db));
    stopping.addEventListener('abort', () => {
      for (const follower of this.#followers) follower.end();
    });
  }

  /** Where a stream begins that begins now. */
  async end(): Promise<Cursor> {
    return this.#cursor ?? endOfEvents(this.#db);
  }

  /** Tells a follower what happened after his place, as fast as he reads, and from then on everything, until he is gone. */
  async follow(follower: Follower): Promise<void> {
    let isNear = false;
    while (!follower.isGone) {
      if (!this.#cursor && isNear) {
        this.#cursor = follower.place;
        this.#recent = new RecentEvents(follower.place);
      }
      const missed = this.#recent?.after(follower.place);
      if (!missed) isNear = await this.#catchUp(follower);
      else if (missed.length > page) follower.tell(missed.slice(0, page));
      else {
        follower.tell(missed);
        this.#followers.add(follower);
        this.#stop ??= this.#begin();
        this.#look();
        return;
      }
      await follower.drained();
    }
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower);
    if (this.#followers.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
    this.#recent = undefined;
    this.#cursor = undefined;
  }

  /** One page, from the database. @returns whether that was all */
  async #catchUp(follower: Follower): Promise<boolean> {
    const mine = this.#turn.then(async () => {
      const end = await endOfEvents(this.#db);
      const events = await changesAfter(this.#db, follower.place, end, page);
      follower.tell(events);
      if (events.length === page) return false;
      if (isAfter(end, follower.place)) follower.place = end;
      return true;
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #begin(): () => void {
    let pause: NodeJS.Timeout | undefined;
    const unlisten = this.#db.listen(() => {
      pause ??= setTimeout(() => {
        pause = undefined;
        this.#look();
      }, pauseMs);
    });
    const looking = setInterval(() => this.#look(), longestMs);
    const beating = setInterval(() => {
      for (const follower of this.#followers) follower.write(': still here\n\n');
    }, heartbeatMs);
    return () => {
      unlisten();
      clearTimeout(pause);
      clearInterval(looking);
      clearInterval(beating);
    };
  }

  #look(): void {
    this.#wanted = true;
    if (this.#looking) return;
    this.#looking = true;
    void this.#lookAgain().finally(() => (this.#looking = false));
  }

  async #lookAgain(): Promise<void> {
    while (this.#wanted && this.#followers.size > 0) {
      this.#wanted = false;
      try {
        await this.#read();
        await this.#readDepth();
      } catch (err) {
        this.#logger.warn({ err }, 'changes of jobs could not be read; they are read again');
        return;
      }
    }
  }

  async #read(): Promise<void> {
    const end = await endOfEvents(this.#db);
    for (;;) {
      const [cursor, recent] = [this.#cursor, this.#recent];
      if (!cursor || !recent) return; // all have left
      const events = await changesAfter(this.#db, cursor, end, page);
      if (this.#recent !== recent) return;
      recent.add(events);
      for (const follower of this.#followers) follower.tell(events);
      if (events.length < page) {
        if (isAfter(end, cursor)) this.#cursor = end;
        return;
      }
      this.#cursor = events.at(-1)!;
    }
  }

  async #readDepth(): Promise<void> {
    if (![...this.#followers].some(({ wantsQueue }) => wantsQueue)) return;
    const { value } = await this.#depth.get();
    const text = queueText(value);
    for (const follower of this.#followers) follower.tellQueue(text);
  }
}
