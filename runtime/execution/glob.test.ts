import { describe, expect, it } from '@jest/globals';
import { isCapturable, matchSegment, segments } from './glob.ts';

function matches(pattern: string, path: string): boolean {
  const wanted = segments(pattern);
  const names = path.split('/');
  return (
    wanted.length === names.length && wanted.every((segment, index) => matchSegment(segment, names[index]!))
  );
}

describe('matchSegment', () => {
  it.each<[string, string, boolean]>([
    ['*_watermark.png', 'a_watermark.png', true],
    ['*_watermark.png', '_watermark.png', true],
    ['*_watermark.png', 'watermark.png', false],
    ['*.TIF', 'a.tif', false],
    ['*', '.hidden', false],
    ['?hidden', '.hidden', false],
    ['[.]hidden', '.hidden', false],
    ['.*', '.hidden', true],
    ['\\.h*', '.hidden', true],
    ['**', 'a', true],
    ['**.png', 'a.png', true],
    ['**/a.png', 'x/a.png', true],
    ['**/a.png', 'x/y/a.png', false],
    ['*', 'x/y', false],
    ['out/*.png', 'out/a.png', true],
    ['out/*.png', 'a.png', false],
    ['./out//*.png', 'out/a.png', true],
    ['/scale/output_data/*.png', 'a.png', true],
    ['/*.png', 'a.png', false],
    ['../*.png', 'a.png', false],
    ['tile_?.tif', 'tile_1.tif', true],
    ['tile_?.tif', 'tile_10.tif', false],
    ['?', '😀', true],
    ['?', 'é', true],
    ['[0-9]*', '1a', true],
    ['[!0-9]*', '1a', false],
    ['[^0-9]*', 'a1', true],
    ['[]a]', ']', true],
    ['[!]a]', ']', false],
    ['[a-]', '-', true],
    ['[-a]', '-', true],
    ['[à-ü]', 'é', true],
    ['[[:digit:]]x', '7x', true],
    ['[[:upper:]]x', 'ax', false],
    ['[a', '[a', true],
    ['[a', 'a', false],
    ['a[', 'a[', true],
    ['[!', '[!', true],
    ['\\[a\\]', '[a]', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a\\', 'a\\', true],
    ['{a,b}', '{a,b}', true],
    ['{a,b}', 'a', false],
    ['a b', 'a b', true],
    ['a\nb', 'a\nb', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXbYbZcd', false],
    ['', 'a', false],
  ])('%j on %j: %s', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  it('takes pathological patterns in its stride', () => {
    const [segment] = segments(`${'*a'.repeat(60)}*b`);
    expect(matchSegment(segment!, 'a'.repeat(10_000))).toBe(false);
  });
});

describe('isCapturable', () => {
  it.each([
    ['a.png', true],
    ['a.png.metadata.json', false],
    ['deep/INPUT.metadata.json', false],
    ['.metadata.json', false],
    ['a.metadata.json.png', true],
    ['metadata.json', true],
    ['seed.outputs.json', false],
    ['results_manifest.json', false],
    ['deep/seed.outputs.json', true],
    ['my_seed.outputs.json', true],
  ])('%s: %s', (path, expected) => {
    expect(isCapturable(path)).toBe(expected);
  });
});
