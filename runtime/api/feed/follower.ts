import type { ServerResponse } from 'node:http';
import type { Cursor, Change } from '../../jobs/index.ts';
import { isAfter } from './cursor.ts';
import { type ChangeFilter, changeText, isWanted } from './event-text.ts';

/** Bytes that may wait for a reader before there is more to tell; whoever is behind further is cut, and goes on from the last id that he read. */
const mostWaiting = 2 ** 20;

/** Somebody who reads the stream. */
export class Follower {
  readonly wantsQueue: boolean;
  readonly #response: ServerResponse;
  readonly #filter: ChangeFilter;
  #queueText = '';
  /** All up to it has been sent, or was not wanted. */
  place: Cursor;

  constructor(response: ServerResponse, place: Cursor, filter: ChangeFilter, wantsQueue: boolean) {
    this.#response = response;
    this.place = place;
    this.#filter = filter;
    this.wantsQueue = wantsQueue;
  }

  get isGone(): boolean {
    return this.#response.destroyed || this.#response.writableEnded;
  }

  /** What he has not been told yet of these, which are in order. */
  tell(events: readonly Change[]): void {
    let text = '';
    for (const event of events) {
      if (!isAfter(event, this.place)) continue;
      this.place = event;
      if (isWanted(this.#filter, event)) text += changeText(event);
    }
    if (text !== '') this.write(text);
  }

  tellQueue(text: string): void {
    if (!this.wantsQueue || text === this.#queueText) return;
    this.#queueText = text;
    this.write(text);
  }

  write(text: string): void {
    if (this.isGone) return;
    if (this.#response.writableLength > mostWaiting) this.#response.destroy();
    else this.#response.write(text);
  }

  /** Resolves when what was written has left us, or the reader has. */
  async drained(): Promise<void> {
    if (this.isGone || !this.#response.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#response.off('drain', done).off('close', done);
        resolve();
      };
      this.#response.on('drain', done).on('close', done);
    });
  }

  end(): void {
    this.#response.end();
  }
}
