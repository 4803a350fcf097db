import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { compileRules, readExpression, relativePath } from './index.ts';

const recorded = readFileSync(new URL('python27.cases.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('['))
  .map((line) => JSON.parse(line) as [string, string[] | null, string[]]);

/** @returns the texts that it matches; null: it is refused */
function matched(source: string, texts: readonly string[]): string[] | null {
  const expression = readExpression(source);
  return 'problem' in expression ? null : texts.filter((text) => expression.matches(text));
}

describe('an expression', () => {
  it('matches what re.match of Python 2.7 matched, and is refused where Python refused it', () => {
    expect(recorded.length).toBeGreaterThan(200);
    const ours = recorded.map(([source, yes, no]) => [
      source,
      matched(source, [...(yes ?? []), ...(no ?? [])]),
    ]);
    expect(ours).toEqual(recorded.map(([source, yes]) => [source, yes]));
  });

  it.each([
    // The samples of Scale's documents.
    ['*.h5', "`*` repeats nothing (at character 1); a shell's pattern is no expression: write `.*\\.h5`"],
    ['*.txt', "`*` repeats nothing (at character 1); a shell's pattern is no expression: write `.*\\.txt`"],
    [
      '?_*.tif',
      "`?` repeats nothing (at character 1); a shell's pattern is no expression: write `._.*\\.tif`",
    ],
    // What only an engine can that goes back.
    ['(?!a).*', 'looks ahead'],
    ['a(?=b)', 'looks ahead'],
    ['(?<=a)b', 'looks behind'],
    ['(?<!a)b', 'looks behind'],
    ['(a)\\1', 'refers back to a group'],
    ['(?P<n>a)(?P=n)', 'refers back to a group'],
    ['(a)?b(?(1)c|d)', 'depends on a group'],
    ['(?>a)', 'can hang'],
    ['a*+', 'repeated again'],
    ['(?L)a', 'language of a machine'],
    ['a{1,1001}', '{1,1001} repeats more than 1000 times (at character 2)'],
    ['((a{900}){900}){900}', 'RE2 refuses it'],
    ['[ab', '`[` is never closed by `]` (at character 1)'],
    ['a\\', 'it ends with a single backslash (at character 2)'],
  ])('%s is refused: %s', (source, reason) => {
    expect(readExpression(source)).toEqual({ problem: expect.stringContaining(reason) });
  });

  it.each([
    ['.*txt', ['a.txt', 'b/a.txt.gz'], ['a.tif']],
    ['ingesting/.*\\.h5', ['ingesting/a.h5'], ['a.h5']],
    ['a\\.h5$', ['a.h5', 'ingesting/a.h5'], ['ba.h5', 'ingesting/ba.h5']],
    ['(?i:IMG)_.*', ['img_1', 'IMG_1'], ['im_1']],
    ['(?u)\\w+\\.tif', ['größe.tif'], ['-.tif']],
    ['(?u)\\W', ['-'], ['ö']],
    ['\\w+\\.tif', ['a.tif'], ['größe.tif']],
    ['[😀-😂]', ['😁'], ['😃', 'a']],
  ])('%s is matched from the beginning of the path or of the name', (source, yes, no) => {
    expect(matched(source, [...yes, ...no])).toEqual(yes);
  });

  it('cannot hang', () => {
    // Backtracking takes 2^40 steps here, and would not end.
    expect(matched('(a|aa)*(a|a)*(a*)*b', [`${'a'.repeat(200)}c`])).toEqual([]);
  });

  it('tells letters that mean nothing after a backslash', () => {
    expect(readExpression('\\e\\p\\.\\d')).toMatchObject({ odd: ['\\e', '\\p'] });
  });
});

describe('rules', () => {
  const rules = compileRules([
    {
      filename_regex: '.*\\.h5$',
      data_types: ['a', 'b'],
      new_workspace: 'raw',
      new_file_path: '/new//file/./path/',
    },
    { filename_regex: '.*h5' },
    { filename_regex: 'top', new_file_path: '/' },
  ]);

  it('decide by the first that matches', () => {
    const first = { index: 0, dataTypes: ['a', 'b'], newWorkspace: 'raw', newFilePath: 'new/file/path' };
    expect(rules.match('ingesting/x.h5')).toEqual(first);
    expect(rules.match('x.h5_1')).toEqual({ index: 1, dataTypes: [] });
    expect(rules.match('top.tif')).toEqual({ index: 2, dataTypes: [], newFilePath: '.' });
    expect(rules.match('x.tif')).toBeUndefined();
  });

  it('are refused with their place', () => {
    expect(() => compileRules([{ filename_regex: 'a' }, { filename_regex: '*.h5' }])).toThrow(
      'files_to_ingest[1]: filename_regex is "*.h5": `*` repeats nothing (at character 1); a shell\'s pattern is no expression: write `.*\\.h5`.',
    );
    expect(() => compileRules([{ filename_regex: 'a', new_file_path: 'a/../../b' }])).toThrow(
      'files_to_ingest[0]: new_file_path is "a/../../b", which leads out of the workspace.',
    );
  });
});

describe('a new path', () => {
  it.each([
    ['a/b', 'a/b'],
    ['/new/file/path', 'new/file/path'],
    ['a/../b', 'b'],
    ['./', '.'],
    ['...', '...'],
    ['..', undefined],
    ['/../a', undefined],
    ['a\nb', undefined],
    ['a\u0000', undefined],
  ])('%j leads to %j', (given, relative) => {
    expect(relativePath(given)).toBe(relative);
  });
});
