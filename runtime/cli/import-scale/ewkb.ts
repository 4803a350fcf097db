import type { Geometry, Position } from 'geojson';

const kinds = [
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
  'GeometryCollection',
] as const;
const deepest = 10;

/**
 * A geometry of PostGIS, which writes EWKB in hexadecimal; heights stay, measures and empty parts go. Pure.
 * @returns null for an empty one
 * @throws Error for what is no EWKB, of a kind that GeoJSON lacks, or with a coordinate that is no number
 */
export function geometryOfEwkb(hex: string): Geometry | null {
  const digits = hex.replace(/^\\x/, '');
  if (!/^([0-9a-f]{2})+$/i.test(digits)) throw new Error('its geometry is no EWKB');
  const reader = new Reader(Buffer.from(digits, 'hex'));
  const geometry = reader.geometry(0);
  if (!reader.isAtEnd) throw new Error('its geometry is no EWKB: something follows it');
  return isEmpty(geometry) ? null : geometry;
}

function isEmpty(geometry: Geometry): boolean {
  return geometry.type === 'GeometryCollection'
    ? geometry.geometries.every(isEmpty)
    : geometry.coordinates.length === 0;
}

function finite(position: Position): Position {
  if (position.every(Number.isFinite)) return position;
  throw new Error('its geometry has a coordinate that is no number');
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  geometry(depth: number): Geometry {
    if (depth > deepest) throw new Error('its geometry is nested too deeply');
    const isLittle = this.#take(1).readUInt8() === 1;
    const word = this.#number(isLittle);
    if (word & 0x2000_0000) this.#number(isLittle); // SRID: Scale has 4326 only
    const iso = Math.floor((word & 0xffff) / 1000);
    const hasZ = (word & 0x8000_0000) !== 0 || iso === 1 || iso === 3;
    const hasM = (word & 0x4000_0000) !== 0 || iso === 2 || iso === 3;
    const type = kinds[((word & 0xffff) % 1000) - 1];
    if (type === undefined)
      throw new Error(`its geometry is of a kind that GeoJSON lacks (${word & 0xffff})`);
    const position = () => finite(this.#position(isLittle, hasZ, hasM));
    const positions = () => this.#many(isLittle, position);
    if (type === 'Point') {
      const coordinates = this.#position(isLittle, hasZ, hasM);
      if (coordinates.every(Number.isNaN)) return { type, coordinates: [] };
      return { type, coordinates: finite(coordinates) };
    }
    if (type === 'LineString') return { type, coordinates: positions() };
    if (type === 'Polygon') {
      const rings = this.#many(isLittle, positions);
      return { type, coordinates: rings.filter((ring) => ring.length > 0) };
    }
    const parts = this.#many(isLittle, () => this.geometry(depth + 1)).filter((part) => !isEmpty(part));
    if (type === 'GeometryCollection') return { type, geometries: parts };
    const coordinates = parts.map((part) => (part as { coordinates: unknown }).coordinates);
    return { type, coordinates } as Geometry;
  }

  #position(isLittle: boolean, hasZ: boolean, hasM: boolean): Position {
    const all = Array.from({ length: 2 + Number(hasZ) + Number(hasM) }, () => {
      const bytes = this.#take(8);
      return isLittle ? bytes.readDoubleLE() : bytes.readDoubleBE();
    });
    return all.slice(0, hasZ ? 3 : 2);
  }

  #many<Value>(isLittle: boolean, read: () => Value): Value[] {
    const count = this.#number(isLittle);
    const values: Value[] = [];
    for (let at = 0; at < count; at++) values.push(read());
    return values;
  }

  #number(isLittle: boolean): number {
    const bytes = this.#take(4);
    return isLittle ? bytes.readUInt32LE() : bytes.readUInt32BE();
  }

  #take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new Error('its geometry is no EWKB: it ends too early');
    return this.#bytes.subarray(this.#at, (this.#at += length));
  }
}
