import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Geometry, Position } from 'geojson';
import { withDatabase } from '../../../test/support/connected.ts';
import type { Database } from '../../database/index.ts';
import type { LocalWorkspace } from '../../workspace/index.ts';
import { listFiles } from '../list.ts';
import { boxText } from '../metadata.ts';
import { boundingBox } from '../sidecar/bounding-box.ts';
import { readBox } from './area.ts';
import { fileConditions } from './conditions.ts';
import type { FileFilter } from './filter.ts';
import { readSearchArea } from './read-geometry.ts';

let db: Database;
let workspace: LocalWorkspace;
withDatabase((connected, local) => ([db, workspace] = [connected, local]));

let state = 11;
const random = (most: number) => {
  state = (state * 1103515245 + 12345) % 2 ** 31;
  return Math.floor((state / 2 ** 31) * most);
};
const oneOf = <T>(...values: T[]): T => values[random(values.length)]!;

/** A convex shape in the plane in whole degrees, which longitudes go around: its corners, none of them twice. */
type Shape = readonly (readonly [number, number])[];

/** Near the antimeridian, Greenwich or a pole, where mistakes would be. */
function shape(): Shape {
  const [width, height] = [random(40), random(30)];
  const west = oneOf(160, 170, 179, -180, -10) + random(20);
  const south = Math.min(90 - height, oneOf(60, 80, -90, -60, 0) + random(10));
  const [east, north] = [west + width, south + height];
  if (random(3) > 0 || width === 0 || height === 0) return rectangle(west, south, east, north);
  return oneOf<Shape>(
    [
      [west, south],
      [east, south],
      [west + random(width), north],
    ],
    [
      [west, north],
      [east, south],
      [east, north],
    ],
    [
      [west, south],
      [east, south + random(height)],
      [west, north],
    ],
  );
}

const rectangle = (west: number, south: number, east: number, north: number): Shape =>
  west === east && south === north
    ? [[west, south]]
    : [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
      ];

const xs = (one: Shape) => one.map(([x]) => x);
const ys = (one: Shape) => one.map(([, y]) => y);
const isRectangle = (one: Shape) => one.length === 4;
const wrapped = (x: number) => ((((x + 180) % 360) + 360) % 360) - 180;

/** The shape in one of the ways in which people write it. */
function written(one: Shape): Geometry {
  const ring = (corners: Shape): Position[][] => [[...corners, corners[0]!].map(([x, y]) => [x, y])];
  const [west, east] = [Math.min(...xs(one)), Math.max(...xs(one))];
  if (one.length === 1) return { type: 'Point', coordinates: [wrapped(west), one[0]![1]] };
  if (east <= 180) return { type: 'Polygon', coordinates: ring(one) };
  const turned = one.map(([x, y]) => [x - 360, y] as const);
  if (west > 180) return { type: 'Polygon', coordinates: ring(turned) };
  const [south, north] = [Math.min(...ys(one)), Math.max(...ys(one))];
  const ways: Geometry[] = [
    { type: 'Polygon', coordinates: ring(one) },
    { type: 'Polygon', coordinates: ring(turned) },
  ];
  // On the seam itself a corner may be either side, and a box cannot say which.
  if (west < 180)
    ways.push({
      type: 'Polygon',
      coordinates: ring(one.map(([x, y]) => [x > 180 ? x - 360 : x, y] as const)),
      bbox: [west, south, east - 360, north],
    });
  if (isRectangle(one) && west < 180)
    ways.push({
      type: 'MultiPolygon',
      coordinates: [
        ring(rectangle(west, south, 180, north)),
        ring(rectangle(-180, south, east - 360, north)),
      ],
    });
  return oneOf(...ways);
}

/** By separating axes, over every turn, and both poles: another way than the one that is tested. */
function meet(a: Shape, b: Shape): boolean {
  if (Math.max(...ys(a)) === 90 && Math.max(...ys(b)) === 90) return true;
  if (Math.min(...ys(a)) === -90 && Math.min(...ys(b)) === -90) return true;
  return [-720, -360, 0, 360, 720].some((turn) =>
    overlap(
      a,
      b.map(([x, y]) => [x + turn, y] as const),
    ),
  );
}

function overlap(a: Shape, b: Shape): boolean {
  const normals = [a, b].flatMap((one) =>
    one.map(([x, y], nth) => {
      const [u, v] = one[(nth + 1) % one.length]!;
      return [y - v, u - x] as const;
    }),
  );
  return [...normals, [1, 0] as const, [0, 1] as const].every(([n, m]) => {
    const along = (one: Shape) => one.map(([x, y]) => x * n + y * m);
    const [left, right] = [along(a), along(b)];
    return Math.max(...left) >= Math.min(...right) && Math.max(...right) >= Math.min(...left);
  });
}

const boxOf = (one: Shape) =>
  rectangle(Math.min(...xs(one)), Math.min(...ys(one)), Math.max(...xs(one)), Math.max(...ys(one)));

