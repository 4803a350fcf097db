import { describe, expect, it } from '@jest/globals';
import { makeAjv } from '../../seed-schema/ajv.ts';
import { outputsSchema } from '../../seed-schema/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { JsonType, OutputJson } from '../manifest/manifest.ts';
import { readJsonOutputs } from './outputs-json.ts';

const output = (name: string, type: JsonType, changes: Partial<OutputJson> = {}): OutputJson => ({
  name,
  key: name,
  type,
  required: true,
  ...changes,
});

function refusal(outputs: OutputJson[], document: unknown): string {
  try {
    readJsonOutputs(outputs, document);
  } catch (thrown) {
    if (thrown instanceof SeedbedError) return `${thrown.error}: ${thrown.message}`;
    throw thrown;
  }
  return 'nothing was refused';
}

describe('readJsonOutputs', () => {
  it('finds each output by its key, of every type, and ignores the rest', () => {
    const outputs = [
      output('A', 'array'),
      output('B', 'boolean'),
      output('I', 'integer'),
      output('N', 'number', { key: 'n-value' }),
      output('O', 'object'),
      output('S', 'string'),
    ];
    const document = { A: [1], B: false, I: 5.0, 'n-value': 0.5, O: {}, S: '', extra: 1, N: 'other' };
    expect(readJsonOutputs(outputs, document)).toEqual({
      values: { A: [1], B: false, I: 5, N: 0.5, O: {}, S: '' },
      warnings: [],
    });
  });

  it('leaves out what is optional and absent', () => {
    expect(readJsonOutputs([output('A', 'array', { required: false })], {})).toEqual({
      values: {},
      warnings: [],
    });
    expect(readJsonOutputs([output('A', 'array', { required: false })], undefined).values).toEqual({});
    expect(readJsonOutputs([], undefined).values).toEqual({});
  });

  it('warns of an optional one that is there but for its case', () => {
    const { warnings } = readJsonOutputs([output('Total', 'integer', { required: false })], { total: 5 });
    expect(warnings).toEqual([
      {
        name: 'misspelt-output',
        description:
          'The optional output Total was not found: no member "Total" in seed.outputs.json (it has "total", and case counts).',
      },
    ]);
  });

  it.each<[OutputJson[], unknown, string]>([
    [
      [output('A', 'array')],
      undefined,
      'missing-required-output: The job left no seed.outputs.json for its required output A.',
    ],
    [
      [output('A', 'array', { key: 'a' })],
      {},
      'missing-required-output: The job left no member "a" in seed.outputs.json for its required output A.',
    ],
    [
      [output('Total', 'integer')],
      { TOTAL: 1 },
      'missing-required-output: The job left no member "Total" in seed.outputs.json (it has "TOTAL", and case counts) for its required output Total.',
    ],
    [
      [output('constructor', 'object')],
      {},
      'missing-required-output: The job left no member "constructor" in seed.outputs.json for its required output constructor.',
    ],
    [
      [output('I', 'integer')],
      { I: 1.5 },
      'invalid-results-manifest: seed.outputs.json is not valid: the member "I" must be a whole number, and is a number.',
    ],
    [
      [output('I', 'integer')],
      { I: true },
      'invalid-results-manifest: seed.outputs.json is not valid: the member "I" must be a whole number, and is true.',
    ],
    [
      [output('O', 'object', { required: false })],
      { O: null },
      'invalid-results-manifest: seed.outputs.json is not valid: the member "O" must be an object, and is null.',
    ],
    [
      [output('S', 'string'), output('A', 'array')],
      { S: 1, A: {} },
      'invalid-results-manifest: seed.outputs.json is not valid: the member "S" must be a string, and is a whole number; the member "A" must be an array, and is an object.',
    ],
    [
      [output('S', 'string')],
      { S: 'a\0' },
      'invalid-results-manifest: seed.outputs.json is not valid: the member "S" cannot be kept: it contains a NUL character (\\u0000).',
    ],
    [
      [output('S', 'string')],
      [],
      'invalid-results-manifest: seed.outputs.json is not valid: it is an array, not an object.',
    ],
    [
      [output('S', 'string')],
      null,
      'invalid-results-manifest: seed.outputs.json is not valid: it is null, not an object.',
    ],
  ])('refuses %#', (outputs, document, sentence) => {
    expect(refusal(outputs, document)).toBe(sentence);
  });

  it.each([
    '{"cellCount": 5, "other": "ignored"}',
    '{"cellCount": 5.0, "ratio": 1, "toString": {}}',
    '{"cellcount": 5}',
    '{"cell_count": 5}',
    '{"cellCount": "5", "ratio": true}',
    '{"cellCount": 1.5, "toString": null}',
    '[1]',
    'null',
  ])('takes %s where its schema does', (text) => {
    const outputs = [
      output('cell_count', 'integer', { key: 'cellCount' }),
      output('ratio', 'number', { required: false }),
      output('toString', 'object', { required: false }),
    ];
    const document: unknown = JSON.parse(text);
    const accepted = makeAjv(true).validate(outputsSchema(outputs), document);
    expect(refusal(outputs, document) === 'nothing was refused').toBe(accepted);
  });

  it('judges a member called __proto__ like any other', () => {
    const outputs = [output('__proto__', 'array', { required: false })];
    expect(refusal(outputs, JSON.parse('{"__proto__": 1}'))).toContain(
      'the member "__proto__" must be an array',
    );
  });

  it('keeps a member called __proto__ a value', () => {
    const document = JSON.parse('{"__proto__": {"x": 1}}') as unknown;
    const { values } = readJsonOutputs([output('__proto__', 'object')], document);
    expect(Object.entries(values)).toEqual([['__proto__', { x: 1 }]]);
  });
});
