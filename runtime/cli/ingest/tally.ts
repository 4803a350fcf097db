import type { IngestResultDocument } from '../../../seed-schema/index.ts';
import type { Found } from './find-files.ts';

/** Paths with their reasons that are kept; all are counted. */
const mostProblems = 1000;

export type Outcome = 'new' | 'changed' | 'known';
/** Why a file is not in the catalogue: it is none that is taken, or it could not be. */
export type ProblemKind = 'skipped' | 'failed';
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
  readonly #onProblem: (problem: Problem, kind: ProblemKind) => void;

  /** @param onProblem is told of each */
  constructor(onProblem: (problem: Problem, kind: ProblemKind) => void) {
    this.#onProblem = onProblem;
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

  problem(found: Pick<Found, 'path'>, kind: ProblemKind, reason: string): void {
    this.counts[kind]++;
    const kept = kind === 'failed' ? this.failures : this.leftOut;
    const problem = { path: found.path, reason };
    if (kept.length < mostProblems) kept.push(problem);
    this.#onProblem(problem, kind);
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
