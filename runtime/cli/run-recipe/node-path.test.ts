import { describe, expect, it } from '@jest/globals';
import { nodeDirectory, nodePath } from './node-path.ts';

describe('where the products of a node go', () => {
  it.each([
    ['a node', [['watermark', -1]], 'watermark'],
    ['a run', [['invert', 3]], 'invert/3'],
    [
      'a run inside a recipe',
      [
        ['mosaic', -1],
        ['invert', 0],
      ],
      'mosaic/invert/0',
    ],
    [
      'a node inside a run',
      [
        ['scene', 2],
        ['join', -1],
      ],
      'scene/2/join',
    ],
    ['the directory above', [['..', -1]], '%2E.'],
    ['a path', [['a/../b', -1]], 'a%2F..%2Fb'],
    ['our own files', [['.seedbed-recipe.json', -1]], '%2Eseedbed-recipe.json'],
  ] as [string, [string, number][], string][])('%s', (_, steps, directory) => {
    const path = steps.map(([name, item]) => ({ name, item }));
    expect(nodeDirectory(path)).toBe(directory);
  });

  it('is different for long names that end differently', () => {
    const of = (end: string) => nodeDirectory([{ name: 'x'.repeat(300) + end, item: -1 }]);
    expect(of('a')).not.toBe(of('b'));
    expect(of('a').length).toBeLessThan(255);
  });

  it('has a name that says which run', () => {
    expect(
      nodePath([
        { name: 'a b', item: -1 },
        { name: 'c', item: 12 },
      ]),
    ).toBe('a b/c/12');
  });
});
