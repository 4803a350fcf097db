import { describe, expect, it } from '@jest/globals';
import type { DataInterface } from '../../../seed-schema/index.ts';
import { filterOf } from './filter.fixture.ts';
import { judgeFilter, type WrittenFilter } from './judge-filter.ts';
import { allOperators, operatorsOf } from './operators.ts';

const parameters: DataInterface = {
  files: [{ name: 'IMAGE', media_types: [], required: true, multiple: false }],
  json: (['array', 'boolean', 'integer', 'number', 'object', 'string'] as const).map((type) => ({
    name: type.toUpperCase(),
    type,
    required: true,
  })),
};
const only = (name: string): DataInterface => ({
  files: parameters.files.filter((each) => each.name === name),
  json: parameters.json.filter((each) => each.name === name),
});
const nameFor = (type: string) => (type.includes('-') || type === 'filename' ? 'IMAGE' : type.toUpperCase());

/** What is found in one filter; the name and the path of each finding. */
function judge(written: Partial<WrittenFilter>, takes?: DataInterface) {
  const filter = { ...filterOf({}), name: nameFor(written.type ?? 'string'), ...written };
  const { errors, warnings } = judgeFilter({ filters: [filter], all: true }, takes ?? only(filter.name), 'f');
  for (const { description, path } of [...errors, ...warnings]) {
    expect(description).toContain(path);
    expect(description).not.toMatch(/\.$|undefined/);
  }
  const brief = (found: typeof errors) =>
    found.map(({ name, path }) => `${name} ${path.slice('f.filters[0]'.length)}`.trim());
  return { errors: brief(errors), warnings: brief(warnings) };
}

const valuesOf: Record<string, unknown[]> = {
  boolean: [true],
  integer: [5, '7'],
  number: [0.5, '1.5'],
  object: [{ a: 1 }],
  'meta-data': [{ a: 1 }],
};
const valuesFor = (type: string, condition: string) => {
  const values = valuesOf[type] ?? ['a', 'b'];
  return condition === 'between' || ['in', 'not in', 'contains'].includes(condition)
    ? values
    : values.slice(0, 1);
};

