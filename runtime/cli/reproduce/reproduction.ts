import type { ResultDocument } from '../../../seed-schema/index.ts';
import type { Comparison, OutputVerdict } from '../../provenance/index.ts';
import { oneLine, table } from '../table.ts';

/** What came of making a file again. */
export interface Reproduction {
  readonly file: number;
  /** The one that made it. */
  readonly execution: number;
  /** Every output is the same. */
  readonly same: boolean;
  readonly error: ResultDocument['error'];
  /** Why it may have been another image or setting, for people. */
  readonly doubts: readonly string[];
  readonly files: readonly Comparison[];
  readonly json: readonly { readonly name: string; readonly verdict: OutputVerdict }[];
  /** Where the outputs are. */
  readonly directory: string;
}

export function asText({ execution, same, error, doubts, files, json, directory }: Reproduction): string {
  const rows = [
    ...files.map(({ verdict, output, name, original, again }) => [
      verdict,
      output,
      name,
      short(original),
      short(again),
    ]),
    ...json.map(({ verdict, name }) => [verdict, name, '', '', '']),
  ];
  const lines = [
    ...(rows.length > 0 ? [table([['', 'OUTPUT', 'FILE', 'THEN', 'NOW'], ...rows]).trimEnd()] : []),
    ...doubts.map((doubt) => `note: ${oneLine(doubt)}`),
    ...(error ? [`It failed: ${oneLine(error.message)}`] : []),
    same
      ? `Execution ${execution} comes to the same again, byte for byte.`
      : `Execution ${execution} does not come to the same again.`,
    `The outputs are in ${oneLine(directory)}.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The beginning of a checksum, beside the number of the file. */
function short(file: Comparison['original']): string {
  return file ? `${file.id} ${(file.sha256 ?? '?').slice(0, 12)}` : '';
}
