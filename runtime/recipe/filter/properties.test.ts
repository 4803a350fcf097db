import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type {
  DataFilter,
  DataInterface,
  Filter,
  FilterOperator,
  FilterType,
  JsonParameterType,
} from '../../../seed-schema/index.ts';
import { acceptedItems } from './accepted-items.ts';
import { acceptsData, passes } from './accepts-data.ts';
import { judgedWith } from './filter.fixture.ts';
import { judgeFilter } from './judge-filter.ts';
import { allOperators, fileTypes, operatorsOf } from './operators.ts';
import type { FileFacts, FilterData } from './values.ts';

const types = Object.keys(operatorsOf) as FilterType[];

/** Few different values, so that they are often the same; some of any kind. */
const value = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(0, 1, 2, '1', 'a', 'ab', true, null, [], ['a'], { a: 1 }),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

const valueOf: Readonly<Record<FilterType, fc.Arbitrary<unknown>>> = {
  boolean: fc.boolean(),
  integer: fc.oneof(fc.constantFrom<unknown>(0, 1, 2, '1', '2'), fc.integer()),
  number: fc.oneof(
    fc.constantFrom<unknown>(0, 0.5, 1, '0.5'),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
  string: fc.constantFrom('', 'a', 'b', 'ab'),
  object: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), value, { maxKeys: 3 }),
  filename: fc.constantFrom('', 'a', 'b', 'ab'),
  'media-type': fc.constantFrom('', 'a', 'b', 'ab'),
  'data-type': fc.subarray(['a', 'b', 'ab']),
  'meta-data': fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), value, { maxKeys: 3 }),
};

const path = fc.array(fc.constantFrom('a', 'b', '__proto__', 0, 1), { minLength: 1, maxLength: 3 });

/** Four inputs: A and `__proto__` are files, B and `toString` JSON of some type. */
interface Situation {
  readonly parameters: DataInterface;
  readonly filter: DataFilter;
  readonly data: FilterData;
}

const file: fc.Arbitrary<FileFacts> = fc.record({
  file_name: valueOf.string as fc.Arbitrary<string>,
  media_type: valueOf.string as fc.Arbitrary<string>,
  data_type_tags: valueOf['data-type'] as fc.Arbitrary<string[]>,
  meta_data: fc.oneof(valueOf['meta-data'], value),
});

const fileNames = ['A', '__proto__'];
const jsonNames = ['B', 'toString'];

const parametersOf = (jsonTypes: readonly JsonParameterType[]): DataInterface => ({
  files: fileNames.map((name) => ({ name, media_types: [], required: false, multiple: true })),
  json: jsonNames.map((name, at) => ({ name, type: jsonTypes[at]!, required: false })),
});

/** Most fit the input that they name. */
const filterFor = (jsonTypes: readonly JsonParameterType[]): fc.Arbitrary<Filter> =>
  fc
    .constantFrom(...fileNames, ...jsonNames)
    .chain((name) => {
      const json = jsonTypes[jsonNames.indexOf(name)];
      const fitting = types.filter((type) => (json === undefined ? fileTypes.has(type) : type === json));
      return fc.record({
        name: fc.constant(name),
        type: fc.constantFrom(...(fitting.length > 0 ? fitting : types)),
      });
    })
    .chain(({ name, type }) =>
      fc.record({
        name: fc.constant(name),
        type: fc.constant(type),
        condition: fc.oneof(
          { weight: 4, arbitrary: fc.constantFrom(...operatorsOf[type]) },
          { weight: 1, arbitrary: fc.constantFrom(...allOperators) },
        ),
        values: fc.array(type === 'data-type' ? valueOf.string : fc.oneof(valueOf[type], value), {
          minLength: 1,
          maxLength: 3,
        }),
        fields: fc.oneof(fc.constant([]), fc.array(path, { minLength: 1, maxLength: 3 })),
        all_fields: fc.boolean(),
        all_files: fc.boolean(),
      }),
    );

const situation: fc.Arbitrary<Situation> = fc
  .tuple(
    ...jsonNames.map(() =>
      fc.constantFrom<JsonParameterType>('array', 'boolean', 'integer', 'number', 'object', 'string'),
    ),
  )
  .chain((jsonTypes) =>
    fc.record({
      parameters: fc.constant(parametersOf(jsonTypes)),
      filter: fc.record({ filters: fc.array(filterFor(jsonTypes), { maxLength: 2 }), all: fc.boolean() }),
      data: fc.record({
        files: fc.dictionary(fc.constantFrom(...fileNames), fc.array(file, { maxLength: 3 })),
        json: fc
          .tuple(...jsonTypes.map((type) => fc.oneof(value, type === 'array' ? value : valueOf[type])))
          .map((values) => Object.fromEntries(jsonNames.map((name, at) => [name, values[at]]))),
      }),
    }),
  );

