/**
 * GeoJSON (RFC 7946) for schemas that refer to the ones that were once published at json-schema.org, as the metadata schema
 * of the standard does. Only words that every draft since 04 understands, and no identifier of its own.
 */
const arrayOf = (name: string) => ({ type: 'array', items: { $ref: `#/definitions/${name}` } });

const object = (type: string, members: Readonly<Record<string, object>>) => ({
  type: 'object',
  required: ['type', ...Object.keys(members)],
  properties: { type: { enum: [type] }, ...members, bbox: { $ref: '#/definitions/bbox' } },
});

const geometry = (type: string, coordinates: object) => object(type, { coordinates });

const oneOf = (...names: string[]) => names.map((name) => ({ $ref: `#/definitions/${name}` }));

const geometries = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
];

const definitions = {
  bbox: {
    type: 'array',
    items: { type: 'number' },
    minItems: 4,
    maxItems: 6,
    not: { minItems: 5, maxItems: 5 },
  },
  position: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 3 },
  line: { ...arrayOf('position'), minItems: 2 },
  ring: { ...arrayOf('position'), minItems: 4 },
  polygon: arrayOf('ring'),
  Point: geometry('Point', { $ref: '#/definitions/position' }),
  MultiPoint: geometry('MultiPoint', arrayOf('position')),
  LineString: geometry('LineString', { $ref: '#/definitions/line' }),
  MultiLineString: geometry('MultiLineString', arrayOf('line')),
  Polygon: geometry('Polygon', { $ref: '#/definitions/polygon' }),
  MultiPolygon: geometry('MultiPolygon', arrayOf('polygon')),
  GeometryCollection: object('GeometryCollection', { geometries: arrayOf('geometry') }),
  geometry: { oneOf: oneOf(...geometries) },
  Feature: object('Feature', {
    geometry: { oneOf: [{ type: 'null' }, { $ref: '#/definitions/geometry' }] },
    properties: { type: ['object', 'null'] },
  }),
  FeatureCollection: object('FeatureCollection', { features: arrayOf('Feature') }),
  any: { oneOf: oneOf(...geometries, 'Feature', 'FeatureCollection') },
};

const schemaOf = (name: keyof typeof definitions) => ({
  definitions,
  allOf: [{ $ref: `#/definitions/${name}` }],
});

/** Addresses that nobody answers at any more → the schemas that stood there. */
export const geojsonSchemas: Readonly<Record<string, object>> = {
  'http://json-schema.org/geojson/bbox.json': schemaOf('bbox'),
  'http://json-schema.org/geojson/geometry.json': schemaOf('geometry'),
  'http://json-schema.org/geojson/geojson.json': schemaOf('any'),
};
