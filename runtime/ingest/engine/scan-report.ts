import type { ScanConfiguration } from '../../../seed-schema/index.ts';
import type { FileEntry } from '../../workspace/index.ts';

interface Part {
  files: number;
  /** Bytes. */
  bytes: number;
  /** Paths of the first ones. */
  examples: string[];
}

/** What would become of the files of a workspace: `scan.report`. */
export interface ScanReport {
  /** In the order of `files_to_ingest`. */
  readonly rules: readonly (Part & { readonly filename_regex: string })[];
  /** Files that no rule matches: they stay where they are. */
  readonly unmatched: Part;
  /** Of those that a rule matches: in the catalogue already, with this version. */
  readonly known: Part;
  /** All that was seen. */
  readonly seen: Omit<Part, 'examples'>;
}

const mostExamples = 5;

/** Counts while a scan goes on; goes over a restart as the report that was written down last. */
export class ReportCounts {
  readonly report: ScanReport;

  constructor({ files_to_ingest }: ScanConfiguration, former?: ScanReport | null) {
    this.report = former ?? {
      rules: files_to_ingest.map(({ filename_regex }) => ({ filename_regex, ...nothing() })),
      unmatched: nothing(),
      known: nothing(),
      seen: { files: 0, bytes: 0 },
    };
  }

  /** Files that rules match. */
  get matched(): number {
    return this.report.rules.reduce((sum, { files }) => sum + files, 0);
  }

  /** @param rule its index; undefined: none matches */
  count(entry: FileEntry, rule: number | undefined, isKnown: boolean): void {
    const { seen, known, unmatched, rules } = this.report;
    seen.files++;
    seen.bytes += entry.size;
    add(rule === undefined ? unmatched : rules[rule]!, entry);
    if (rule !== undefined && isKnown) add(known, entry);
  }
}

function nothing(): Part {
  return { files: 0, bytes: 0, examples: [] };
}

function add(part: Part, { path, size }: FileEntry): void {
  part.files++;
  part.bytes += size;
  if (part.examples.length < mostExamples) part.examples.push(path);
}
