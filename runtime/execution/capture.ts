import { SeedbedError } from '../errors/index.ts';
import type { OutputFile } from '../manifest/manifest.ts';
import { type Countable, joined, PackedList } from '../workspace/index.ts';
import { isCapturable, matchSegment, segments } from './glob.ts';
import type { OutputEntry } from './output-entries.ts';
import type { Warning } from './result.ts';

/** One file that outputs of the manifest ask for. */
export interface Captured {
  readonly relativePath: string;
  /** See `OutputEntry.target`. */
  readonly target?: string | undefined;
  /** Indices into the outputs of the manifest, ascending. */
  readonly outputs: readonly number[];
}

const namesShown = 5;

/**
 * Which files belong to which outputs (the standard, "Outputs"). Sidecars, seed.outputs.json, directories, links that
 * leave OUTPUT_DIR and devices are never products.
 * @param entries sorted by path
 * @returns files by the first output that asks for them, then by path
 * @throws missing-required-output, unexpected-multiple-outputs
 */
export function capture(
  entries: Iterable<OutputEntry>,
  outputs: readonly OutputFile[],
): { captured: Countable<Captured>; warnings: Warning[] } {
  const wanted = outputs.map((output) => ({
    output,
    matches: matcher(output.pattern),
    files: new Names(),
    captured: new PackedList<Captured>(),
    warnings: [] as Warning[],
  }));
  const leftOver = new Names();
  for (const entry of entries) {
    const { relativePath, kind, target } = entry;
    if (!isCapturable(relativePath)) continue;
    const matching = [...wanted.keys()].filter((index) => wanted[index]!.matches(entry));
    if (kind === 'file') {
      for (const index of matching) wanted[index]!.files.add(relativePath);
      if (matching.length > 0)
        wanted[matching[0]!]!.captured.push({ relativePath, target, outputs: matching });
      else leftOver.add(relativePath);
    } else
      for (const index of matching) wanted[index]!.warnings.push(notCaptured(entry, wanted[index]!.output));
  }
  for (const { output, files } of wanted) judgeCount(output, files);
  const warnings = wanted.flatMap((each) => each.warnings);
  if (leftOver.count > 0)
    warnings.push({
      name: 'uncaptured-files',
      description: `No output of the manifest matches ${leftOver.text}; kept in the output directory, not catalogued.`,
    });
  return { captured: joined(wanted.map((each) => each.captured)), warnings };
}

/** How many there are, and the first of them. */
class Names {
  readonly #first: string[] = [];
  count = 0;

  add(relativePath: string): void {
    if (++this.count <= namesShown) this.#first.push(JSON.stringify(relativePath));
  }

  get text(): string {
    const more = this.count - this.#first.length;
    return this.#first.join(', ') + (more > 0 ? ` and ${more} more` : '');
  }
}

function matcher(pattern: string): (entry: OutputEntry) => boolean {
  const wanted = segments(pattern);
  return ({ relativePath }) => {
    const parts = relativePath.split('/');
    return parts.length === wanted.length && parts.every((part, index) => matchSegment(wanted[index]!, part));
  };
}

function judgeCount(output: OutputFile, files: Names): void {
  if (files.count === 0 && output.required)
    throw new SeedbedError('missing-required-output', {
      name: output.name,
      what: `file that matches ${output.pattern}`,
    });
  if (files.count > 1 && !output.multiple)
    throw new SeedbedError('unexpected-multiple-outputs', {
      name: output.name,
      pattern: output.pattern,
      count: files.count,
      files: files.text,
    });
}

function notCaptured(entry: OutputEntry, output: OutputFile): Warning {
  const what = {
    directory: 'a directory',
    escaped: 'a link that leaves OUTPUT_DIR or leads nowhere',
    special: 'no regular file',
    file: 'a file',
  }[entry.kind];
  return {
    name: 'not-captured',
    description: `${entry.relativePath} matches the output ${output.name} and is ${what}; it is not captured.`,
  };
}
