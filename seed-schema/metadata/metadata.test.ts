import { describe, expect, it } from '@jest/globals';
import { judgeMetadata } from './judge.ts';
import { instant, lacksOffset } from './time.ts';

const point = { type: 'Point', coordinates: [125.6, 10.1] };
const square = [
  [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ],
];
const feature = (properties: unknown, geometry: unknown = point): object => ({
  type: 'Feature',
  geometry,
  properties,
});
const geometries = [
  point,
  { type: 'Point', coordinates: [125.6, 10.1, 230] },
  { type: 'MultiPoint', coordinates: [[1, 2]] },
  {
    type: 'LineString',
    coordinates: [
      [1, 2],
      [3, 4],
    ],
  },
  {
    type: 'MultiLineString',
    coordinates: [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  },
  { type: 'Polygon', coordinates: square },
  { type: 'MultiPolygon', coordinates: [square, square] },
  { type: 'GeometryCollection', geometries: [point, { type: 'GeometryCollection', geometries: [] }] },
];

describe('a valid sidecar', () => {
  it.each([
    ...geometries.map((geometry) => [geometry]),
    ...geometries.map((geometry) => [feature({}, geometry)]),
    ...geometries.map((geometry) => [{ ...geometry, bbox: [0, 0, 1, 1], note: 'a foreign member' }]),
    [feature(null, null)],
    [{ ...feature({}), id: 7, bbox: [0, 0, -5, 1, 1, 9] }],
    [{ type: 'FeatureCollection', features: [feature({}), feature(null)], bbox: [0, 0, 1, 1] }],
    [
      feature({
        dataStarted: '2019-10-14T00:00:00Z',
        dataEnded: '2019-10-14T00:01:00-05:00',
        dataTypes: ['one', 'two'],
      }),
    ],
    [feature({ sourceSensor: 'X-Band', sourceSensorClass: 'Radar', sourceCollection: 'c', sourceTask: 't' })],
    [feature({ anything: { at: ['all'] }, count: 5 })],
  ])('%j', (document) => {
    expect(judgeMetadata(document)).toEqual({ is_valid: true, errors: [], warnings: [] });
  });
});

describe('an invalid sidecar gets exactly one message for its one fault', () => {
  it.each([
    [null, 'JSON_VALIDATION_ERROR', '', 'the sidecar must be an object with the type "Point"'],
    [[], 'JSON_VALIDATION_ERROR', '', 'not []'],
    [{}, 'JSON_VALIDATION_ERROR', 'type', 'type is missing; it must be "Point"'],
    [{ type: 'point', coordinates: [1, 2] }, 'JSON_VALIDATION_ERROR', 'type', 'not "point"'],
    [{ type: 'Point' }, 'JSON_VALIDATION_ERROR', 'coordinates', 'coordinates is missing'],
    [{ type: 'Point', coordinates: [1] }, 'JSON_VALIDATION_ERROR', 'coordinates', 'a position'],
    [{ type: 'Point', coordinates: [1, 2, 3, 4] }, 'JSON_VALIDATION_ERROR', 'coordinates', 'not [1,2,3,4]'],
    [
      { type: 'Point', coordinates: [1, '2'] },
      'JSON_VALIDATION_ERROR',
      'coordinates[1]',
      'a number, not "2"',
    ],
    [
      { type: 'LineString', coordinates: [[1, 2]] },
      'JSON_VALIDATION_ERROR',
      'coordinates',
      'at least 2 positions',
    ],
    [
      { ...point, bbox: [1, 2, 3, 4, 5] },
      'JSON_VALIDATION_ERROR',
      'bbox',
      'a bounding box of 4 or 6 numbers',
    ],
    [{ type: 'Feature', geometry: null }, 'JSON_VALIDATION_ERROR', 'properties', 'properties is missing'],
    [{ type: 'Feature', properties: {} }, 'JSON_VALIDATION_ERROR', 'geometry', 'or null where there is none'],
    [feature([]), 'JSON_VALIDATION_ERROR', 'properties', 'an object or null, not []'],
    [feature({}, 5), 'JSON_VALIDATION_ERROR', 'geometry', 'an object with the type "Point"'],
    [feature({}, feature({})), 'JSON_VALIDATION_ERROR', 'geometry.type', 'not "Feature"'],
    [
      { type: 'FeatureCollection', features: [point] },
      'JSON_VALIDATION_ERROR',
      'features[0].type',
      'must be "Feature"',
    ],
    [{ ...feature({}), id: {} }, 'JSON_VALIDATION_ERROR', 'id', 'a string or a number'],
    [feature({ sourceSensor: 5 }), 'JSON_VALIDATION_ERROR', 'properties.sourceSensor', 'a string, not 5'],
    [feature({ dataTypes: 'one' }), 'JSON_VALIDATION_ERROR', 'properties.dataTypes', 'an array of strings'],
    [feature({ dataStarted: null }), 'JSON_VALIDATION_ERROR', 'properties.dataStarted', 'not null'],
    [feature({ dataEnded: 'today' }), 'INVALID_TIME', 'properties.dataEnded', 'not "today"'],
    [
      feature({ dataStarted: '2019-10-14T00:00:00' }),
      'TIME_WITHOUT_OFFSET',
      'properties.dataStarted',
      'write 2019-10-14T00:00:00Z',
    ],
    [
      feature({ sourceEnded: '2019-10-14' }),
      'TIME_WITHOUT_OFFSET',
      'properties.sourceEnded',
      '2019-10-14T00:00:00Z',
    ],
    [
      feature({ dataStarted: '2019-10-14T00:00:00Z', dataEnded: '2019-10-14T00:00:00+00:01' }),
      'REVERSED_SPAN',
      'properties.dataEnded',
      'is before dataStarted',
    ],
    [
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        ],
      },
      'UNCLOSED_RING',
      'coordinates[0]',
      'last position must equal its first',
    ],
    [
      {
        type: 'FeatureCollection',
        features: [
          feature({}),
          feature({}, { type: 'MultiPolygon', coordinates: [square, [square[0]!.with(3, [0, 0, 1])]] }),
        ],
      },
      'UNCLOSED_RING',
      'features[1].geometry.coordinates[1][0]',
      'not closed',
    ],
    [{ ...point, properties: {} }, 'MISPLACED_MEMBER', 'properties', 'put the geometry into a Feature'],
    [{ ...feature({}), coordinates: [] }, 'MISPLACED_MEMBER', 'coordinates', 'does not belong in a Feature'],
  ])('%j: %s at %s', (document, name, path, words) => {
    const { is_valid, errors } = judgeMetadata(document);
    expect(errors).toEqual([{ name, path, description: expect.stringContaining(words) }]);
    expect(is_valid).toBe(false);
  });
});

