import { expect, it } from '@jest/globals';
import { Occurrences } from './occurrences.ts';
import { RowPlaces } from './row-places.ts';

it('rows that say the same have ids of their own, the same each time', () => {
  const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
  const ids = (keys: string[]) => {
    const occurrences = new Occurrences();
    return keys.map((key) => occurrences.identify(key));
  };
  expect(ids([a, b, a, a])).toEqual([a, b, `${a}-2`, `${a}-3`]);
  expect(ids([b, a, a])).toEqual([b, a, `${a}-2`]);
});

it('places of rows come in the order of the rows', () => {
  const places = new RowPlaces();
  for (const row of [5, 3000, 1, 2])
    places.set(row, row === 2 ? null : row + 1, { offset: row * 2 ** 33, length: row });
  places.set(5, 6, { offset: 7, length: 8 });
  expect([...places]).toEqual([
    { row: 1, line: 2, place: { offset: 2 ** 33, length: 1 } },
    { row: 2, line: null, place: { offset: 2 * 2 ** 33, length: 2 } },
    { row: 5, line: 6, place: { offset: 7, length: 8 } },
    { row: 3000, line: 3001, place: { offset: 3000 * 2 ** 33, length: 3000 } },
  ]);
});
