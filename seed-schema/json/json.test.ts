import { describe, expect, it } from '@jest/globals';
import { nestsDeeper } from './depth.ts';
import { minify } from './minify.ts';
import { scanJson } from './syntax.ts';

const sample = '{\n "a": [1, -2.50e+3, true, null],\n "b\\"\\u00e9": {"c": "x: [y], {z}"}\n}';

describe('scanJson', () => {
  it.each([
    ['{"a": 1,}', 1, 8, 'the comma before } is one too many'],
    ['[1,\n2,\n]', 2, 2, 'the comma before ] is one too many'],
    ['{"a": 1\n "b": 2}', 2, 2, 'a comma or } is missing before "'],
    ["{'a': 1}", 1, 2, 'double quotes'],
    ['{a: 1}', 1, 2, 'a member name in double quotes should stand here, not a'],
    ['{"a" 1}', 1, 6, 'a colon is missing after the member name "a"'],
    ['{\r\n  // why\r\n  "a": 1}', 2, 3, 'a comment, which JSON does not have'],
    ['{"a": NaN}', 1, 7, 'NaN is no value of JSON'],
    ['{"a": 01}', 1, 7, '01 is no value of JSON'],
    ['{"a": }', 1, 7, 'a value should stand before }'],
    ['{"a": "x', 1, 7, 'never closed'],
    ['{"a": "x\ny"}', 1, 9, 'line break'],
    ['{"a": "\\$"}', 1, 8, '\\$ is no escape of JSON'],
    ['{\n"a": [1', 2, 8, 'the text ends before the ] that closes line 2, column 6'],
    ['{} {}', 1, 4, '{ follows after the end of the document'],
    ['', 1, 1, 'the text ends where a value should stand'],
  ])('finds the fault of %j at line %d, column %d', (text, line, column, problem) => {
    expect(scanJson(text).fault).toEqual({ line, column, problem: expect.stringContaining(problem) });
  });

  it('finds members that stand twice, escaped or not, and where', () => {
    const { fault, duplicates } = scanJson('{"a": 1, "b": [{"c": 1,\n"\\u0063": 2}], "a": 2}');
    expect(fault).toBeUndefined();
    expect(duplicates).toEqual([
      { path: 'b[0].c', line: 2, column: 1 },
      { path: 'a', line: 2, column: 16 },
    ]);
  });

  it('agrees with JSON.parse on every text one edit away from a document', () => {
    const disagreements: string[] = [];
    const check = (text: string): void => {
      if (parses(text) !== (scanJson(text).fault === undefined)) disagreements.push(text);
    };
    for (let i = 0; i <= sample.length; i++) {
      check(sample.slice(0, i) + sample.slice(i + 1));
      for (const extra of [',', '"', '\\', '}', ']', '0', '.', '-', ' ', '\n', 'e', ':', '\u00a0'])
        check(sample.slice(0, i) + extra + sample.slice(i));
    }
    expect(disagreements).toEqual([]);
  });

  it('refuses nesting beyond its limit instead of overflowing the stack', () => {
    expect(scanJson('['.repeat(1_000_000)).fault?.problem).toContain('nested more than 1000 levels');
  });
});

describe('nestsDeeper', () => {
  it.each([
    ['[[1]]', 2, false],
    ['[[1]]', 1, true],
    ['[[1],[2],{"a":[]}]', 3, false],
    ['["[[[[", "\\"[[[", "\\\\"]', 1, false],
    ['{"[": "unclosed [[', 1, false],
  ])('%s deeper than %d: %s', (text, limit, deeper) => {
    expect(nestsDeeper(text, limit)).toBe(deeper);
  });

  it('takes a million levels', () => {
    expect(nestsDeeper('['.repeat(1_000_000), 100)).toBe(true);
  });
});

describe('minify', () => {
  it('drops white space between tokens and nothing else', () => {
    expect(minify(sample)).toBe('{"a":[1,-2.50e+3,true,null],"b\\"\\u00e9":{"c":"x: [y], {z}"}}');
    expect(minify('{"a" : "ends with a backslash \\\\" , "b" : 1.0}')).toBe(
      '{"a":"ends with a backslash \\\\","b":1.0}',
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
