import type { Geometry } from 'geojson';
import {
  areaOfBox,
  type FileFilter,
  readSearchArea,
  readMetaCondition,
  readWords,
} from '../../../runtime/catalog/index.ts';

/** One search, as our own code takes it and as one would write it by hand. */
export interface Question {
  readonly filter: FileFilter;
  /** To follow `where`, over `scale_file f`, and its parameters. */
  readonly where: string;
  readonly values: readonly unknown[];
  /** All that match are found before they are sorted: the planner would rather go through all files in that order. */
  readonly areFew?: boolean;
  /** To follow `order by`. */
  readonly order: string;
  readonly limit: number;
}

/** A kind of question, with other places and times in each. */
export interface Kind {
  readonly name: string;
  /** Milliseconds that 99 of 100 may take. */
  readonly budget?: number;
  ask(random: () => number): Question | Promise<Question>;
}

const day = 86_400_000;
const newest = 'f.data_started desc, f.id desc';
const page = 100;

function time(random: () => number, days: number) {
  const to = Date.now() - random() * (3 * 365 - days) * day;
  return { dataFrom: new Date(to - days * day).toISOString(), dataTo: new Date(to).toISOString() };
}

function square(random: () => number, degrees: number) {
  const [west, south] = [random() * (360 - degrees) - 180, random() * (180 - degrees) - 90];
  return { west, south, east: west + degrees, north: south + degrees };
}

/** As the index over areas has it. */
const span = (from: number) => {
  const range = `tstzrange($${from}, $${from + 1}, '[]')`;
  return `span_quarters(f.span) && span_quarters(${range}) and f.span * '(,)'::tstzrange && ${range}`;
};
const boxText = ({ west, south, east, north }: ReturnType<typeof square>) =>
  `((${east},${north}),(${west},${south}))`;

function inArea(name: string, degrees: number, days: number, budget?: number): Kind {
  return {
    name,
    ...(budget !== undefined && { budget }),
    ask(random) {
      const [box, when] = [square(random, degrees), time(random, days)];
      return {
        filter: { ...when, areas: [areaOfBox(box)] },
        where: `f.bbox && $1::box and ${span(2)}`,
        areFew: true,
        values: [boxText(box), when.dataFrom, when.dataTo],
        order: newest,
        limit: page,
      };
    },
  };
}

function inPolygon(name: string, degrees: number, days?: number): Kind {
  return {
    name,
    async ask(random) {
      const box = square(random, degrees);
      const when = days === undefined ? {} : time(random, days);
      const { west, south } = box;
      const star = Array.from({ length: 11 }, (_, nth) => {
        const [angle, size] = [(nth % 10) * 36 * (Math.PI / 180), nth % 2 === 0 ? 0.5 : 0.25];
        return [
          west + degrees * (0.5 + size * Math.cos(angle)),
          south + degrees * (0.5 + size * Math.sin(angle)),
        ];
      });
      const geometry: Geometry = { type: 'Polygon', coordinates: [star] };
      return {
        filter: { ...when, areas: [await readSearchArea(JSON.stringify(geometry))] },
        where: days === undefined ? 'f.bbox && $1::box' : `f.bbox && $1::box and ${span(2)}`,
        areFew: true,
        values: [boxText(box), ...Object.values(when)],
        order: days === undefined ? 'f.id' : newest,
        limit: page,
      };
    },
  };
}

/** @param rows in the catalogue */
export function kindsOf(rows: number): Kind[] {
  const some = (random: () => number) => 1 + Math.floor(random() * rows);
  const byWhere = (
    name: string,
    ask: (random: () => number) => Pick<Question, 'filter' | 'where' | 'values'>,
  ): Kind => ({
    name,
    ask: (random) => ({ ...ask(random), areFew: true, order: 'f.id', limit: page }),
  });
  return [
    inArea('area + time: 5° and a week', 5, 7, 5),
    inArea('area + time: 20° and a month', 20, 30, 5),
    inArea('area + time: 1° and three years', 1, 3 * 365 - 1, 5),
    {
      name: 'the whole world and a month',
      budget: 5,
      ask(random) {
        const when = time(random, 30);
        const world = { west: -180, south: -90, east: 180, north: 90 };
        return {
          filter: { ...when, areas: [areaOfBox(world)] },
          where: `f.data_started <= $2 and f.data_started >= $1::timestamptz - interval '20 minutes' and f.data_ended >= $1 and f.bbox is not null`,
          values: [when.dataFrom, when.dataTo],
          order: newest,
          limit: page,
        };
      },
    },
    inPolygon('polygon of 10° and a month', 10, 30),
    inPolygon('polygon of 10°', 10),
    inPolygon('polygon of 60°', 60),
    byWhere('text: a word', (random) => {
      const word = `${some(random)}`;
      const where = 'file_name_words(f.file_name) @@ $1::tsquery';
      return { filter: { words: readWords(word) }, where, values: [`'${word}'`] };
    }),
    byWhere('text: two beginnings', (random) => {
      const [scene, month] = [
        `${100 + (some(random) % 100)}`,
        time(random, 1).dataTo.slice(0, 7).replace('-', ''),
      ];
      const where = 'file_name_words(f.file_name) @@ $1::tsquery';
      const words = [readWords(`${scene}*`), readWords(`${month}*`)].flat();
      return { filter: { words }, where, values: [`'${scene}':* & '${month}':*`] };
    }),
    byWhere('meta_data: a member', (random) => {
      const scene = some(random);
      const where = 'f.meta_data @> $1::jsonb';
      return {
        filter: { metaData: [readMetaCondition(`scene=${scene}`)] },
        where,
        values: [JSON.stringify({ scene })],
      };
    }),
    byWhere('meta_data: two members', (random) => {
      const cover = (some(random) % 1000) / 10;
      const metaData = [`cloud.cover=${cover}`, 'product=L1TP'].map(readMetaCondition);
      const where = 'f.meta_data @> $1::jsonb';
      return { filter: { metaData }, where, values: [JSON.stringify({ cloud: { cover }, product: 'L1TP' })] };
    }),
    byWhere('checksum', (random) => {
      const where = `f.sha256 = $1`;
      const sum = some(random).toString(16).padStart(64, '0');
      return { filter: { sha256: [sum] }, where, values: [sum] };
    }),
  ];
}
