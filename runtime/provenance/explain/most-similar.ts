import { canonicalJson } from '../../dag/index.ts';
import type { JobDescription } from '../identity.ts';
import { memberChanges } from './member-changes.ts';

/** An execution with what it was made by. */
export interface DescribedRun {
  readonly jobId: number;
  /** `job_exe.id`. */
  readonly jobExeId: number;
  readonly outputId: string;
  readonly description: JobDescription;
}

/**
 * The run that another one is best compared with: the one that shares most inputs with it; of those, the one of which
 * least differs; of those, the newest. Pure.
 */
export function mostSimilar<Run extends DescribedRun>(
  description: JobDescription,
  runs: readonly Run[],
): Run | undefined {
  const own = inputsOf(description);
  let best: { run: Run; rank: readonly number[] } | undefined;
  for (const run of runs) {
    const shared = [...inputsOf(run.description)].filter((input) => own.has(input)).length;
    const rank = [shared, -memberChanges(run.description, description).length, run.jobExeId];
    if (!best || isAbove(rank, best.rank)) best = { run, rank };
  }
  return best?.run;
}

/** Files and JSON inputs, each as one text. */
function inputsOf({ inputs, json }: JobDescription): Set<string> {
  return new Set([
    ...Object.entries(inputs).flatMap(([name, files]) => files.map((file) => canonicalJson([name, file]))),
    ...Object.entries(json).map(([name, value]) => canonicalJson([name, value])),
  ]);
}

function isAbove(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, position) => value !== other[position]);
  return at >= 0 && one[at]! > other[at]!;
}
