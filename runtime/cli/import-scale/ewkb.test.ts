import { describe, expect, it } from '@jest/globals';
import { ewkb } from '../../../test/support/ewkb.ts';
import { geometryOfEwkb } from './ewkb.ts';

const ring = [
  [0, 0],
  [4, 0],
  [4, 2],
  [0, 0],
];

describe('geometryOfEwkb', () => {
  it('reads what PostGIS writes of a point in 4326', () => {
    // select 'SRID=4326;POINT(1 2)'::geometry
    expect(geometryOfEwkb('0101000020E6100000000000000000F03F0000000000000040')).toEqual({
      type: 'Point',
      coordinates: [1, 2],
    });
  });

  it('reads the other byte order, and heights but no measures', () => {
    expect(geometryOfEwkb('00000000013FF00000000000004000000000000000')).toEqual({
      type: 'Point',
      coordinates: [1, 2],
    });
    const zm = '01010000C0000000000000F03F000000000000004000000000000008400000000000001040';
    expect(geometryOfEwkb(zm)).toEqual({ type: 'Point', coordinates: [1, 2, 3] });
    const iso = '01B90B0000000000000000F03F000000000000004000000000000008400000000000001040';
    expect(geometryOfEwkb(iso)).toEqual({ type: 'Point', coordinates: [1, 2, 3] });
    const m = '0101000040000000000000F03F00000000000000400000000000000840';
    expect(geometryOfEwkb(m)).toEqual({ type: 'Point', coordinates: [1, 2] });
  });

  it.each([
    { type: 'LineString' as const, coordinates: ring },
    { type: 'Polygon' as const, coordinates: [ring, ring] },
    { type: 'MultiPoint' as const, coordinates: ring },
    { type: 'MultiLineString' as const, coordinates: [ring, ring] },
    { type: 'MultiPolygon' as const, coordinates: [[ring], [ring, ring]] },
    {
      type: 'GeometryCollection' as const,
      geometries: [
        { type: 'Point' as const, coordinates: [1, 2] },
        { type: 'Polygon' as const, coordinates: [ring] },
      ],
    },
  ])('reads a $type', (geometry) => {
    expect(geometryOfEwkb(ewkb(geometry))).toEqual(geometry);
  });

  it('takes empty ones for none', () => {
    expect(geometryOfEwkb(ewkb({ type: 'Polygon', coordinates: [] }))).toBeNull();
    expect(geometryOfEwkb('0101000000000000000000F87F000000000000F87F')).toBeNull();
    expect(geometryOfEwkb(ewkb({ type: 'Polygon', coordinates: [[]] }))).toBeNull();
    expect(geometryOfEwkb(ewkb({ type: 'MultiPolygon', coordinates: [[], [[]]] }))).toBeNull();
    expect(geometryOfEwkb(ewkb({ type: 'MultiPoint', coordinates: [[NaN, NaN]] }))).toBeNull();
  });

  it('leaves out empty parts', () => {
    const mixed = {
      type: 'MultiPoint' as const,
      coordinates: [
        [NaN, NaN],
        [1, 2],
      ],
    };
    expect(geometryOfEwkb(ewkb(mixed))).toEqual({ type: 'MultiPoint', coordinates: [[1, 2]] });
  });

  it.each([
    '',
    'POINT(1 2)',
    '0101',
    `${ewkb({ type: 'Point', coordinates: [1, 2] })}00`,
    '010200000000000080',
    '0111000000',
    ewkb({ type: 'Point', coordinates: [Infinity, 1] }),
    ewkb({ type: 'Point', coordinates: [1, NaN] }),
    ewkb({
      type: 'LineString',
      coordinates: [
        [1, 2],
        [NaN, NaN],
      ],
    }),
  ])('refuses %j', (text) => {
    expect(() => geometryOfEwkb(text)).toThrow(/its geometry/);
  });
});
