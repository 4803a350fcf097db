import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withDatabase } from '../../test/support/connected.ts';
import type { Database } from './index.ts';
import { givenRows } from './given-rows.ts';

let db: Database;
withDatabase((connected) => (db = connected));

const columns = { id: 'integer', name: 'text', ratio: 'double precision', facts: 'jsonb', open: 'boolean' };

/** What varies is of two kinds: the same for all rows, or another one for each. */
const rows = fc
  .record({
    count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 45, max: 60 })),
    same: fc.record({ name: fc.boolean(), ratio: fc.boolean(), facts: fc.boolean(), open: fc.boolean() }),
  })
  .chain(({ count, same }) => {
    const values = {
      name: fc.option(fc.stringMatching(/^["'\\{}, a-zé]*$/)),
      ratio: fc.option(fc.integer().map((number) => number / 8)),
      facts: fc.option(fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), fc.integer())),
      open: fc.option(fc.boolean()),
    };
    const column = <Value>(value: fc.Arbitrary<Value>, isSame: boolean): fc.Arbitrary<Value[]> =>
      isSame
        ? value.map((one) => Array.from({ length: count }, () => one))
        : fc.array(value, { minLength: count, maxLength: count });
    return fc
      .tuple(
        column(values.name, same.name),
        column(values.ratio, same.ratio),
        column(values.facts, same.facts),
        column(values.open, same.open),
      )
      .map(([name, ratio, facts, open]) =>
        name.map((_, id) => ({ id, name: name[id], ratio: ratio[id], facts: facts[id], open: open[id] })),
      );
  });

it('gives a statement the rows, whatever they have in common', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (given) => {
      const { form, source, values } = givenRows(columns, given, 2);
      const read = await db.prepared(
        `read-${form}`,
        `select id, name, ratio, facts, open from ${source} r where $1::text = 'x' order by id`,
        ['x', ...values],
      );
      expect(read).toEqual(given);
    }),
    { numRuns: 100 },
  );
});

it('sends what many rows have in common once', () => {
  const facts = { of: 'all' };
  const given = Array.from({ length: 60 }, (_, id) => ({ id, name: 'n', ratio: 1, facts, open: null }));
  expect(JSON.stringify(givenRows(columns, given).values).match(/of/g)).toHaveLength(1);
});
