import { describe, expect, it } from '@jest/globals';
import { pathFilter, pathPattern } from './path-pattern.ts';

describe('pathPattern', () => {
  it.each([
    ['*.tif', ['a.tif', 'sub/dir/b.tif', '.hidden.tif', 'ä\n.tif'], ['a.tif2', 'a.TIF', 'a.tif/b']],
    ['a?.tif', ['ab.tif', 'x/a🛰.tif'], ['a.tif', 'abc.tif', 'a/.tif']],
    ['[ab]*.tif', ['a1.tif', 'b.tif'], ['c.tif']],
    ['[!a-c]?', ['d1', 'sub/x2'], ['a1', 'd']],
    ['[^a].t', ['b.t', '^.t'], ['a.t']],
    ['[]x].t', ['].t', 'x.t'], ['y.t']],
    ['a[b', ['a[b'], ['ab']],
    ['sub/*.tif', ['sub/a.tif'], ['a.tif', 'sub/dir/a.tif', 'x/sub/a.tif']],
    ['2020/**/*.tif', ['2020/a.tif', '2020/01/02/a.tif'], ['2021/a.tif', 'x/2020/a.tif']],
    ['**/raw', ['raw', 'a/raw', 'a/b/raw'], ['a/raw/x', 'araw']],
    ['/sub/a', ['sub/a'], ['x/sub/a']],
    ['./a', ['a'], ['b/a']],
    ['tmp/', ['tmp', 'a/tmp'], ['tmp/a']],
    ['a.(b)|c+$', ['a.(b)|c+$'], ['ab', 'c']],
    ['a\\b', ['a\\b'], ['ab']],
  ])('%j', (glob, matching, others) => {
    const matches = pathPattern(glob);
    expect(matching.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter(matches)).toEqual([]);
  });
});

describe('pathFilter', () => {
  it('takes all that is not excluded, or of that what is included', () => {
    const all = pathFilter([], ['*.tmp', 'old']);
    expect(['a.tif', 'b.tmp', 'x/b.tmp'].map(all.takesFile)).toEqual([true, false, false]);
    expect(['new', 'old', 'a/old'].map(all.entersDirectory)).toEqual([true, false, false]);
    const some = pathFilter(['*.tif', 'x/*'], ['b.*']);
    expect(['a.tif', 'b.tif', 'x/c', 'c'].map(some.takesFile)).toEqual([true, false, true, false]);
    expect(some.entersDirectory('anything')).toBe(true);
  });
});
