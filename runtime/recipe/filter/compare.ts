import { isObject } from '../../../seed-schema/index.ts';

/** Whether two parsed JSON values are the same: `5` is `5.0`, and the order of members says nothing. However deep they nest. */
export function sameJson(one: unknown, other: unknown): boolean {
  const pairs: [unknown, unknown][] = [[one, other]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
      for (const [index, item] of a.entries()) pairs.push([item, b[index]]);
    else if (isObject(a) && isObject(b) && Object.keys(a).length === Object.keys(b).length)
      for (const key of Object.keys(a)) {
        if (!Object.hasOwn(b, key)) return false;
        pairs.push([a[key], b[key]]);
      }
    else return false;
  }
  return true;
}

/**
 * Which of two values comes first: -1, 0 or 1.
 * @returns undefined unless both are numbers, or both texts, which are compared character by character
 */
export function order(one: unknown, other: unknown): -1 | 0 | 1 | undefined {
  if (typeof one === 'number' && typeof other === 'number') return sign(one < other, one > other);
  if (typeof one === 'string' && typeof other === 'string') return sign(one < other, one > other);
  return undefined;
}

function sign(isLess: boolean, isGreater: boolean): -1 | 0 | 1 {
  if (isLess) return -1;
  return isGreater ? 1 : 0;
}

/** Whether a text has the other in it, a list such an item, or an object a member of that name. */
export function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(whole)) return whole.some((item) => sameJson(item, part));
  if (typeof part !== 'string') return false;
  return typeof whole === 'string' ? whole.includes(part) : isObject(whole) && Object.hasOwn(whole, part);
}

/** Whether each member of an object is one of the other's with the same value, or each item of a list one of the other's. */
export function isSubset(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part) && Array.isArray(whole)) return part.every((item) => contains(whole, item));
  if (!isObject(part) || !isObject(whole)) return false;
  return Object.keys(part).every((key) => Object.hasOwn(whole, key) && sameJson(part[key], whole[key]));
}
