import { open } from 'node:fs/promises';
import path from 'node:path';
import type { ResultDocument } from '../../seed-schema/index.ts';
import type { Bench } from '../support/bench.ts';
import { jobImage } from '../support/image.ts';

/** How much of everything: the defaults are those of the budget. */
export interface Sizes {
  readonly files: number;
  readonly outputMiB: number;
  readonly inputMiB: number;
}

/** What the bare tools take for the same bytes. */
export interface Yardstick {
  /** The step of ours, or `whole command`, that it is compared with. */
  readonly beside: string;
  /** A shell's words; what comes before is not timed. */
  readonly before?: string;
  readonly command: string;
}

export interface Case {
  readonly name: string;
  readonly title: string;
  readonly image: string;
  /** More arguments of `seed-run`. */
  readonly args: readonly string[];
  /** @throws when the command did not do what is measured */
  check(document: ResultDocument): void;
  /** What the steps from the end of the job on may take together, ms. */
  readonly budget?: number;
  yardsticks(output: string): Yardstick[];
}

const sidecar = JSON.stringify({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [7.1, 50.7] },
  properties: { dataStarted: '2024-05-01T10:00:00Z', dataEnded: '2024-05-01T10:00:05Z', sensor: 'bench' },
});

/** Very many small outputs, each described by a sidecar. */
async function manyOutputs(bench: Bench, { files }: Sizes): Promise<Case> {
  const body = `printf '${sidecar}' > f$i.txt.metadata.json; echo product $i > f$i.txt; i=$((i+1))`;
  const script = `cd "$OUTPUT_DIR"; i=0; while [ $i -lt ${files} ]; do ${body}; done`;
  const image = await jobImage(bench, {
    name: 'many',
    command: `sh -c ${quoted(script)}`,
    outputs: [{ name: 'PRODUCTS', pattern: '*.txt', multiple: true }],
  });
  return {
    name: 'many',
    title: `${files.toLocaleString('en')} outputs with sidecars`,
    image,
    args: [],
    check: (document) => expectFiles(document, 'PRODUCTS', files),
    // 130,000 of them in 2 minutes.
    budget: (files / 130_000) * 120_000,
    yardsticks: (output) => [
      {
        beside: 'harvest',
        command: `find ${quoted(output)} -name '*.txt' -exec sha256sum {} + > /dev/null; sync -f ${quoted(output)}`,
      },
      { beside: 'sidecars', command: `find ${quoted(output)} -name '*.json' -exec cat {} + | wc -c` },
    ],
  };
}

/** One output that is larger than memory should ever notice. */
async function bigOutput(bench: Bench, { outputMiB }: Sizes): Promise<Case> {
  const image = await jobImage(bench, {
    name: 'big-output',
    command: `sh -c 'dd if=/dev/zero of="$OUTPUT_DIR/big.bin" bs=1M count=${outputMiB} 2>/dev/null'`,
    outputs: [{ name: 'BIG', pattern: 'big.bin', required: true }],
  });
  return {
    name: 'big-output',
    title: `1 output of ${outputMiB} MiB`,
    image,
    args: [],
    check: (document) => expectFiles(document, 'BIG', 1),
    yardsticks: (output) => {
      // Written anew, so that it is to be flushed to the disk as the job's file was.
      const copy = quoted(path.join(output, 'copy.bin'));
      return [
        {
          beside: 'harvest',
          before: `dd if=/dev/zero of=${copy} bs=1M count=${outputMiB} 2>/dev/null`,
          command: `sha256sum ${copy} && sync ${copy}`,
        },
      ];
    },
  };
}

/** One huge input, sparse: it is hashed whole, beside the job, and copied by nobody. */
async function bigInput(bench: Bench, { inputMiB }: Sizes): Promise<Case> {
  const input = path.join(bench.directory, 'input.bin');
  const file = await open(input, 'w');
  await file.truncate(inputMiB * 2 ** 20);
  await file.close();
  const image = await jobImage(bench, {
    name: 'big-input',
    command: 'test -s ${INPUT}',
    inputs: [{ name: 'INPUT' }],
  });
  return {
    name: 'big-input',
    title: `1 input of ${inputMiB} MiB (sparse)`,
    image,
    args: ['-i', `INPUT=${input}`],
    check: ({ inputs }) => {
      if (!inputs.files.INPUT?.[0]?.sha256) throw new Error('the input has no checksum');
    },
    yardsticks: () => {
      // Touched, or the next round would find the catalogue's row for it and hash nothing.
      return [{ beside: 'whole command', command: `sha256sum ${quoted(input)} && touch ${quoted(input)}` }];
    },
  };
}

function expectFiles({ outputs }: ResultDocument, name: string, count: number): void {
  const found = outputs.files[name]?.length ?? 0;
  if (found !== count) throw new Error(`${name} has ${found} files, not ${count}`);
}

/** By the names that `--only` takes. */
export const cases = { many: manyOutputs, 'big-output': bigOutput, 'big-input': bigInput } as const;

/** A word for a shell, and for a manifest's command. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
