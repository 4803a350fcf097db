import { describe, expect, it } from '@jest/globals';
import type { DataInterface, Filter } from '../../../seed-schema/index.ts';
import { acceptsData } from './accepts-data.ts';
import { fileOf, filterOf, judgedWith } from './filter.fixture.ts';
import { allOperators, operatorsOf } from './operators.ts';

const parameters: DataInterface = {
  files: [{ name: 'FILE', media_types: [], required: false, multiple: true }],
  json: [
    { name: 'TEXT', type: 'string', required: false },
    { name: 'COUNT', type: 'integer', required: false },
  ],
};
const data = { files: { FILE: [fileOf('filename', 'a.tif')] }, json: { TEXT: 'a', COUNT: 5 } };
const isA = filterOf({ name: 'TEXT', values: ['a'] });
const isB = filterOf({ name: 'TEXT', values: ['b'] });
const isTif = filterOf({ name: 'FILE', type: 'filename', condition: 'contains', values: ['.tif'] });
const accepts = (
  filters: readonly Filter[],
  all: boolean,
  given = data as Parameters<typeof acceptsData>[2],
) => acceptsData({ filters, all }, parameters, given);

describe('acceptsData', () => {
  it.each([
    ['all pass', [isA, isTif], true, true],
    ['one fails', [isA, isB], true, false],
    ['one of some passes', [isB, isTif], false, true],
    ['none of some passes', [isB, isB], false, false],
    ['there is none, of all', [], true, true],
    ['there is none, of some', [], false, true],
  ])('%s', (_, filters, all, expected) => {
    expect(accepts(filters, all)).toBe(expected);
  });

  it.each(allOperators)('rejects what has no value: %s', (condition) => {
    for (const type of Object.keys(operatorsOf) as Filter['type'][])
      for (const name of ['FILE', 'TEXT', 'COUNT', 'toString', '__proto__']) {
        const filter = filterOf({ name, type, condition, values: ['a'] });
        for (const all_files of [true, false])
          for (const given of [
            { files: {}, json: {} },
            { files: { FILE: [] }, json: { TEXT: null, COUNT: undefined } },
          ])
            expect(accepts([{ ...filter, all_files }], true, given)).toBe(false);
      }
  });

  it('still accepts by another filter where one input has no value', () => {
    expect(accepts([isTif, isA], false, { ...data, files: {} })).toBe(true);
    expect(accepts([isTif, isA], true, { ...data, files: {} })).toBe(false);
  });

  it('rejects by a filter whose type is not for the input, or that names none', () => {
    for (const condition of ['==', '!=', 'in', 'not in'] as const) {
      const values = [5];
      expect(accepts([filterOf({ name: 'COUNT', type: 'string', condition, values })], true)).toBe(false);
      expect(accepts([filterOf({ name: 'FILE', type: 'string', condition, values })], true)).toBe(false);
      expect(accepts([filterOf({ name: 'TEXT', type: 'filename', condition, values })], true)).toBe(false);
      expect(accepts([filterOf({ name: 'OTHER', condition, values })], true)).toBe(false);
    }
  });

  it('takes fields of other types for what they are: nothing', () => {
    expect(judgedWith(filterOf({ fields: [['x']], values: ['a'] }), 'a')).toBe(true);
  });

  it('takes an item of values that is no list for a list of one', () => {
    const filter = filterOf({ type: 'object', fields: [['a', 'b']], values: [5] });
    expect([judgedWith(filter, { a: { b: 5 } }), judgedWith(filter, { a: { b: 6 } })]).toEqual([true, false]);
  });

  it('sees only what an object itself has', () => {
    const isThere = (path: string[]) =>
      judgedWith(filterOf({ type: 'object', condition: '!=', fields: [path], values: [[null]] }), {
        list: [1],
      });
    expect(['toString', '__proto__', 'constructor'].map((key) => isThere([key]))).toEqual([
      false,
      false,
      false,
    ]);
    expect([isThere(['list']), isThere(['list', '0']), isThere(['list', '1'])]).toEqual([true, true, false]);
    expect(
      judgedWith(filterOf({ type: 'object', condition: 'superset of', values: [{ toString: 1 }] }), {}),
    ).toBe(false);
  });

  it('compares however deep', () => {
    const depth = 20_000;
    const nested = (end: string) => JSON.parse(`${'['.repeat(depth)}${end}${']'.repeat(depth)}`) as unknown;
    const filter = filterOf({ type: 'object', fields: [['a']], values: [[nested('1')]] });
    expect(judgedWith(filter, { a: nested('1') })).toBe(true);
    expect(judgedWith(filter, { a: nested('2') })).toBe(false);
  });

  it.each([
    ['1e2', 100, true],
    [' 5 ', 5, true],
    ['+5', 5, true],
    ['.5', 0.5, true],
    ['0x10', 16, false],
    ['', 0, false],
    [' ', 0, false],
    ['-Infinity', 0, false],
    ['0'.repeat(65), 0, false],
    [true, 1, false],
    [null, 0, false],
    ['-0', 0, true],
  ])('reads the number %p as %p: %p', (written, number, isSame) => {
    expect(judgedWith(filterOf({ type: 'number', values: [written] }), number)).toBe(isSame);
    expect(judgedWith(filterOf({ type: 'number', values: [number] }), written)).toBe(isSame);
  });
});