const runs = { numRuns: 2000 };

describe('filters, whatever they are given', () => {
  it('decide, and throw nothing', () => {
    let judged = 0;
    fc.assert(
      fc.property(situation, ({ filter, parameters, data }) => {
        if (judgeFilter(filter, parameters, '').errors.length > 0) return;
        judged += filter.filters.length > 0 ? 1 : 0;
        expect(typeof acceptsData(filter, parameters, data)).toBe('boolean');
      }),
      runs,
    );
    expect(judged).toBeGreaterThan(50);
  });

  it('pass together as every filter does, or as some does', () => {
    const decisions: string[] = [];
    fc.assert(
      fc.property(situation, ({ filter: { filters, all }, parameters, data }) => {
        const each = filters.map((one) => passes(one, parameters, data));
        const expected = filters.length === 0 || (all ? !each.includes(false) : each.includes(true));
        expect(acceptsData({ filters, all }, parameters, data)).toBe(expected);
        if (filters.length > 1) decisions.push(`${all} ${expected}`);
      }),
      runs,
    );
    expect(new Set(decisions).size).toBe(4);
  });

  it.each<[FilterOperator, FilterOperator, readonly FilterType[]]>([
    ['==', '!=', ['boolean', 'integer', 'number', 'string', 'filename', 'media-type', 'data-type']],
    ['in', 'not in', ['integer', 'number', 'string', 'filename', 'media-type', 'data-type']],
    ['<', '>=', ['integer', 'number']],
    ['>', '<=', ['integer', 'number']],
  ])('%s holds exactly where %s does not', (operator, negation, those) => {
    const met = new Set<boolean>();
    const one = fc.constantFrom(...those).chain((type) =>
      fc.record({
        type: fc.constant(type),
        values: fc.array(valueOf[type], { minLength: 1 }),
        given: valueOf[type],
      }),
    );
    fc.assert(
      fc.property(one, fc.boolean(), ({ type, values, given }, all_files) => {
        const filterWith = (condition: FilterOperator): Filter => ({
          name: 'IN',
          type,
          condition,
          values,
          fields: [],
          all_fields: true,
          all_files,
        });
        const holds = judgedWith(filterWith(operator), given);
        expect(judgedWith(filterWith(negation), given)).toBe(!holds);
        met.add(holds);
      }),
      runs,
    );
    expect(met.size).toBe(2);
  });

  it('of several files or fields: all of an operator hold where not any of its negation does', () => {
    const opposites: Partial<Record<FilterOperator, FilterOperator>> = { '==': '!=', in: 'not in' };
    const met = new Set<boolean>();
    fc.assert(
      fc.property(
        filterFor([]),
        fc.constantFrom<FilterOperator>('==', 'in'),
        fc.array(file, { minLength: 1 }),
        (some, condition, files) => {
          const parameters = parametersOf([]);
          const data = { files: { A: files }, json: {} };
          const all: Filter = { ...some, name: 'A', condition, all_files: true, all_fields: true };
          if (!fileTypes.has(all.type)) return;
          const any: Filter = {
            ...all,
            condition: opposites[condition]!,
            all_files: false,
            all_fields: false,
          };
          const holds = passes(all, parameters, data);
          expect(passes(any, parameters, data)).toBe(!holds);
          met.add(holds);
        },
      ),
      runs,
    );
    expect(met.size).toBe(2);
  });

  it('of each item accept those that they accept alone, in order', () => {
    const sizes = new Set<number>();
    fc.assert(
      fc.property(situation, fc.array(file, { maxLength: 4 }), ({ filter, parameters, data }, files) => {
        const beside = (those: readonly FileFacts[]) => ({ ...data, files: { ...data.files, A: those } });
        const accepted = acceptedItems(filter, parameters, 'A', beside(files));
        const expected = [...files.keys()].filter((at) =>
          acceptsData(filter, parameters, beside([files[at]!])),
        );
        expect(accepted).toEqual(expected);
        sizes.add(accepted.length);
      }),
      runs,
    );
    expect(sizes.size).toBeGreaterThan(3);
  });
});