interface Row {
  readonly id: number;
  readonly shape: Shape;
  /** Days, both ends of the span; undefined: not known. */
  readonly span: readonly [number, number] | undefined;
}

const rows: Row[] = [];
const day = (number: number) => new Date(Date.UTC(2020, 0, 1 + number)).toISOString();

beforeAll(async () => {
  for (let count = 0; count < 500; count++) {
    const one = shape();
    const geometry = written(one);
    const start = random(300);
    const span = random(10) === 0 ? undefined : ([start, start + random(20)] as const);
    const isOneSided = span !== undefined && random(10) === 0;
    const [row] = await db.query<{ id: number }>(
      `insert into scale_file (workspace_id, file_type, uuid, version_id, file_path, file_name, media_type, file_size,
         geometry, bbox, data_started, data_ended)
       values ($1, 'SOURCE', 'x', gen_random_uuid(), $2, $2, 'x/y', 1, $3, $4, $5, $6) returning id`,
      [
        workspace.id,
        `${count}`,
        JSON.stringify(geometry),
        boxText(boundingBox(geometry, geometry.bbox)!),
        span && !isOneSided ? day(span[0]) : null,
        span ? day(span[1]) : null,
      ],
    );
    rows.push({ id: row!.id, shape: one, span: isOneSided ? [span[1], span[1]] : span });
  }
}, 60_000);

const expected = (matches: (row: Row) => boolean) => rows.filter(matches).map(({ id }) => id);

async function found(filter: FileFilter): Promise<number[]> {
  const page = await listFiles(db, filter, [], { offset: 0, limit: 1000 });
  expect(page.count).toBe(page.rows.length);
  return page.rows.map(({ id }) => id).sort((a, b) => a - b);
}

function time(): { filter: FileFilter; matches: (row: Row) => boolean } {
  if (random(3) === 0) return { filter: {}, matches: () => true };
  const from = random(320);
  const to = from + random(30);
  const [isOpenBelow, isOpenAbove] = oneOf([false, false], [true, false], [false, true]) as [
    boolean,
    boolean,
  ];
  return {
    filter: { ...(!isOpenBelow && { dataFrom: day(from) }), ...(!isOpenAbove && { dataTo: day(to) }) },
    matches: ({ span }) => !!span && (isOpenAbove || span[0] <= to) && (isOpenBelow || span[1] >= from),
  };
}

describe('searches near the antimeridian and the poles find what going through all files finds', () => {
  it('by boxes and times, however the database is asked', async () => {
    let total = 0;
    for (let round = 0; round < 150; round++) {
      const box = boxOf(shape());
      const [west, east] = [Math.min(...xs(box)), Math.max(...xs(box))];
      const [south, north] = [Math.min(...ys(box)), Math.max(...ys(box))];
      const text = oneOf(
        `${west},${south},${east},${north}`,
        `${wrapped(west)},${south},${wrapped(west) + east - west},${north}`,
      );
      const { filter, matches } = time();
      const asked = { ...filter, areas: [readBox(text)] };
      const wanted = expected((row) => matches(row) && meet(boxOf(row.shape), box));
      expect([text, filter, await found(asked)]).toEqual([text, filter, wanted]);
      for (const area of ['index', 'filter', 'explain'] as const) {
        const { text: where, values } = fileConditions(asked, { area });
        const ids = await db.query<{ id: number }>(
          `select f.id from scale_file f where ${where} order by f.id`,
          values,
        );
        expect([text, area, ids.map(({ id }) => id)]).toEqual([text, area, wanted]);
      }
      total += wanted.length;
    }
    expect(total).toBeGreaterThan(1000);
  }, 60_000);

  it('by shapes and times', async () => {
    let [total, boxes] = [0, 0];
    for (let round = 0; round < 200; round++) {
      const one = shape();
      const geometry = written(one);
      const { filter, matches } = time();
      const wanted = expected((row) => matches(row) && meet(row.shape, one));
      const asked = { ...filter, areas: [await readSearchArea(JSON.stringify(geometry))] };
      expect([geometry, filter, await found(asked)]).toEqual([geometry, filter, wanted]);
      total += wanted.length;
      boxes += expected((row) => matches(row) && meet(boxOf(row.shape), boxOf(one))).length;
    }
    expect(total).toBeGreaterThan(1000);
    expect(boxes).toBeGreaterThan(total + 100);
  }, 60_000);

  it('by a ring around a pole, which holds all that is nearer to it', async () => {
    for (const side of [1, -1])
      for (const latitude of [62, 75, 88]) {
        const corners = [0, 90, 180, -90, 0].map((x) => [x, latitude * side]);
        const area = await readSearchArea(JSON.stringify({ type: 'Polygon', coordinates: [corners] }));
        const wanted = expected((row) => Math.max(...ys(row.shape).map((y) => y * side)) >= latitude);
        expect(wanted.length).toBeGreaterThan(10);
        expect(await found({ areas: [area] })).toEqual(wanted);
      }
  });
});
