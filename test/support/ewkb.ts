import type { Geometry, Position } from 'geojson';

const kinds = [
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
  'GeometryCollection',
];

/** A geometry in 4326 as PostGIS writes it. */
export function ewkb(geometry: Geometry, isPart = false): string {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes.toString('hex');
  };
  const position = ([x, y]: Position) => {
    const bytes = Buffer.alloc(16);
    bytes.writeDoubleLE(x!, 0);
    bytes.writeDoubleLE(y!, 8);
    return bytes.toString('hex');
  };
  const many = <Value>(values: readonly Value[], write: (value: Value) => string) =>
    number(values.length) + values.map(write).join('');
  const line = (positions: readonly Position[]) => many(positions, position);
  const kind = kinds.indexOf(geometry.type) + 1;
  const head = isPart ? `01${number(kind)}` : `01${number((kind | 0x2000_0000) >>> 0)}${number(4326)}`;
  const part = (one: Geometry) => ewkb(one, true);
  switch (geometry.type) {
    case 'Point':
      return head + position(geometry.coordinates);
    case 'LineString':
      return head + line(geometry.coordinates);
    case 'Polygon':
      return head + many(geometry.coordinates, line);
    case 'MultiPoint':
      return head + many(geometry.coordinates, (coordinates) => part({ type: 'Point', coordinates }));
    case 'MultiLineString':
      return head + many(geometry.coordinates, (coordinates) => part({ type: 'LineString', coordinates }));
    case 'MultiPolygon':
      return head + many(geometry.coordinates, (coordinates) => part({ type: 'Polygon', coordinates }));
    case 'GeometryCollection':
      return head + many(geometry.geometries, part);
  }
}
