import { describe, expect, it } from '@jest/globals';
import { SeedbedError } from '../errors/index.ts';
import type { JsonType } from '../manifest/manifest.ts';
import { readJsonInput } from './json-inputs.ts';

describe('readJsonInput', () => {
  it.each<[JsonType, string, unknown, string]>([
    ['string', '"abc"', 'abc', 'abc'],
    ['string', 'abc', 'abc', 'abc'],
    ['string', '123', '123', '123'],
    ['string', 'null', 'null', 'null'],
    ['string', '{"a": 1}', '{"a": 1}', '{"a": 1}'],
    ['string', '"open', '"open', '"open'],
    ['string', '"a" or "b"', '"a" or "b"', '"a" or "b"'],
    ['string', '', '', ''],
    ['string', '""', '', ''],
    ['string', ' two  words ', ' two  words ', ' two  words '],
    ['string', '"\\u00e9\\n"', 'é\n', 'é\n'],
    ['string', '['.repeat(500), '['.repeat(500), '['.repeat(500)],
    ['integer', '5', 5, '5'],
    ['integer', '5.0', 5, '5.0'],
    ['integer', '-1.50e1', -15, '-1.50e1'],
    ['integer', '1e3', 1000, '1e3'],
    ['integer', '120e-1', 12, '120e-1'],
    ['integer', '0.0e-5', 0, '0.0e-5'],
    ['integer', ' 12345678901234567890 ', Number('12345678901234567890'), '12345678901234567890'],
    ['number', '0.10', 0.1, '0.10'],
    ['number', '5', 5, '5'],
    ['boolean', 'true', true, 'true'],
    ['boolean', ' false', false, 'false'],
    ['array', '[1, 9007199254740993]', [1, 9007199254740992], '[1, 9007199254740993]'],
    ['object', '{"a": 1, "a": 2}', { a: 2 }, '{"a": 1, "a": 2}'],
  ])('%s from %j', (type, text, value, environment) => {
    expect(readJsonInput({ name: 'J', type }, text)).toEqual({ value, environment });
  });

  it.each<[JsonType, string, RegExp]>([
    ['integer', '5.5', /must be of type integer: it is 5\.5\./],
    ['integer', '12345678901234567890.5', /it is 12345678901234567890\.5/],
    ['integer', '1e-1', /it is 1e-1/],
    ['integer', '"5"', /it is a string/],
    ['integer', 'five', /line 1, column 1/],
    ['integer', '1e999', /no double/],
    ['number', 'NaN', /NaN/],
    ['number', 'true', /it is true/],
    ['boolean', '1', /it is 1\./],
    ['boolean', 'True', /True is no value/],
    ['array', '{}', /it is an object/],
    ['object', '[]', /it is an array/],
    ['object', 'null', /it is null/],
    ['object', '', /line 1, column 1/],
    ['array', '["\\u0000"]', /\[0\] contains a NUL/],
    ['string', '"\\u0000"', /contains a NUL/],
    ['array', '['.repeat(101) + ']'.repeat(101), /nested more than 100 levels/],
  ])('refuses for %s: %s', (type, text, sentence) => {
    const act = () => readJsonInput({ name: 'J', type }, text);
    expect(act).toThrow(SeedbedError);
    expect(act).toThrow(sentence);
    expect(act).toThrow(/^The JSON input J must be of type/);
  });
});
