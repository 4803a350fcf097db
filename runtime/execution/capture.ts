import { SeedbedError } from '../errors/index.ts';
import type { OutputFile } from '../manifest/manifest.ts';
import { isCapturable, matchSegment, segments } from './glob.ts';
import type { OutputEntry } from './output-tree.ts';
import type { Warning } from './result.ts';

/** One file that outputs of the manifest ask for. */
export interface Captured {
  readonly entry: OutputEntry;
  /** In the order of the manifest. */
  readonly outputs: OutputFile[];
}

const namesShown = 5;

/**
 * Which files belong to which outputs (the standard, "Outputs"). Sidecars, seed.outputs.json, directories, links that
 * leave OUTPUT_DIR and devices are never products.
 * @throws missing-required-output, unexpected-multiple-outputs
 */
export function capture(
  entries: readonly OutputEntry[],
  outputs: readonly OutputFile[],
): { captured: Captured[]; warnings: Warning[] } {
  const captured = new Map<OutputEntry, Captured>();
  const warnings: Warning[] = [];
  for (const output of outputs) {
    const matches = entries.filter(matcher(output.pattern));
    const files = matches.filter((entry) => entry.kind === 'file');
    warnings.push(
      ...matches.filter((entry) => entry.kind !== 'file').map((entry) => notCaptured(entry, output)),
    );
    judgeCount(output, files);
    for (const entry of files) {
      const known = captured.get(entry);
      if (known) known.outputs.push(output);
      else captured.set(entry, { entry, outputs: [output] });
    }
  }
  const leftOver = entries.filter(
    (entry) => entry.kind === 'file' && isCapturable(entry.relativePath) && !captured.has(entry),
  );
  if (leftOver.length > 0)
    warnings.push({
      name: 'uncaptured-files',
      description: `No output of the manifest matches ${namesOf(leftOver)}; kept in the output directory, not catalogued.`,
    });
  return { captured: [...captured.values()], warnings };
}

function matcher(pattern: string): (entry: OutputEntry) => boolean {
  const wanted = segments(pattern);
  return ({ relativePath }) => {
    const parts = relativePath.split('/');
    return (
      parts.length === wanted.length &&
      parts.every((part, index) => matchSegment(wanted[index]!, part)) &&
      isCapturable(relativePath)
    );
  };
}

function judgeCount(output: OutputFile, files: readonly OutputEntry[]): void {
  if (files.length === 0 && output.required)
    throw new SeedbedError('missing-required-output', {
      name: output.name,
      what: `file that matches ${output.pattern}`,
    });
  if (files.length > 1 && !output.multiple)
    throw new SeedbedError('unexpected-multiple-outputs', {
      name: output.name,
      pattern: output.pattern,
      count: files.length,
      files: namesOf(files),
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

function namesOf(entries: readonly OutputEntry[]): string {
  const names = entries.slice(0, namesShown).map((entry) => JSON.stringify(entry.relativePath));
  const more = entries.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
