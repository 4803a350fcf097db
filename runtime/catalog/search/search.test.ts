import { describe, expect, it } from '@jest/globals';
import type { Geometry } from 'geojson';
import { areaOfBox, readBox } from './area.ts';
import { FilterProblem } from './filter.ts';
import { jsonPath, readMetaCondition } from './meta-data.ts';
import { readWords, wordsQuery } from './name-words.ts';
import { readSearchArea } from './read-geometry.ts';
import { touching } from './touching.ts';

describe('words', () => {
  it.each([
    ['LC08', `'LC08'`],
    ['LC0*', `'LC0':*`],
    ['LC08_L1TP', `'LC08' & 'L1TP'`],
    ['LC08_L1*', `'LC08' & 'L1':*`],
    ['LC08_*', `'LC08'`],
    ["it's & (a) | b", `'it' & 's' & 'a' & 'b'`],
    ['名前', `'名前'`],
  ])('of %s', (text, query) => {
    expect(wordsQuery(readWords(text))).toBe(query);
  });

  it.each(['', '*', '._-', 'a\0b'])('refuse %j', (text) => {
    expect(() => readWords(text)).toThrow(FilterProblem);
  });
});

describe('a condition on meta_data', () => {
  it.each([
    ['a=1', '$."a" == 1 || $."a" == "1"'],
    ['a.b.c=x y', '$."a"."b"."c" == "x y"'],
    ['a=b=c', '$."a" == "b=c"'],
    ['a=true', '$."a" == true || $."a" == "true"'],
    ['a=', '$."a" == ""'],
    ['a=01', '$."a" == "01"'],
    ['a<=0.5', '$."a" <= 0.5'],
    ['a>2019-10-14', '$."a" > "2019-10-14"'],
    ['"a.b".c=1e3', '$."a.b"."c" == 1e3 || $."a.b"."c" == "1e3"'],
    ['a="; drop', '$."a" == "\\"; drop"'],
  ])('reads %s', (text, path) => {
    expect(jsonPath(readMetaCondition(text))).toBe(path);
  });

  it.each(['', 'a', '=1', 'a..b=1', '.a=1', 'a=\0'])('refuses %j', (text) => {
    expect(() => readMetaCondition(text)).toThrow(FilterProblem);
  });
});

describe('a box', () => {
  it.each([
    ['1,2,3,4', [1, 2, 3, 4]],
    ['170,-10,-170,10', [170, -10, 190, 10]],
    ['-180,-90,180,90', [-180, -90, 180, 90]],
    ['-200,0,-170,1', [160, 0, 190, 1]],
    ['190,0,200,1', [-170, 0, -160, 1]],
    ['-200,0,200,1', [-180, 0, 180, 1]],
    ['180,0,180,1', [180, 0, 180, 1]],
  ])('%s', (text, [west, south, east, north]) => {
    expect(readBox(text)).toEqual({ boxes: [{ west, south, east, north }] });
  });

  it.each(['1,2,3', '1,2,3,x', '0,1,1,0', '0,0,1,91', '0,0,400,1', '1,,2,3', '1,2,3,4,5'])(
    'refuses %s',
    (text) => {
      expect(() => readBox(text)).toThrow(FilterProblem);
    },
  );
});

describe('a shape', () => {
  const square = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ];
  it.each([
    ['GeoJSON', JSON.stringify({ type: 'Polygon', coordinates: [square] })],
    [
      'a Feature',
      JSON.stringify({
        type: 'Feature',
        properties: {},
        geometry: { type: 'Polygon', coordinates: [square] },
      }),
    ],
    [
      'a FeatureCollection',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [{ type: 'Feature', geometry: { type: 'Polygon', coordinates: [square] } }],
      }),
    ],
    ['well-known text', 'POLYGON ((0 0, 1 0, 1 1, 0 0))'],
    ['small letters and an identifier', ' srid=4326;polygon((0 0,1 0,1e0 1,0 0))'],
  ])('is read from %s', async (_, text) => {
    expect(await readSearchArea(text)).toEqual({
      boxes: [{ west: 0, south: 0, east: 1, north: 1 }],
      geometry: { type: 'Polygon', coordinates: [square] },
    });
  });

  it.each([
    ['170 to 190', 'POLYGON ((170 0, 190 0, 190 1, 170 1, 170 0))'],
    [
      'cut in two',
      'MULTIPOLYGON (((170 0, 180 0, 180 1, 170 1, 170 0)), ((-180 0, -170 0, -170 1, -180 1, -180 0)))',
    ],
    [
      'its bbox',
      JSON.stringify({
        type: 'Polygon',
        bbox: [170, 0, -170, 1],
        coordinates: [
          [
            [170, 0],
            [-170, 0],
            [-170, 1],
            [170, 1],
            [170, 0],
          ],
        ],
      }),
    ],
  ])('crosses the antimeridian by %s', async (_, text) => {
    const { geometry } = await readSearchArea(text);
    const touches = touching(geometry!);
    const at = (x: number) => ({
      geometry: { type: 'Point', coordinates: [x, 0.5] } as Geometry,
      bbox: { west: x, east: x, south: 0.5, north: 0.5 },
    });
    expect([169, 170, 175, 180, -180, -175, -170, -169, 0].filter((x) => touches(at(x)))).toEqual([
      170, 175, 180, -180, -175, -170,
    ]);
  });

  it.each([
    'nonsense',
    'POINT EMPTY',
    'POINT (1 91)',
    '{"type":"Polygon"}',
    '{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}',
    '{"type":"FeatureCollection"}',
    '{"type":"FeatureCollection","features":[null]}',
    '{"type":"Point","coordinates":[1,2],"bbox":[1,2]}',
    '{"type":"Feature","geometry":7}',
    '{"type":"Feature"}',
    '{',
  ])('is refused from %s', async (text) => {
    await expect(readSearchArea(text)).rejects.toThrow(FilterProblem);
  });

  it('is exact: a box that touches is not enough', () => {
    const touches = touching({
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [10, 0],
          [0, 10],
          [0, 0],
        ],
      ],
    });
    const point = (x: number, y: number) => ({
      geometry: null,
      bbox: { west: x, east: x, south: y, north: y },
    });
    expect([touches(point(4, 4)), touches(point(6, 6)), touches(point(5, 5))]).toEqual([true, false, true]);
  });

  it('meets every longitude at a pole', () => {
    const cap = areaOfBox({ west: 0, south: 80, east: 10, north: 90 });
    expect(cap.geometry).toBeUndefined();
    const touches = touching({
      type: 'Polygon',
      coordinates: [
        [
          [0, 80],
          [10, 80],
          [10, 90],
          [0, 90],
          [0, 80],
        ],
      ],
    });
    const box = (west: number, south: number, north: number) => ({
      geometry: null,
      bbox: { west, east: west + 10, south, north },
    });
    expect([
      touches(box(100, 85, 90)),
      touches(box(100, 85, 89)),
      touches(box(5, 85, 89)),
      touches(box(100, -90, -80)),
    ]).toEqual([true, false, true, false]);
  });
});
