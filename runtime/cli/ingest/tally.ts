import type { IngestResultDocument } from '../../../seed-schema/index.ts';
import type { Found } from './find-files.ts';

/** Paths with their reasons that are kept; all are counted. */
const mostProblems = 1000;

export type Outcome = 'new' | 'changed' | 'known';
export interface Problem {
  readonly path: string;
  readonly reason: string;
}

/** What became of the files so far. */
export class Tally {
  readonly counts = { new: 0, changed: 0, known: 0, skipped: 0, failed: 0 };
  bytesRead = 0;
  recipes = 0;
  readonly failures: Problem[] = [];
  readonly leftOut: Problem[] = [];
  readonly #since = performance.now();
  readonly #onFailure: (problem: Problem) => void;

  /** @param onFailure is told of each */
  constructor(onFailure: (problem: Problem) => void) {
    this.#onFailure = onFailure;
  }

  /** Files and paths that are dealt with. */
  get done(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** Milliseconds. */
  get elapsed(): number {
    return performance.now() - this.#since;
  }

  add(outcome: Outcome): void {
    this.counts[outcome]++;
  }

  problem(found: Pick<Found, 'path'>, kind: 'skipped' | 'failed', reason: string): void {
    this.counts[kind]++;
    const kept = kind === 'failed' ? this.failures : this.leftOut;
    const problem = { path: found.path, reason };
    if (kept.length < mostProblems) kept.push(problem);
    if (kind === 'failed') this.#onFailure(problem);
  }

  document(workspace: string, isDryRun: boolean, isInterrupted: boolean): IngestResultDocument {
    return {
      status: isInterrupted ? 'interrupted' : this.counts.failed > 0 ? 'incomplete' : 'completed',
      workspace,
      dry_run: isDryRun,
      ...this.counts,
      bytes_read: this.bytesRead,
      recipes: this.recipes,
      failures: this.failures,
      left_out: this.leftOut,
      seconds: Math.round(this.elapsed) / 1000,
    };
  }
}
