import { describe, expect, it } from '@jest/globals';
import { JsonProblem } from './json-text.ts';
import { interpretSidecar } from './sidecar.ts';

const point = { type: 'Point', coordinates: [125.6, 10.1] };
const ring = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];
const feature = (properties: unknown, geometry: unknown = point, rest: object = {}) => ({
  type: 'Feature',
  geometry,
  properties,
  ...rest,
});
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });

const everything = {
  dataStarted: '2019-10-14T00:00:00Z',
  dataEnded: '2019-10-14T01:01:00.25+01:00',
  sourceStarted: '2019-10-13T00:00:00Z',
  sourceEnded: '2019-10-15T00:00:00Z',
  sourceSensorClass: 'optical',
  sourceSensor: 'S2A',
  sourceCollection: 'c1',
  sourceTask: 't1',
  dataTypes: ['one', 'two', 'one'],
  cloud: 0.3,
  nested: { a: [1] },
};

describe('interpretSidecar', () => {
  it('reads a Feature: nine properties by name, the others as metadata', () => {
    expect(interpretSidecar(feature(everything))).toEqual({
      geometry: point,
      bbox: { west: 125.6, south: 10.1, east: 125.6, north: 10.1 },
      dataStarted: '2019-10-14T00:00:00.000000Z',
      dataEnded: '2019-10-14T00:01:00.250000Z',
      sourceStarted: '2019-10-13T00:00:00.000000Z',
      sourceEnded: '2019-10-15T00:00:00.000000Z',
      sourceSensorClass: 'optical',
      sourceSensor: 'S2A',
      sourceCollection: 'c1',
      sourceTask: 't1',
      dataTypes: ['one', 'two'],
      metaData: { cloud: 0.3, nested: { a: [1] } },
    });
  });

  it.each([
    ['a bare geometry', { ...point, bbox: [125, 10, 126, 11], crs: null }],
    ['a Feature without properties', feature(null)],
    ['a FeatureCollection of one', collection(feature({}))],
    [
      'a collection with empty geometries',
      { type: 'GeometryCollection', geometries: [point, { type: 'MultiPolygon', coordinates: [] }] },
    ],
  ])('reads %s', (_, document) => {
    const read = interpretSidecar(document);
    expect(read.geometry).toEqual(point);
    expect(read.metaData).toEqual({});
    expect(read.bbox).toEqual({ west: 125.6, south: 10.1, east: 125.6, north: 10.1 });
  });

  it.each([
    ['a Feature', feature({ a: 1 }, null), { a: 1 }],
    ['an empty geometry', feature({ a: 1 }, { type: 'Polygon', coordinates: [] }), { a: 1 }],
    ['a MultiPoint of nothing', { type: 'MultiPoint', coordinates: [] }, {}],
    ['an empty FeatureCollection', collection(), {}],
  ])('finds no area in %s', (_, document, metaData) => {
    expect(interpretSidecar(document)).toMatchObject({ geometry: null, bbox: null, metaData });
  });

  it('takes the box of the document where there is no geometry, and its word on the antimeridian', () => {
    const islands = {
      type: 'MultiPoint',
      coordinates: [
        [177, -18],
        [-179, -17],
      ],
    };
    const crossing = { west: 177, south: -18, east: 181, north: -17 };
    const bbox = [177, -20, -178, -16];
    expect(interpretSidecar(feature({}, null, { bbox })).bbox).toEqual({
      west: 177,
      south: -20,
      east: 182,
      north: -16,
    });
    expect(interpretSidecar(feature({}, islands, { bbox })).bbox).toEqual(crossing);
    expect(interpretSidecar(feature({}, { ...islands, bbox })).bbox).toEqual(crossing);
    expect(interpretSidecar(collection(feature({}, islands, { bbox }))).bbox).toEqual(crossing);
    expect(interpretSidecar({ ...collection(feature({}, islands), feature({}, null)), bbox }).bbox).toEqual(
      crossing,
    );
    expect(interpretSidecar({ ...islands, bbox }).bbox).toEqual(crossing);
  });

  it('makes one of several features', () => {
    const second = {
      dataStarted: '2018-01-01T00:00:00Z',
      sourceSensor: 'other',
      sourceTask: 't2',
      dataTypes: ['three', 'two'],
      cloud: 1,
    };
    const inner = { type: 'GeometryCollection', geometries: [point, { type: 'Point', coordinates: [1, 2] }] };
    const document = collection(
      feature({ sourceTask: null }, null),
      feature(everything),
      feature(second, inner),
    );
    expect(interpretSidecar(document)).toEqual({
      geometry: { type: 'GeometryCollection', geometries: [point, ...inner.geometries] },
      bbox: { west: 1, south: 2, east: 125.6, north: 10.1 },
      dataStarted: '2018-01-01T00:00:00.000000Z',
      dataEnded: '2019-10-14T00:01:00.250000Z',
      sourceStarted: '2019-10-13T00:00:00.000000Z',
      sourceEnded: '2019-10-15T00:00:00.000000Z',
      sourceSensorClass: 'optical',
      sourceSensor: 'S2A',
      sourceCollection: 'c1',
      sourceTask: 't1',
      dataTypes: ['one', 'two', 'three'],
      metaData: { features: [{}, { cloud: 0.3, nested: { a: [1] } }, { cloud: 1 }] },
    });
  });

  it.each(['dataStarted', 'dataEnded'])('takes %s alone as both ends', (name) => {
    const read = interpretSidecar(feature({ [name]: '2019-10-14T00:00:00Z' }));
    expect([read.dataStarted, read.dataEnded]).toEqual(Array(2).fill('2019-10-14T00:00:00.000000Z'));
    expect(read.sourceStarted).toBeUndefined();
  });

  it('takes a span of one instant', () => {
    const instant = '2019-10-14T00:00:00Z';
    expect(interpretSidecar(feature({ dataStarted: instant, dataEnded: instant })).dataEnded).toBeDefined();
  });

  it('keeps members called like parts of JavaScript', () => {
    const document = JSON.parse(
      '{"type": "Feature", "geometry": null, "properties": {"__proto__": 1, "constructor": 2}}',
    ) as unknown;
    expect(Object.entries(interpretSidecar(document).metaData)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'a reversed span',
      feature({ dataStarted: '2019-10-14T00:00:01Z', dataEnded: '2019-10-14T01:00:00+01:00' }),
      /^properties\.dataEnded \(.*\) is before dataStarted/,
    ],
    [
      'one reversed by a microsecond',
      feature({ sourceStarted: '2019-10-14T00:00:00.000002Z', sourceEnded: '2019-10-14T00:00:00.000001Z' }),
      /sourceEnded .* before sourceStarted/,
    ],
    [
      'a time without offset',
      feature({ dataStarted: '2019-10-14T00:00:00' }),
      /^properties\.dataStarted has no offset from UTC/,
    ],
    [
      'a time of another kind',
      collection(feature({}), feature({ sourceEnded: 5 })),
      /^features\[1\]\.properties\.sourceEnded must be text/,
    ],
    ['a source of another kind', feature({ sourceSensor: 5 }), /^properties\.sourceSensor must be text/],
    [
      'data types of another kind',
      feature({ dataTypes: 'one' }),
      /^properties\.dataTypes must be an array of texts/,
    ],
    [
      'data types that are no texts',
      feature({ dataTypes: ['one', 2] }),
      /dataTypes must be an array of texts/,
    ],
    [
      'an open ring',
      { type: 'Polygon', coordinates: [ring.slice(0, 3).concat([[9, 9]])] },
      /^geometry has a ring that is not closed/,
    ],
    [
      'a short ring',
      {
        type: 'MultiPolygon',
        coordinates: [
          [ring],
          [
            [
              [0, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        ],
      },
      /ring that is not closed/,
    ],
    [
      'a latitude beyond the pole',
      feature({}, { type: 'Point', coordinates: [10, 125] }),
      /latitude 125, beyond 90 degrees/,
    ],
    ['a longitude beyond any turn', feature({}, { type: 'Point', coordinates: [400, 0] }), /longitude 400/],
    [
      'a position of texts',
      feature({}, { type: 'Point', coordinates: ['1', '2'] }),
      /not \[longitude, latitude\]/,
    ],
    ['an empty position', feature({}, { type: 'Point', coordinates: [] }), /not \[longitude, latitude\]/],
    ['coordinates too shallow', feature({}, { type: 'Polygon', coordinates: [[1, 2]] }), /not nested/],
    [
      'an inner geometry',
      { type: 'GeometryCollection', geometries: [point, { type: 'Point', coordinates: [0, 91] }] },
      /^geometry\.geometries\[1\] has the latitude 91/,
    ],
    [
      'an unknown type',
      { type: 'Circle', coordinates: [0, 0] },
      /^geometry\.type must be a GeoJSON geometry type/,
    ],
    ['no object', [point], /^the document must be an object, and is an array/],
    ['features that are none', collection(5), /^features\[0\] must be an object/],
    ['a NUL', feature({ a: ['x\0'] }), /^properties\.a\[0\] contains a NUL/],
    ['a bbox that is none', feature({}, point, { bbox: [1] }), /^bbox must be/],
  ])('refuses %s', (_, document, problem) => {
    expect(() => interpretSidecar(document)).toThrow(JsonProblem);
    expect(() => interpretSidecar(document)).toThrow(problem);
  });

  it('takes a million positions', () => {
    const positions = Array.from({ length: 1_000_000 }, (_, index) => [index / 10_000, 0]);
    const outline = [...positions, positions[0]];
    const read = interpretSidecar({ type: 'Polygon', coordinates: [outline] });
    expect(read.bbox).toEqual({ west: 0, south: 0, east: 99.9999, north: 0 });
  });
});
