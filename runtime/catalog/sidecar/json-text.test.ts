import { describe, expect, it } from '@jest/globals';
import { JsonProblem, jsonbSafe, parseBoundedJson } from './json-text.ts';

const parse = (text: string | Buffer, maxDepth = 10) => parseBoundedJson(text, { maxDepth });

describe('parseBoundedJson', () => {
  it.each<[string, unknown]>([
    ['{"a": [1, true, null, "x"]}', { a: [1, true, null, 'x'] }],
    [' 5 ', 5],
    ['\uFEFF{}', {}],
    ['"[[[[[[[[[[[[[["', '[[[[[[[[[[[[[['],
    ['{"a": 1, "a": 2}', { a: 2 }],
  ])('parses %j as text and as bytes', (text, value) => {
    expect(parse(text)).toEqual(value);
    expect(parse(Buffer.from(text))).toEqual(value);
  });

  it.each<[string | Buffer, RegExp]>([
    ['', /line 1, column 1: /],
    ['{\n "a": 1,\n}', /line 2, column 8: .*comma/],
    ["{'a': 1}", /line 1, column 2: .*double quotes/],
    ['{"a": NaN}', /line 1, column 7: NaN/],
    [Buffer.from([0x22, 0xff, 0x22]), /not UTF-8/],
    [Buffer.from('{"a":1}', 'utf16le'), /line 1, column 2/],
    ['['.repeat(11) + ']'.repeat(11), /nested more than 10 levels/],
    ['['.repeat(1_000_000), /nested more than 10 levels/],
    ['{"a":'.repeat(100_000), /nested more than 10 levels/],
  ])('refuses %# by place and cause', (text, problem) => {
    expect(() => parse(text)).toThrow(JsonProblem);
    expect(() => parse(text)).toThrow(problem);
  });

  it('takes the depth that is allowed', () => {
    expect(() => parse('['.repeat(10) + ']'.repeat(10))).not.toThrow();
  });

  it('keeps a member called __proto__ a member', () => {
    const value = parse('{"__proto__": {"polluted": true}}');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('jsonbSafe', () => {
  it('gives back what Postgres can hold', () => {
    const value = { a: ['é😀\t\u0001', 1.5, null, false, { b: '' }] };
    expect(jsonbSafe(value)).toBe(value);
  });

  it.each<[string, RegExp]>([
    ['"a\\u0000b"', /^it contains a NUL character \(\\u0000\)$/],
    ['{"a": [1, {"b c": "\\u0000"}]}', /^a\[1\]\["b c"\] contains a NUL/],
    ['{"a": {"\\u0000": 1}}', /^a\["\\u0000"\] contains a NUL/],
    ['["\\ud800"]', /^\[0\] contains half of a UTF-16 pair$/],
    ['{"x": "\\udc00\\ud800"}', /^x contains half/],
    ['[[1e999]]', /^\[0\]\[0\] is a number that no double can hold$/],
  ])('refuses %s by its place', (text, problem) => {
    expect(() => jsonbSafe(parse(text))).toThrow(problem);
  });
});
