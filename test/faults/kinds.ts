import { sha256 } from '../support/cli-files.ts';
import type { JobDraft } from '../support/cli-jobs.ts';

/** A kind of job, and how one of it ends whatever happens meanwhile. */
export interface JobKind {
  readonly draft: JobDraft;
  readonly status: 'COMPLETED' | 'FAILED' | 'CANCELED';
  readonly error?: string;
  /** Its products: name → content. @param number the job's, which it is given as `N` */
  readonly products: (number: number) => Readonly<Record<string, string>>;
  /** Its standard output. */
  readonly log?: string;
  readonly canceled?: true;
}

const text = (pattern: string, multiple = false) => [{ name: 'OUT', pattern, multiple }];
const lines = (last: number) => Array.from({ length: last }, (_, at) => `${at + 1}\n`).join('');
const none = () => ({});
/** What a job with the input file `number` finds in it. */
export const contentOf = (number: number) => `input ${number % 7}\n`.repeat(1000 + (number % 7));

export const kinds = {
  quick: {
    draft: { outputs: text('out.txt'), script: 'echo "$N" > $OUTPUT_DIR/out.txt' },
    status: 'COMPLETED',
    products: (number) => ({ 'out.txt': `${number}\n` }),
  },
  slow: {
    draft: {
      outputs: text('out.txt'),
      script: 'echo "$N" > $OUTPUT_DIR/out.txt; sleep 4; echo late >> $OUTPUT_DIR/out.txt',
    },
    status: 'COMPLETED',
    products: (number) => ({ 'out.txt': `${number}\nlate\n` }),
  },
  many: {
    draft: {
      outputs: text('*.txt', true),
      script: 'for i in 1 2 3 4 5; do echo "$N $i" > $OUTPUT_DIR/$i.txt; sleep 0.1; done',
    },
    status: 'COMPLETED',
    products: (number) =>
      Object.fromEntries([1, 2, 3, 4, 5].map((each) => [`${each}.txt`, `${number} ${each}\n`])),
  },
  copies: {
    draft: {
      files: [{ name: 'IN' }],
      outputs: text('copy.txt'),
      script: 'sleep 1; cat $IN > $OUTPUT_DIR/copy.txt',
    },
    status: 'COMPLETED',
    products: (number) => ({ 'copy.txt': contentOf(number) }),
  },
  chatty: {
    draft: { script: 'seq 1 4000; sleep 2; seq 4001 8000' },
    status: 'COMPLETED',
    products: none,
    log: lines(8000),
  },
  fails: {
    draft: { outputs: text('out.txt'), script: 'echo "$N" > $OUTPUT_DIR/out.txt; exit 3' },
    status: 'FAILED',
    error: 'job-failed',
    products: none,
  },
  hungry: {
    draft: { outputs: text('out.txt'), script: 'echo > $OUTPUT_DIR/out.txt; tail /dev/zero' },
    status: 'FAILED',
    error: 'out-of-memory',
    products: none,
  },
  late: {
    draft: { outputs: text('out.txt'), script: 'echo > $OUTPUT_DIR/out.txt; sleep 600', timeout: 3 },
    status: 'FAILED',
    error: 'timeout',
    products: none,
  },
  unwanted: {
    draft: { outputs: text('out.txt'), script: 'echo > $OUTPUT_DIR/out.txt; exec sleep 600' },
    status: 'CANCELED',
    products: none,
    canceled: true,
  },
} as const satisfies Record<string, JobKind>;

export type Kind = keyof typeof kinds;

/** The same, as every kind can be looked at. */
export const kindOf = (kind: Kind): JobKind => kinds[kind];

/** Name → checksum of what a job leaves in the catalogue. */
export function checksumsOf(kind: Kind, number: number): Record<string, string> {
  const products = Object.entries(kindOf(kind).products(number));
  return Object.fromEntries(products.map(([name, content]) => [name, sha256(content)]));
}
