import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type {
  DataFilter,
  DataInterface,
  Filter,
  FilterOperator,
  FilterType,
} from '../../../seed-schema/index.ts';
import { acceptsData } from './accepts-data.ts';
import { fileOf, filterOf, judgedWith } from './filter.fixture.ts';
import { judgeFilter } from './judge-filter.ts';
import { allOperators, fileTypes, operatorsOf } from './operators.ts';

const page = readFileSync(path.join(import.meta.dirname, '../../../docs/conditions.md'), 'utf8');

type Row = Readonly<Record<string, string>>;

/** Rows of the table below a marker, by the names of the columns. */
function table(marker: string): Row[] {
  const [, text = ''] = new RegExp(`<!-- ${marker} -->\n\n([^]*?)\n\n`).exec(page) ?? [];
  const cells = text.split('\n').map((line) => line.slice(2, -2).split(' | '));
  const [names = []] = cells;
  return cells.slice(2).map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]!])));
}

const codes = (cell: string) => [...cell.matchAll(/`([^`]*)`/g)].map(([, code]) => code!);
const code = (cell: string) => codes(cell)[0]!;

/** Every example of a table: its row, what is given, and whether it is accepted. */
const examples = (marker: string) =>
  table(marker).flatMap((row) =>
    (['accepts', 'rejects'] as const).flatMap((column) =>
      codes(row[column]!).map((text): [string, string, boolean, Row, unknown] => [
        Object.values(row).slice(0, 2).join(' ').replaceAll('`', ''),
        text,
        column === 'accepts',
        row,
        JSON.parse(text),
      ]),
    ),
  );

const valuesOf = (row: Row) => JSON.parse(code(row.values!)) as unknown[];
const conditionOf = (row: Row) => code(row.condition!) as FilterOperator;

describe('docs/conditions.md: operators', () => {
  it('has each operator of each type', () => {
    const rows = table('operators').map((row) => `${code(row.type!)} ${conditionOf(row)}`);
    const expected = Object.entries(operatorsOf).flatMap(([type, operators]) =>
      operators.map((operator) => `${type} ${operator}`),
    );
    expect([...new Set(rows)].toSorted()).toEqual(expected.toSorted());
  });

  it.each(examples('operators'))('%s, %s: %s', (_, __, isAccepted, row, value) => {
    const type = code(row.type!) as FilterType;
    expect(judgedWith(filterOf({ type, condition: conditionOf(row), values: valuesOf(row) }), value)).toBe(
      isAccepted,
    );
  });
});

describe('docs/conditions.md: fields', () => {
  it('has each operator', () => {
    expect([...new Set(table('fields').map(conditionOf))].toSorted()).toEqual(allOperators.toSorted());
  });

  it.each(examples('fields'))('%s, %s: %s', (_, __, isAccepted, row, value) => {
    for (const type of ['object', 'meta-data'] as const) {
      const filter = filterOf({
        type,
        condition: conditionOf(row),
        fields: [['f']],
        values: [valuesOf(row)],
      });
      expect(judgedWith(filter, { f: value })).toBe(isAccepted);
      expect(value === null ? judgedWith(filter, {}) : isAccepted).toBe(isAccepted);
    }
  });

  it.each(examples('all-fields'))('%s, %s: %s', (_, __, isAccepted, row, value) => {
    for (const type of ['object', 'meta-data'] as const) {
      const filter = filterOf({
        type,
        condition: conditionOf(row),
        fields: [
          ['a', 'b'],
          ['c', 0],
        ],
        values: [[1], [2, 3]],
        all_fields: code(row.all_fields!) === 'true',
      });
      expect(judgedWith(filter, value)).toBe(isAccepted);
    }
  });
});

describe('docs/conditions.md: several files', () => {
  it('has each operator of texts, with both answers', () => {
    const rows = table('all-files').map((row) => `${conditionOf(row)} ${code(row.all_files!)}`);
    expect(rows).toEqual(
      operatorsOf.filename.flatMap((operator) => [`${operator} true`, `${operator} false`]),
    );
  });

  it.each(examples('all-files'))('%s, %s: %s', (_, __, isAccepted, row, names) => {
    const all_files = code(row.all_files!) === 'true';
    for (const type of ['filename', 'media-type', 'data-type', 'meta-data'] as const) {
      if (type === 'data-type' && conditionOf(row) === 'contains') continue;
      const isMetaData = type === 'meta-data';
      const filter = filterOf({
        type,
        condition: conditionOf(row),
        values: isMetaData ? [valuesOf(row)] : valuesOf(row),
        fields: isMetaData ? [['f']] : [],
        all_files,
      });
      const facts = (names as string[]).map((name) =>
        fileOf(type, { 'data-type': [name], 'meta-data': { f: name } }[type as string] ?? name),
      );
      expect(
        acceptsData(
          { filters: [filter], all: true },
          { files: [{ name: 'IN', media_types: [], required: false, multiple: true }], json: [] },
          { files: { IN: facts }, json: {} },
        ),
      ).toBe(isAccepted);
    }
  });
});

describe('docs/conditions.md: its example', () => {
  const [, text = ''] = /```json\n([^]*?)```/.exec(page) ?? [];
  const node = JSON.parse(text) as { interface: DataInterface; data_filter: DataFilter };
  const filter: DataFilter = {
    ...node.data_filter,
    filters: node.data_filter.filters.map((each) => filterOf(each as Partial<Filter>)),
  };

  it('deserves no warning', () => {
    expect(judgeFilter(filter, node.interface, 'data_filter')).toEqual({ errors: [], warnings: [] });
    expect(fileTypes.has(filter.filters[0]!.type)).toBe(true);
  });

  it('accepts scenes of some size without clouds', () => {
    const scene = (km2: number) => ({
      file_name: 'a.tif',
      media_type: 'image/tiff',
      data_type_tags: ['landsat8'],
      meta_data: { area: { km2 } },
    });
    const accepts = (km2: number, clouds: number | undefined) =>
      acceptsData(filter, node.interface, {
        files: { SCENE: [scene(km2)] },
        json: clouds === undefined ? {} : { CLOUDS: clouds },
      });
    expect([accepts(100, 0.1), accepts(99, 0.1), accepts(100, 0.2), accepts(100, undefined)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
