import type { Queries } from '../../database/index.ts';
import { needsOf } from '../needs.ts';
import { candidatesOf, type Rule } from './candidates.ts';
import { activeRules } from './rules.ts';

/** A file that would go, or that something needs. */
export interface ExampleFile {
  readonly id: number;
  readonly workspace: string;
  readonly file_path: string;
  /** Bytes. */
  readonly file_size: number;
  /** Why it goes, or stays. */
  readonly reason: string;
}

interface Part {
  readonly files: number;
  readonly bytes: number;
  /** At most 20. */
  readonly examples: readonly ExampleFile[];
}

/** What a pass would do now. */
export interface DryRun {
  readonly goes: Part;
  /** The rules let it go, but something needs it. */
  readonly kept: Part & { readonly reasons: Readonly<Record<'hold' | 'job' | 'recipe' | 'batch', number>> };
}

const filesAtOnce = 5000;
const mostExamples = 20;

/**
 * What a pass would do, with the rules that are in force and perhaps one that is only thought of, which takes the place of
 * that for the same files. Changes nothing.
 */
export async function dryRun(db: Queries, draft?: Rule): Promise<DryRun> {
  const active = await activeRules(db);
  const isReplaced = (rule: Rule) =>
    draft !== undefined && rule.workspaceId === draft.workspaceId && rule.dataType === draft.dataType;
  const rules = draft ? [...active.filter((rule) => !isReplaced(rule)), draft] : active;
  const goes = new Sum();
  const kept = new Sum();
  const reasons = { hold: 0, job: 0, recipe: 0, batch: 0, schedule: 0 };
  for (let after = 0; ;) {
    const candidates = await candidatesOf(db, rules, after, filesAtOnce);
    const needs = await needsOf(
      db,
      candidates.map(({ id }) => id),
    );
    for (const { id, workspace, path, size, rules: by } of candidates) {
      const need = needs.get(id);
      const names = by.map((rule) => (rule === null ? 'the given rule' : `retention rule ${rule}`));
      const shown = {
        id,
        workspace,
        file_path: path,
        file_size: size,
        reason: need?.words ?? names.join(', '),
      };
      (need ? kept : goes).add(shown);
      if (need) reasons[need.by] += 1;
    }
    if (candidates.length < filesAtOnce) break;
    after = candidates.at(-1)!.id;
  }
  return { goes: goes.part, kept: { ...kept.part, reasons } };
}

class Sum {
  #files = 0;
  #bytes = 0;
  readonly #examples: ExampleFile[] = [];

  add(file: ExampleFile): void {
    this.#files += 1;
    this.#bytes += file.file_size;
    if (this.#examples.length < mostExamples) this.#examples.push(file);
  }

  get part(): Part {
    return { files: this.#files, bytes: this.#bytes, examples: this.#examples };
  }
}
