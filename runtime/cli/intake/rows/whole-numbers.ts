import { below, type ChangedInteger, isKept, type JsonPath } from '../../../../seed-schema/index.ts';

/** A document whose whole numbers are doubles, and the first of them that is not what was written. */
export interface Settled {
  readonly document: unknown;
  readonly changed?: ChangedInteger | undefined;
}

/** Makes numbers of the whole numbers of a document that was read with all their digits. Pure. @param path of the document */
export function settled(document: unknown, path: JsonPath = ''): Settled {
  let changed: ChangedInteger | undefined;
  const settle = (value: unknown, at: JsonPath): unknown => {
    if (typeof value === 'bigint') {
      if (!isKept(`${value}`)) changed ??= { path: at, number: `${value}` };
      return Number(value);
    }
    if (Array.isArray(value)) return value.map((one, index) => settle(one, below(at, index)));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, settle(one, below(at, key))]));
  };
  return { document: settle(document, path), changed };
}