describe('an unwise sidecar', () => {
  it.each([
    [{ type: 'Point', coordinates: [10, 125.6] }, 'COORDINATES_OUT_OF_RANGE', 'coordinates'],
    [
      {
        type: 'LineString',
        coordinates: [
          [1, 2],
          [500000, 2],
        ],
      },
      'COORDINATES_OUT_OF_RANGE',
      'coordinates[1]',
    ],
    [{ ...feature({}), crs: { type: 'name' } }, 'CRS_IGNORED', 'crs'],
    [feature({ data_started: '2019-10-14' }), 'MISSPELLED_PROPERTY', 'properties.data_started'],
  ])('%j: %s', (document, name, path) => {
    expect(judgeMetadata(document)).toEqual({
      is_valid: true,
      errors: [],
      warnings: [expect.objectContaining({ name, path })],
    });
  });
});

describe('judgeMetadata on hostile documents', () => {
  it('finds an error behind any number of warnings', () => {
    const outside = { type: 'Point', coordinates: [999, 999] };
    const open = { type: 'Polygon', coordinates: [square[0]!.with(0, [5, 5])] };
    const { is_valid, warnings } = judgeMetadata({
      type: 'GeometryCollection',
      geometries: [...Array.from({ length: 500 }, () => outside), open],
    });
    expect(is_valid).toBe(false);
    expect(warnings).toHaveLength(100);
  });

  it('gives the first error of a huge document and not a million', () => {
    const coordinates = Array.from({ length: 300_000 }, () => ['x', 'y']);
    expect(judgeMetadata({ type: 'MultiPoint', coordinates }).errors).toHaveLength(1);
  });

  it('does not take an inherited member for one of the document', () => {
    expect(judgeMetadata({ type: 'toString' }).errors[0]?.path).toBe('type');
    expect(
      judgeMetadata(JSON.parse('{"__proto__": {"type": "Point", "coordinates": [1, 2]}}')).is_valid,
    ).toBe(false);
  });
});

describe('times', () => {
  it.each([
    ['2019-10-14T00:00:00Z', Date.UTC(2019, 9, 14)],
    ['2019-10-14t02:30:00.25+02:30', Date.UTC(2019, 9, 14, 0, 0, 0, 250)],
    ['2019-10-13 19:00:00-05:00', Date.UTC(2019, 9, 14)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['2020-02-29T00:00:00Z', Date.UTC(2020, 1, 29)],
    ['0001-01-01T00:00:00Z', -62135596800000],
  ])('%s is an instant', (text, milliseconds) => {
    expect(instant(text)).toBe(milliseconds);
  });

  it.each([
    '2019-10-14T00:00:00',
    '2019-10-14',
    '2019-02-29T00:00:00Z',
    '2019-13-01T00:00:00Z',
    '2019-10-14T24:00:00Z',
    '2019-10-14T12:00:60Z',
    '2019-10-14T00:00Z',
    '0000-01-01T00:00:00Z',
    '2019-10-14T00:00:00+16:00',
    '2019-10-14T00:00:00Z\n',
    '٢٠١٩-10-14T00:00:00Z',
    '',
  ])('%j is none', (text) => {
    expect(instant(text)).toBeUndefined();
  });

  it.each([
    ['2019-10-14T00:00:00', true],
    ['2019-10-14', true],
    ['2019-10-14T00:00:00Z', false],
    ['soon', false],
  ])('%s lacks its offset: %s', (text, lacks) => {
    expect(lacksOffset(text)).toBe(lacks);
  });
});
