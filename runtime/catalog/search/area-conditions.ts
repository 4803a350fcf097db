import type { Conditions } from '../../database/index.ts';
import { boxText, type BoundingBox } from '../metadata.ts';
import type { SearchArea } from './area.ts';

/**
 * How the condition is written: for the index over areas; so that no index is used, and the planner takes it for every second
 * row; or so that the planner knows how many rows there are, which takes longer to carry out.
 */
export type AreaWay = 'index' | 'filter' | 'explain';

// As the statistics of the migration have them.
const longitudes = `case when f.bbox is not null then numrange(((f.bbox[1])[0])::numeric, ((f.bbox[0])[0])::numeric, '[]') end`;
const latitudes = `case when f.bbox is not null then numrange(((f.bbox[1])[1])::numeric, ((f.bbox[0])[1])::numeric, '[]') end`;

/** Adds that the box of a file touches each of the areas. */
export function addAreas(conditions: Conditions, areas: readonly SearchArea[], way: AreaWay): void {
  for (const { boxes } of areas) addBoxes(conditions, boxes, way);
}

function addBoxes(conditions: Conditions, boxes: readonly BoundingBox[], way: AreaWay): void {
  const parts = boxes.flatMap(storedBoxes).map((box) => {
    if (way !== 'explain') return `f.bbox && ${conditions.bind(boxText(box), 'box')}`;
    const range = (from: number, to: number) =>
      `numrange(${conditions.bind(from, 'numeric')}, ${conditions.bind(to, 'numeric')}, '[]')`;
    return `(${longitudes}) && ${range(box.west, box.east)} and (${latitudes}) && ${range(box.south, box.north)}`;
  });
  const any = parts.join(' or ');
  conditions.add(way === 'filter' ? `coalesce(${any}, false)` : any);
}

/**
 * Where the stored boxes may be that touch one: they go from -180 to 540, for they are in one piece too. At a pole all
 * longitudes are one point, which each box that reaches it has.
 */
export function storedBoxes(box: BoundingBox): BoundingBox[] {
  const around = { west: -180, east: 540 };
  if (box.east - box.west >= 360) return [{ ...box, ...around }];
  const shifted = [0, 360, -360]
    .map((turn) => ({ ...box, west: box.west + turn, east: box.east + turn }))
    .filter(({ east }) => east >= -180);
  const poles = [box.north >= 90 ? [90] : [], box.south <= -90 ? [-90] : []].flat();
  return [...shifted, ...poles.map((pole) => ({ ...around, south: pole, north: pole }))];
}
