import { describe, expect, it } from '@jest/globals';
import type { Geometry, Position } from 'geojson';
import { boundingBox } from './bounding-box.ts';

const rectangle = (west: number, south: number, east: number, north: number): Position[][] => [
  [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ],
];
const polygon = (...corners: [number, number, number, number]): Geometry => ({
  type: 'Polygon',
  coordinates: rectangle(...corners),
});
const polygons = (...all: [number, number, number, number][]): Geometry => ({
  type: 'MultiPolygon',
  coordinates: all.map((corners) => rectangle(...corners)),
});
const points = (...longitudes: number[]): Geometry => ({
  type: 'MultiPoint',
  coordinates: longitudes.map((x) => [x, 0]),
});

/** West, south, east, north. */
const box = (geometry: Geometry | null, bbox?: unknown) => {
  const found = boundingBox(geometry, bbox);
  return found && [found.west, found.south, found.east, found.north];
};

describe('boundingBox', () => {
  it.each<[string, Geometry, unknown, number[]]>([
    ['a point', { type: 'Point', coordinates: [125.6, 10.1, 99] }, undefined, [125.6, 10.1, 125.6, 10.1]],
    [
      'a line',
      {
        type: 'LineString',
        coordinates: [
          [1, 2],
          [-3, 4],
        ],
      },
      undefined,
      [-3, 2, 1, 4],
    ],
    [
      'lines',
      {
        type: 'MultiLineString',
        coordinates: [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8],
          ],
        ],
      },
      undefined,
      [1, 2, 7, 8],
    ],
    ['a polygon', polygon(-10, -5, 20, 15), undefined, [-10, -5, 20, 15]],
    [
      'a collection',
      {
        type: 'GeometryCollection',
        geometries: [polygon(0, 0, 1, 1), { type: 'Point', coordinates: [5, 5] }],
      },
      undefined,
      [0, 0, 5, 5],
    ],
    [
      'a polygon with a bbox that does not cross',
      polygon(-10, -5, 20, 15),
      [-180, -90, 180, 90],
      [-10, -5, 20, 15],
    ],
    ['a wide polygon', polygon(-170, 0, 170, 1), undefined, [-170, 0, 170, 1]],
    ['the whole world', polygon(-180, -90, 180, 90), undefined, [-180, -90, 180, 90]],
    [
      'parts that do not touch ±180',
      polygons([170, 0, 179, 1], [-179, 0, -170, 1]),
      undefined,
      [-179, 0, 179, 1],
    ],
  ])('of %s', (_, geometry, bbox, expected) => {
    expect(box(geometry, bbox)).toEqual(expected);
  });

  it.each<[string, Geometry, unknown, number[]]>([
    [
      'says the document (Fiji, RFC 7946, 5.2)',
      points(177.5, -178.5, 179.9),
      [177, -20, -178, -16],
      [177.5, 0, 181.5, 0],
    ],
    ['says the document with heights', points(177, -178), [177, -20, 0, -178, -16, 9], [177, 0, 182, 0]],
    ['says the document of an uncut polygon', polygon(170, 0, -170, 1), [170, 0, -170, 1], [170, 0, 190, 1]],
    ['parts are cut at ±180', polygons([170, 0, 180, 1], [-180, 0, -170, 2]), undefined, [170, 0, 190, 2]],
    [
      'cut parts and islands',
      polygons([-180, 0, -175, 1], [178, 0, 180, 1], [160, 0, 161, 1], [-160, 0, -159, 1]),
      undefined,
      [160, 0, 201, 1],
    ],
    [
      'cut lines',
      {
        type: 'MultiLineString',
        coordinates: [
          [
            [170, 45],
            [180, 45],
          ],
          [
            [-180, 45],
            [-170, 45],
          ],
        ],
      },
      undefined,
      [170, 45, 190, 45],
    ],
    ['longitudes go beyond 180', polygon(170, 0, 190, 1), undefined, [170, 0, 190, 1]],
    ['longitudes go below -180', polygon(-190, 0, -170, 1), undefined, [170, 0, 190, 1]],
  ])('crosses the antimeridian when %s', (_, geometry, bbox, expected) => {
    expect(box(geometry, bbox)).toEqual(expected);
  });

  it.each<[string, Geometry, number[]]>([
    ['parts all around the Earth', polygons([-180, 0, 0, 1], [0, 0, 180, 1]), [-180, 0, 180, 1]],
    ['a polygon beyond 180 as a whole', polygon(185, 0, 190, 1), [-175, 0, -170, 1]],
    ['more than all around', polygon(-200, 0, 200, 1), [-180, 0, 180, 1]],
  ])('does not cross for %s', (_, geometry, expected) => {
    expect(box(geometry)).toEqual(expected);
  });

  it('is that of the document where there is no geometry', () => {
    expect(box(null, [177, -20, -178, -16])).toEqual([177, -20, 182, -16]);
    expect(box(null, [1, 2, 0, 3, 4, 9])).toEqual([1, 2, 3, 4]);
    expect(box(null)).toBeNull();
    expect(box(null, null)).toBeNull();
  });

  it.each([
    [[1, 2, 3]],
    [[1, 2, 3, 4, 5]],
    [[1, 5, 3, 4]],
    [[1, -91, 3, 4]],
    [[1, 2, 3, null]],
    ['1,2,3,4'],
    [{}],
    [[]],
  ])('refuses the bbox %j', (bbox) => {
    expect(() => box(null, bbox)).toThrow(/bbox must be/);
  });

  it('holds every position, directly or a turn further', () => {
    let state = 7;
    const random = () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
    for (let round = 0; round < 500; round++) {
      const parts = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
        const west = random() < 0.3 ? -180 : Math.floor(random() * 359) - 180;
        const east = random() < 0.3 ? 180 : west + Math.ceil(random() * (180 - west));
        return [west, 0, east, 1] as [number, number, number, number];
      });
      const stated = random() < 0.3 ? [170, 0, -170, 1] : undefined;
      const { west, east } = boundingBox(polygons(...parts), stated)!;
      expect(west).toBeGreaterThanOrEqual(-180);
      expect(west).toBeLessThanOrEqual(180);
      expect(east - west).toBeLessThanOrEqual(360);
      for (const longitude of parts.flatMap(([from, , to]) => [from, to]))
        expect([longitude, longitude + 360, longitude - 360].some((x) => x >= west && x <= east)).toBe(true);
    }
  });
});
