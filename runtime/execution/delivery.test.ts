import { expect, it } from '@jest/globals';
import { deliver } from './delivery.ts';

const named = (...paths: string[]) =>
  deliver(paths.map((path) => ({ path, size: 1, mode: 0o644 }))).map((file) => file.deliveredName);

it.each([
  [
    ['/a/x.png', '/b/y.png'],
    ['x.png', 'y.png'],
  ],
  [
    ['/a/x.png', '/b/x.png', '/c/x.png'],
    ['x.png', '2_x.png', '3_x.png'],
  ],
  [
    ['/a/x.png', '/b/x.png', '/b/2_x.png'],
    ['x.png', '3_x.png', '2_x.png'],
  ],
  [
    ['/a/2_x', '/b/x', '/c/x'],
    ['2_x', 'x', '3_x'],
  ],
  [
    ['/a/x', '/a/x'],
    ['x', '2_x'],
  ],
  [
    ['/a/a b\n"c"', '/b/a b\n"c"'],
    ['a b\n"c"', '2_a b\n"c"'],
  ],
])('delivers %j as %j', (paths, names) => {
  expect(named(...paths)).toEqual(names);
  expect(new Set(named(...paths)).size).toBe(paths.length);
});
