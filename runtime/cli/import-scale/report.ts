import type { ImportResultDocument } from '../../../seed-schema/index.ts';

export type ImportKind = 'workspace' | 'job_type' | 'recipe_type' | 'file' | 'lineage';
export interface Counts {
  found: number;
  taken: number;
  known: number;
  left: number;
}

const mostExamples = 5;
const none = (): Counts => ({ found: 0, taken: 0, known: 0, left: 0 });

/** What became of everything that was found. */
export class ImportReport {
  readonly counts: Readonly<Record<ImportKind, Counts>> = {
    workspace: none(),
    job_type: none(),
    recipe_type: none(),
    file: none(),
    lineage: none(),
  };
  readonly #problems = new Map<
    string,
    { kind: ImportKind; reason: string; count: number; examples: string[] }
  >();

  /** It was not taken over. */
  left(kind: ImportKind, name: string, reason: string): void {
    this.counts[kind].left++;
    this.note(kind, name, reason);
  }

  /** It was taken over, but not as it was. */
  note(kind: ImportKind, name: string, reason: string): void {
    const key = `${kind} ${reason}`;
    const problem = this.#problems.get(key) ?? { kind, reason, count: 0, examples: [] };
    this.#problems.set(key, problem);
    problem.count++;
    if (problem.examples.length < mostExamples) problem.examples.push(name);
  }

  document(source: string, isDryRun: boolean): ImportResultDocument {
    const { workspace, job_type, recipe_type, file, lineage } = this.counts;
    return {
      source,
      dry_run: isDryRun,
      workspaces: workspace,
      job_types: job_type,
      recipe_types: recipe_type,
      files: file,
      lineage,
      problems: [...this.#problems.values()],
    };
  }
}

/** A table, and below it what could not be taken over. Pure. */
export function importText(result: ImportResultDocument): string {
  const kinds = ['workspaces', 'job_types', 'recipe_types', 'files', 'lineage'] as const;
  const rows = kinds.map((kind) => {
    const { found, taken, known, left } = result[kind];
    return `${kind.replace('_', ' ')}: ${found} found, ${taken} ${result.dry_run ? 'would be taken over' : 'taken over'}, ${known} known, ${left} left`;
  });
  const problems = result.problems.map(
    ({ kind, reason, count, examples }) =>
      `${kind.replace('_', ' ')} (${count}): ${reason}: ${examples.join(', ')}${count > examples.length ? ', ...' : ''}`,
  );
  return [...rows, ...problems, ''].join('\n');
}