describe('judgeFilter', () => {
  it.each(Object.entries(operatorsOf))(
    '%s: finds nothing in its operators, and INVALID_CONDITION in others',
    (type, own) => {
      for (const condition of allOperators) {
        const values = valuesFor(type, condition);
        const errors = own.includes(condition) ? [] : ['INVALID_CONDITION .condition'];
        expect([condition, judge({ type, condition, values })]).toEqual([
          condition,
          { errors, warnings: [] },
        ]);
      }
      expect(judge({ type, condition: '~=' }).errors).toEqual(['INVALID_CONDITION .condition']);
      expect(judge({ type, condition: 'toString' }).errors).toEqual(['INVALID_CONDITION .condition']);
    },
  );

  it.each(['object', 'meta-data'])('%s: has all operators with fields', (type) => {
    for (const condition of allOperators) {
      const values = condition.endsWith(' of') ? [[{}]] : [condition === 'between' ? [1, 2] : [1]];
      expect(judge({ type, condition, values, fields: [['a']] })).toEqual({ errors: [], warnings: [] });
    }
    expect(judge({ type, condition: '~=', fields: [['a']] }).errors).toEqual([
      'INVALID_CONDITION .condition',
    ]);
  });

  it.each(['array', 'bad', 'toString'])('INVALID_TYPE: %s', (type) => {
    expect(judge({ type, condition: 'contains', name: 'STRING' })).toEqual({
      errors: ['INVALID_TYPE .type'],
      warnings: [],
    });
  });

  it('INVALID_FIELDS: another number of values', () => {
    const written = { type: 'object', fields: [['a'], ['b']] };
    expect(judge({ ...written, values: [[1]] }).errors).toEqual(['INVALID_FIELDS .fields']);
    expect(judge({ ...written, values: [[1], [2]] }).errors).toEqual([]);
    expect(judge({ fields: [['a'], ['b']] }).errors).toEqual(['INVALID_FIELDS .fields']);
  });

  it.each([
    ['integer', 'not a number', ['VALUE_ERROR .values[0]']],
    ['integer', '1.5', ['VALUE_ERROR .values[0]']],
    ['integer', 1.5, []],
    ['integer', '15', []],
    ['integer', true, ['VALUE_ERROR .values[0]']],
    ['number', '1,5', ['VALUE_ERROR .values[0]']],
    ['number', '1.5', []],
    ['number', null, ['VALUE_ERROR .values[0]']],
  ])('VALUE_ERROR: %s of %p', (type, value, errors) => {
    expect(judge({ type, condition: '<', values: [value] })).toEqual({ errors, warnings: [] });
  });

  it('VALUE_ERROR: no values', () => {
    expect(judge({ values: [] }).errors).toEqual(['VALUE_ERROR .values']);
    expect(judge({ type: 'object', fields: [['a']], values: [[]] }).errors).toEqual([
      'VALUE_ERROR .values[0]',
    ]);
  });

  it('MISMATCHED_TYPE: takes for each input its types only', () => {
    const fits: Record<string, string[]> = {
      ARRAY: [],
      BOOLEAN: ['boolean'],
      INTEGER: ['integer', 'number'],
      NUMBER: ['integer', 'number'],
      OBJECT: ['object'],
      STRING: ['string'],
      IMAGE: ['filename', 'media-type', 'data-type', 'meta-data'],
    };
    for (const [name, fitting] of Object.entries(fits))
      for (const [type, [condition]] of Object.entries(operatorsOf)) {
        const { errors } = judge({ name, type, condition: condition!, values: valuesFor(type, condition!) });
        expect([name, type, errors]).toEqual([
          name,
          type,
          fitting.includes(type) ? [] : ['MISMATCHED_TYPE .type'],
        ]);
      }
  });

  it('UNMATCHED_FILTER and UNMATCHED_PARAMETERS: only warns', () => {
    expect(judge({ name: 'STRINGS' }, only('STRING'))).toEqual({
      errors: [],
      warnings: ['UNMATCHED_FILTER .name', 'UNMATCHED_PARAMETERS'],
    });
    const { warnings } = judgeFilter(
      { filters: [filterOf({ name: 'STRINGS' })], all: true },
      { files: parameters.files, json: only('STRING').json },
      'f',
    );
    expect(warnings.map(({ description }) => description)).toEqual([
      'f.filters[0].name is STRINGS, and the condition has no such input, so that the filter never passes; did you mean STRING?',
      'f.filters has none that looks at IMAGE and STRING; that may be what you want',
    ]);
  });

  it.each<[string, Partial<WrittenFilter>, string]>([
    ['fields of a text', { fields: [['a']] }, 'UNUSED_FIELDS .fields'],
    ['two values', { values: ['a', 'b'] }, 'UNUSED_VALUES .values'],
    ['three bounds', { type: 'number', condition: 'between', values: [1, 2, 3] }, 'UNUSED_VALUES .values'],
    ['one bound', { type: 'number', condition: 'between', values: [1] }, 'MISSING_VALUES .values'],
    ['a number as a text', { values: [5] }, 'MISMATCHED_VALUES .values[0]'],
    ['a text as a boolean', { type: 'boolean', values: ['true'] }, 'MISMATCHED_VALUES .values[0]'],
    ['a text as an object', { type: 'object', condition: 'subset of' }, 'MISMATCHED_VALUES .values[0]'],
    ['a number as a data type', { type: 'data-type', values: [[1]] }, 'MISMATCHED_VALUES .values[0]'],
    [
      'a list that data types contain',
      { type: 'data-type', condition: 'contains', values: [['a']] },
      'MISMATCHED_VALUES .values[0]',
    ],
    [
      'an object in order',
      { type: 'object', condition: '<', fields: [['a']], values: [[{}]] },
      'MISMATCHED_VALUES .values[0][0]',
    ],
    [
      'a text as a set',
      { type: 'meta-data', condition: 'superset of', fields: [['a']], values: ['b'] },
      'MISMATCHED_VALUES .values[0]',
    ],
  ])('warns of %s', (_, written, warning) => {
    expect(judge(written)).toEqual({ errors: [], warnings: [warning] });
  });

  it('takes lists of data types', () => {
    expect(judge({ type: 'data-type', values: [['a', 'b']] })).toEqual({ errors: [], warnings: [] });
  });
});
