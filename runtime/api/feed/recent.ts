import type { Cursor, Change } from '../../jobs/index.ts';
import { isAfter } from './cursor.ts';

/** Events that are kept. */
const most = 5000;

/** The latest events, all of them from some place on: who was away for a moment finds what he missed here. */
export class RecentEvents {
  #events: Change[] = [];
  #from: Cursor;

  constructor(from: Cursor) {
    this.#from = from;
  }

  add(events: readonly Change[]): void {
    this.#events.push(...events);
    if (this.#events.length < 2 * most) return;
    const gone = this.#events.splice(0, this.#events.length - most);
    this.#from = gone.at(-1)!;
  }

  /** What happened after a place; undefined when not all of it is kept. */
  after(place: Cursor): Change[] | undefined {
    if (isAfter(this.#from, place)) return undefined;
    return this.#events.filter((event) => isAfter(event, place));
  }
}
