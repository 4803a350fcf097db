import { describe, expect, it } from '@jest/globals';
import type { Geometry } from 'geojson';
import { countriesOf } from './index.ts';

const point = (...coordinates: number[]): Geometry => ({ type: 'Point', coordinates });
const box = (west: number, south: number, east: number, north: number): Geometry => ({
  type: 'Polygon',
  coordinates: [ring(west, south, east, north)],
});
const ring = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

describe('the country of a place', () => {
  it.each([
    ['Paris', 2.35, 48.85, ['FRA']],
    ['Olinda', -34.9, -8.0, ['BRA']],
    ['Maseru, which South Africa surrounds', 28.2, -29.5, ['LSO']],
    ['Bloemfontein', 26.2, -29.1, ['ZAF']],
    ['Pristina, by the code that is not of ISO', 20.9, 42.6, ['XKX']],
    ['Gibraltar, too small for coarser borders', -5.35, 36.14, ['GIB']],
    ['Cayenne, which is France and has a code of its own', -53, 4, ['GUF']],
    ['Spitsbergen', 17, 79.2, ['SJM']],
    ['the middle of the Atlantic', -30, 30, []],
    ['the south pole', 0, -90, ['ATA']],
    ['the north pole', 10, 90, []],
    ['Wrangel Island east of the antimeridian', -179.5, 71.1, ['RUS']],
    ['Wrangel Island west of it', 179.5, 71.1, ['RUS']],
    ['the same beyond 180', 180.5, 71.1, ['RUS']],
    ['Antarctica at the antimeridian', 180, -86, ['ATA']],
    ['and from its other side', -180, -86, ['ATA']],
  ])('is right for %s', async (_, x, y, codes) => {
    expect(await countriesOf(point(x, y))).toEqual(codes);
  });
});

describe('the countries of an area', () => {
  it.each<[string, Geometry, string[]]>([
    ['where three meet', box(7.4, 47.4, 7.8, 47.7), ['CHE', 'DEU', 'FRA']],
    ['around islands', box(-30, 35, -20, 40), ['PRT']],
    ['around Lesotho, whose borders it does not cross', box(26.5, -31, 30, -28), ['LSO', 'ZAF']],
    ['in the middle of a large one', box(134, -25, 134.1, -24.9), ['AUS']],
    ['across the antimeridian, beyond 180', box(179.5, -17, 180.5, -16), ['FJI']],
    ['across the antimeridian, beyond -180', box(-180.5, -17, -179.5, -16), ['FJI']],
    ['far beyond', box(373.3, 52.4, 373.5, 52.6), ['DEU']],
    [
      'cut at the antimeridian',
      { type: 'MultiPolygon', coordinates: [[ring(179.5, -17, 180, -16)], [ring(-180, -17, -179.5, -16)]] },
      ['FJI'],
    ],
    ['around the south pole', box(-180, -90, 180, -88), ['ATA']],
    ['at sea', box(-31, 29, -30, 30), []],
    [
      'with a hole around a country',
      { type: 'Polygon', coordinates: [ring(26, -32, 30.5, -27), ring(26.6, -31, 30, -28)] },
      ['ZAF'],
    ],
  ])('%s', async (_, geometry, codes) => {
    const found = await countriesOf(geometry);
    expect(found).toEqual(codes);
  });

  it('are those that a line passes, and those of every part', async () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [2.35, 48.85],
        [13.4, 52.5],
      ],
    };
    expect(await countriesOf(line)).toEqual(['BEL', 'DEU', 'FRA', 'LUX']);
    const parts: Geometry = {
      type: 'GeometryCollection',
      geometries: [
        line,
        {
          type: 'MultiPoint',
          coordinates: [
            [139.7, 35.7],
            [-30, 30],
          ],
        },
      ],
    };
    expect(await countriesOf(parts)).toEqual(expect.arrayContaining(['DEU', 'FRA', 'JPN']));
  });

  it('go by the box where that says that longitudes go on behind 180', async () => {
    const crossing = box(-179.5, -17, 179.5, -16);
    const bbox = { west: 179.5, south: -17, east: 180.5, north: -16 };
    expect(await countriesOf(crossing, bbox)).toEqual(['FJI']);
    expect(await countriesOf(crossing)).toContain('BRA');
  });

  it('are all of the world for all of it', async () => {
    expect((await countriesOf(box(-180, -90, 180, 90))).length).toBe(250);
  });

  it('hold whatever lies within', async () => {
    let random = 11;
    const next = () => (random = (random * 48271) % 2147483647) / 2147483647;
    for (let turn = 0; turn < 300; turn++) {
      const [west, south, size] = [next() * 360 - 180, next() * 170 - 88, 10 ** (next() * 3 - 2)];
      const [middle, north] = [west + size / 2, Math.min(90, south + size)];
      const whole = await countriesOf(box(west, south, west + size, north));
      const halves = [
        ...(await countriesOf(box(west, south, middle, north))),
        ...(await countriesOf(box(middle, south, west + size, north))),
      ];
      expect([...new Set(halves)].sort()).toEqual(whole);
      const places = Array.from({ length: 30 }, () => [
        west + next() * size,
        south + next() * (north - south),
      ]);
      const inside = await countriesOf({ type: 'MultiPoint', coordinates: places });
      expect(whole).toEqual(expect.arrayContaining(inside));
    }
  });

  it('of outlines with very many positions are found as well', async () => {
    const circle = Array.from({ length: 200_001 }, (_, at) => {
      const angle = (at / 100_000) * Math.PI;
      return [6 + Math.cos(angle), 49.7 + Math.sin(angle)];
    });
    expect(await countriesOf({ type: 'Polygon', coordinates: [circle] })).toEqual([
      'BEL',
      'DEU',
      'FRA',
      'LUX',
    ]);
  });
});
