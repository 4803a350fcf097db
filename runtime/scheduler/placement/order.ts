import type { Loads } from './loads.ts';
import type { Candidate, QueueMode } from './placement.ts';

/**
 * Gives the candidates their turns: by priority; then the job type with the least load, which the caller raises between
 * turns; then by age, and by `jobId` where that is the same. LIFO turns both round.
 */
export function* inOrder(
  candidates: readonly Candidate[],
  loads: Pick<Loads, 'of'>,
  mode: QueueMode,
): Generator<Candidate, void, undefined> {
  const byAge = mode === 'FIFO' ? oldestFirst : (a: Candidate, b: Candidate) => oldestFirst(b, a);
  const sorted = [...candidates].sort((a, b) => a.priority - b.priority || byAge(a, b));
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const { priority } = sorted[from]!;
    while (sorted[to]?.priority === priority) to++;
    yield* takingTurns(sorted.slice(from, to), loads);
  }
}

/** The candidates of one type, with their ranks among all of the same priority. */
interface Line {
  readonly jobTypeId: number;
  readonly ranks: number[];
  next: number;
}

function* takingTurns(
  ranked: readonly Candidate[],
  loads: Pick<Loads, 'of'>,
): Generator<Candidate, void, undefined> {
  const byType = new Map<number, Line>();
  for (const [rank, { jobTypeId }] of ranked.entries()) {
    const line = byType.get(jobTypeId);
    if (line) line.ranks.push(rank);
    else byType.set(jobTypeId, { jobTypeId, ranks: [rank], next: 0 });
  }
  const lines = [...byType.values()];
  while (lines.length > 0) {
    const line = lines.reduce((best, each) => (comesBefore(each, best, loads) ? each : best));
    yield ranked[line.ranks[line.next++]!]!;
    if (line.next === line.ranks.length) lines.splice(lines.indexOf(line), 1);
  }
}

function comesBefore(a: Line, b: Line, loads: Pick<Loads, 'of'>): boolean {
  const difference = loads.of(a.jobTypeId) - loads.of(b.jobTypeId);
  return difference === 0 ? a.ranks[a.next]! < b.ranks[b.next]! : difference < 0;
}

function oldestFirst(a: Candidate, b: Candidate): number {
  if (a.queued !== b.queued) return a.queued < b.queued ? -1 : 1;
  return a.jobId - b.jobId;
}
