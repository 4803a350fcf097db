import type { FileEntry } from '../../workspace/index.ts';

interface Look {
  readonly size: number;
  readonly version: string;
  /** `performance.now()`. */
  readonly at: number;
  turn: number;
}

export interface Moment {
  /** `Date.now()`. */
  readonly wall: number;
  /** `performance.now()`. */
  readonly running: number;
}

/**
 * Which files are complete: those that have not been changed for a while, so that a backlog is taken at the first look,
 * and those that were the same at two looks. The second rule does not need the clocks of two machines to agree.
 */
export class Stability {
  readonly #settledMs: number;
  readonly #apartMs: number;
  readonly #looks = new Map<string, Look>();
  #turn = 0;

  /** @param settledMs unchanged for so long @param apartMs between the two looks */
  constructor(settledMs: number, apartMs: number) {
    this.#settledMs = settledMs;
    this.#apartMs = apartMs;
  }

  /** How many files are remembered that may be complete at the next look. */
  get waiting(): number {
    return this.#looks.size;
  }

  /**
   * @param name that the file has, or will have when its suffix is gone
   * @param mayEnd false as long as it has the suffix
   */
  isComplete(
    name: string,
    { size, version, modified }: FileEntry,
    { wall, running }: Moment,
    mayEnd: boolean,
  ): boolean {
    const before = this.#looks.get(name);
    const isSame = before?.size === size && before.version === version;
    if (
      mayEnd &&
      (wall - Date.parse(modified) >= this.#settledMs || (isSame && running - before.at >= this.#apartMs))
    ) {
      this.#looks.delete(name);
      return true;
    }
    if (isSame) before.turn = this.#turn;
    else this.#looks.set(name, { size, version, at: running, turn: this.#turn });
    return false;
  }

  /** Ends a look at the whole directory: what was not seen in it is forgotten. */
  endTurn(): void {
    for (const [name, { turn }] of this.#looks) if (turn !== this.#turn) this.#looks.delete(name);
    this.#turn++;
  }
}
