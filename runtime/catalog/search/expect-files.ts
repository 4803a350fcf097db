import {
  Conditions,
  expectEach,
  type Expected,
  mostCounted,
  type Order,
  type Queries,
} from '../../database/index.ts';
import type { SearchArea } from './area.ts';
import { addAreas, storedBoxes } from './area-conditions.ts';
import { fileConditions, type KnownFilter } from './conditions.ts';
import type { FilesOfPlace } from './place-sample.ts';

/** An entry of the index over areas beside a row that is looked at, in cost. */
const entryCost = 0.1;

/** What there is to expect, and how the areas are met. */
export interface Expectation {
  readonly expected: Expected;
  readonly area: 'index' | 'filter';
}

/** An area that has most files of a time need only be looked at, and a sample knows how many they are as well as the planner. */
export function mostAreMeant(
  filter: KnownFilter,
  order: Order,
  common: FilesOfPlace['about'],
): Expectation | undefined {
  if (!common || common.share < 0.9 || !isPlannedOnce(filter, order)) return undefined;
  return { expected: { rows: Math.round(common.files), cost: Infinity }, area: 'filter' };
}

/** Asks the planner, of the areas only where a sample has not told of them. */
export async function expectFiles(
  db: Queries,
  filter: KnownFilter,
  tables: string,
  common: FilesOfPlace['about'],
): Promise<Expectation> {
  const { areas = [] } = filter;
  const values: unknown[] = [];
  const parts = areas.length === 0 || common ? [restOf(filter, values)] : partsOf(filter, areas, values);
  const statements = parts.map(({ text }) => `select from ${tables} where ${text}`);
  const each = await expectEach(db, statements, values);
  if (areas.length === 0) return { expected: each[0]!, area: 'index' };
  const rest = each[0]!;
  const all = common ? rest.rows * common.share : each[1]!.rows;
  const viaArea = (common?.files ?? each[2]!.rows) * entryCost + all;
  // Of all its rows: what is looked for may be among the last of them.
  const viaRest = rest.cost * Math.max(1, rest.rows / mostCounted);
  return viaRest < viaArea
    ? { expected: { rows: Math.round(all), cost: viaRest }, area: 'filter' }
    : { expected: { rows: Math.round(all), cost: viaArea }, area: 'index' };
}

/** Those besides the areas, all conditions, and the areas alone. */
function partsOf(filter: KnownFilter, areas: readonly SearchArea[], values: unknown[]): Conditions[] {
  const rest = restOf(filter, values);
  const all = fileConditions(filter, { area: 'explain' }, values);
  const alone = new Conditions(values);
  addAreas(alone, areas, 'explain');
  return [rest, all, alone];
}

function restOf(filter: KnownFilter, values: unknown[]): Conditions {
  return fileConditions({ ...filter, areas: [] }, {}, values);
}

/** Boxes of areas as they are asked for mostly: not so many that there is a text of its own for each shape. */
const plainBoxes = 4;

/** Whether nothing but few boxes and a span is asked for: what finds them best for some is best for all of as many files. */
export function isPlannedOnce(filter: KnownFilter, order: Order): boolean {
  const { areas = [], dataFrom: _, dataTo: __, ...others } = filter;
  const boxes = areas.flatMap((area) => area.boxes.flatMap(storedBoxes));
  return order.length === 0 && boxes.length <= plainBoxes && !Object.values(others).some(isCondition);
}

function isCondition(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}
