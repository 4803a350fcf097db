import type { Step } from './steps.ts';

const out = (text: string): Step => ({ write: `${text}\n`, to: 'stdout' });
const err = (text: string): Step => ({ write: `${text}\n`, to: 'stderr' });
const numbers = Array.from({ length: 100 }, (_, number) => `${number}`);

/** What Scale's diagnostic jobs do, by the name of the program. */
export const diagnosticPrograms: Readonly<Record<string, readonly Step[]>> = {
  hello: [out('Hello, Scale!'), { exit: 0 }],
  bake: [out('Baking for 15 minutes...'), { sleep: 15 * 60 }, out('Done.'), { exit: 0 }],
  roulette: [
    out('Spinning roulette wheel...'),
    { sleep: 1 },
    {
      toss: [
        [out('Landed on black'), { exit: 0 }],
        [err('Landed on red'), { exit: 5 }],
      ],
    },
  ],
  count: [
    ...numbers.map(out),
    ...numbers.map(err),
    ...numbers.map((number, at) => (at % 2 === 1 ? out : err)(number)),
    { exit: 0 },
  ],
};
