import pg from 'pg';

const { builtins, getTypeParser } = pg.types;
const arrays = { int8: 1016, timestamptz: 1185, text: 1009 } as const;

/**
 * How values arrive from the server, for our own connections only (`pg.types` is shared by the whole process).
 * `int8` → number, an error beyond 2^53; `timestamptz` → ISO 8601 in UTC with microseconds, because a Date loses
 * them; `date` and `timestamp` → their text. Everything else as node-pg does.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      const parser = own.get(oid);
      if (parser) return parser;
    }
    return getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

const own = new Map<number, (text: string) => unknown>([
  [builtins.INT8, parseInt8],
  [builtins.TIMESTAMPTZ, parseTimestamp],
  [builtins.TIMESTAMP, (text) => text],
  [builtins.DATE, (text) => text],
  [arrays.int8, (text) => mapLeaves(parseTextArray(text), parseInt8)],
  [arrays.timestamptz, (text) => mapLeaves(parseTextArray(text), parseTimestamp)],
]);

/** @throws RangeError beyond 2^53, where a number would be another one */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} does not fit a JSON number`);
  return value;
}

/**
 * `2019-09-10 20:27:53.03111+00` → `2019-09-10T20:27:53.031110Z`. The session's time zone is UTC.
 * `infinity` and years before Christ stay as the server writes them.
 */
export function parseTimestamp(text: string): string {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(text);
  return match ? `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(6, '0')}Z` : text;
}

function parseTextArray(text: string): unknown {
  return getTypeParser(arrays.text as number)(text);
}

function mapLeaves(value: unknown, parse: (text: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, parse));
  return value === null ? null : parse(String(value));
}
