import type { FeatureCollection, Feature, Geometry } from 'geojson';

const position = {
  description: 'Longitude and latitude in degrees (WGS 84), perhaps height in metres.',
  type: 'array',
  items: { type: 'number' },
  minItems: 2,
  maxItems: 3,
  'x-allowed': 'a position: [longitude, latitude] or [longitude, latitude, height]',
} as const;

const bbox = {
  description: 'West, south, east, north; with heights west, south, lowest, east, north, highest.',
  type: 'array',
  items: { type: 'number' },
  minItems: 4,
  maxItems: 6,
  not: { minItems: 5, maxItems: 5 },
  'x-allowed': 'a bounding box of 4 or 6 numbers',
} as const;

const arrayOf = <Name extends string>(name: Name) =>
  ({ type: 'array', items: { $ref: `#/definitions/${name}` } }) as const;

const geometry = <Type extends string, Coordinates>(type: Type, coordinates: Coordinates) =>
  ({
    type: 'object',
    required: ['type', 'coordinates'],
    properties: { type: { const: type }, coordinates, bbox: { $ref: '#/definitions/bbox' } },
  }) as const;

const geometryTypes = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
];

/** One object of those types: judged by the branch that its `type` names. */
export const branches = (types: readonly string[]) => ({
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: types.map((type) => ({ $ref: `#/definitions/${type}` })),
  'x-allowed': types
    .map((type) => `"${type}"`)
    .join(', ')
    .replace(/, ("\w+")$/, ' or $1'),
});

/** Every object of GeoJSON (RFC 7946) as `definitions`; `properties` of a Feature are judged by the schema given. */
export const geojsonDefinitions = (properties: object) => ({
  position,
  bbox,
  line: { ...arrayOf('position'), minItems: 2, 'x-allowed': 'a line of at least 2 positions' },
  ring: {
    ...arrayOf('position'),
    minItems: 4,
    'x-allowed': 'a ring of at least 4 positions, the last like the first',
  },
  polygon: arrayOf('ring'),
  Point: geometry('Point', { $ref: '#/definitions/position' }),
  MultiPoint: geometry('MultiPoint', arrayOf('position')),
  LineString: geometry('LineString', { $ref: '#/definitions/line' }),
  MultiLineString: geometry('MultiLineString', arrayOf('line')),
  Polygon: geometry('Polygon', { $ref: '#/definitions/polygon' }),
  MultiPolygon: geometry('MultiPolygon', arrayOf('polygon')),
  GeometryCollection: {
    type: 'object',
    required: ['type', 'geometries'],
    properties: {
      type: { const: 'GeometryCollection' },
      geometries: arrayOf('geometry'),
      bbox: { $ref: '#/definitions/bbox' },
    },
  },
  geometry: branches(geometryTypes),
  Feature: {
    type: 'object',
    required: ['type', 'geometry', 'properties'],
    properties: {
      type: { const: 'Feature' },
      geometry: {
        if: { type: 'null' },
        else: { $ref: '#/definitions/geometry' },
        'x-allowed': 'a geometry, or null where there is none',
      },
      properties,
      id: { type: ['string', 'number'] },
      bbox: { $ref: '#/definitions/bbox' },
    },
  },
  FeatureCollection: {
    type: 'object',
    required: ['type', 'features'],
    properties: {
      type: { const: 'FeatureCollection' },
      features: { type: 'array', items: branches(['Feature']) },
      bbox: { $ref: '#/definitions/bbox' },
    },
  },
});

export const geojsonTypes = [...geometryTypes, 'Feature', 'FeatureCollection'] as const;

/** A GeoJSON geometry, for documents that hold one. */
export const geometrySchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:geometry',
  title: 'Geometry',
  description: 'A GeoJSON geometry (RFC 7946, section 3.1).',
  definitions: geojsonDefinitions({ type: ['object', 'null'] }),
  allOf: [{ $ref: '#/definitions/geometry' }],
} as const;

export type GeoJson = Geometry | Feature | FeatureCollection;
