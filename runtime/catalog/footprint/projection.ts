/** From coordinates of a reference system to `[longitude, latitude]` in degrees; longitudes may go beyond ±180. */
export interface Projection {
  readonly inverse: (x: number, y: number) => [number, number];
  /** Its lines are straight on a map of degrees. */
  readonly isGeographic?: boolean;
  /** Longitudes jump at the antimeridian, and it may hold a pole (1 north, -1 south). */
  readonly pole?: 1 | -1;
}

const a = 6378137;
const degrees = 180 / Math.PI;
/** WGS 84; GRS 80 differs by 0.1 mm. */
const flattening = 1 / 298.257223563;
const e = Math.sqrt(flattening * (2 - flattening));

const geographic: Projection = { inverse: (x, y) => [x, y], isGeographic: true };

const webMercator: Projection = {
  inverse: (x, y) => [(x / a) * degrees, (2 * Math.atan(Math.exp(y / a)) - Math.PI / 2) * degrees],
};

const worldMercator: Projection = {
  inverse: (x, y) => [(x / a) * degrees, latitudeOf(Math.exp(-y / a)) * degrees],
};

/** Krüger's series to n⁴: below a millimetre inside a zone. */
function utm(zone: number, south: boolean): Projection {
  const n = flattening / (2 - flattening);
  const radius = (a / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const beta = [
    n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3 - n ** 4 / 360,
    n ** 2 / 48 + n ** 3 / 15 - (437 / 1440) * n ** 4,
    (17 / 480) * n ** 3 - (37 / 840) * n ** 4,
    (4397 / 161280) * n ** 4,
  ];
  const delta = [
    2 * n - (2 / 3) * n ** 2 - 2 * n ** 3 + (116 / 45) * n ** 4,
    (7 / 3) * n ** 2 - (8 / 5) * n ** 3 - (227 / 45) * n ** 4,
    (56 / 15) * n ** 3 - (136 / 35) * n ** 4,
    (4279 / 630) * n ** 4,
  ];
  const scale = 0.9996 * radius;
  const middle = zone * 6 - 183;
  return {
    inverse: (x, y) => {
      const [xi, eta] = [(y - (south ? 10_000_000 : 0)) / scale, (x - 500_000) / scale];
      let [xi0, eta0] = [xi, eta];
      beta.forEach((factor, index) => {
        const j = 2 * (index + 1);
        xi0 -= factor * Math.sin(j * xi) * Math.cosh(j * eta);
        eta0 -= factor * Math.cos(j * xi) * Math.sinh(j * eta);
      });
      const conformal = Math.asin(Math.sin(xi0) / Math.cosh(eta0));
      const latitude = delta.reduce(
        (sum, factor, index) => sum + factor * Math.sin(2 * (index + 1) * conformal),
        conformal,
      );
      return [middle + Math.atan2(Math.sinh(eta0), Math.cos(xi0)) * degrees, latitude * degrees];
    },
  };
}

interface Stereographic {
  readonly pole: 1 | -1;
  /** Degrees: the meridian that points down (north) or up (south). */
  readonly meridian: number;
  /** Degrees: where the scale is true; or the scale at the pole. */
  readonly trueAt?: number;
  readonly scale?: number;
  /** Metres: false easting and northing. */
  readonly offset?: number;
}

/** Snyder, Map Projections, 21-33 ff. */
function polar({ pole, meridian, trueAt, scale = 1, offset = 0 }: Stereographic): Projection {
  const standard = (Math.abs(trueAt ?? 90) * Math.PI) / 180;
  const factor =
    trueAt === undefined
      ? (2 * a * scale) / Math.sqrt((1 + e) ** (1 + e) * (1 - e) ** (1 - e))
      : (a * Math.cos(standard)) /
        Math.sqrt(1 - (e * Math.sin(standard)) ** 2) /
        (Math.tan(Math.PI / 4 - standard / 2) /
          ((1 - e * Math.sin(standard)) / (1 + e * Math.sin(standard))) ** (e / 2));
  return {
    pole,
    inverse: (x, y) => {
      const [east, north] = [x - offset, (y - offset) * pole];
      const latitude = latitudeOf(Math.hypot(east, north) / factor);
      return [meridian + Math.atan2(east, -north) * degrees, pole * latitude * degrees];
    },
  };
}

/** The latitude (radians) whose conformal `t` that is; by iteration, which is at its end after 5 turns. */
function latitudeOf(t: number): number {
  let latitude = Math.PI / 2 - 2 * Math.atan(t);
  for (let turn = 0; turn < 6; turn++) {
    const sine = e * Math.sin(latitude);
    latitude = Math.PI / 2 - 2 * Math.atan(t * ((1 - sine) / (1 + sine)) ** (e / 2));
  }
  return latitude;
}

/** Systems by themselves: what is less than some metres from WGS 84 counts as it. */
const single: Readonly<Record<number, Projection>> = {
  ...Object.fromEntries(
    [4326, 4979, 4258, 4937, 4269, 4322, 4674, 4283, 7844, 4167, 4612, 6668, 4617, 4759].map((code) => [
      code,
      geographic,
    ]),
  ),
  ...Object.fromEntries([3857, 3785, 900913, 102100, 102113].map((code) => [code, webMercator])),
  3395: worldMercator,
  3413: polar({ pole: 1, meridian: -45, trueAt: 70 }),
  3995: polar({ pole: 1, meridian: 0, trueAt: 71 }),
  3031: polar({ pole: -1, meridian: 0, trueAt: -71 }),
  3976: polar({ pole: -1, meridian: 0, trueAt: -70 }),
  32661: polar({ pole: 1, meridian: 0, scale: 0.994, offset: 2_000_000 }),
  5041: polar({ pole: 1, meridian: 0, scale: 0.994, offset: 2_000_000 }),
  32761: polar({ pole: -1, meridian: 0, scale: 0.994, offset: 2_000_000 }),
  5042: polar({ pole: -1, meridian: 0, scale: 0.994, offset: 2_000_000 }),
};

/** Zones of UTM: codes from first to last, and the zone of the first. */
const zones: readonly (readonly [first: number, last: number, zone: number, south: boolean])[] = [
  [32601, 32660, 1, false], // WGS 84
  [32701, 32760, 1, true],
  [32201, 32260, 1, false], // WGS 72
  [32301, 32360, 1, true],
  [25828, 25838, 28, false], // ETRS89
  [26901, 26923, 1, false], // NAD83
  [31965, 31976, 11, false], // SIRGAS 2000
  [31977, 31985, 17, true],
  [28348, 28358, 48, true], // GDA94
  [7846, 7859, 46, true], // GDA2020
];

/** @param code of EPSG @returns undefined when it is not among those known here: nothing is guessed */
export function projectionOf(code: number): Projection | undefined {
  const known = single[code];
  if (known) return known;
  const range = zones.find(([first, last]) => code >= first && code <= last);
  return range && utm(range[2] + code - range[0], range[3]);
}
