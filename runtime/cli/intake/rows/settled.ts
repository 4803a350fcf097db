import { below, type ChangedNumber, isKept, type JsonPath } from '../../../../seed-schema/index.ts';
import { UnkeptNumber } from '../../recipe-file/parse-text.ts';

/** A document whose numbers are doubles, and the first of them that is not what was written. */
export interface Settled {
  readonly document: unknown;
  readonly changed?: ChangedNumber | undefined;
}

/** Makes numbers of those of a document that was read with all their digits. Pure. @param path of the document */
export function settled(document: unknown, path: JsonPath = ''): Settled {
  let changed: ChangedNumber | undefined;
  const settle = (value: unknown, at: JsonPath): unknown => {
    if (typeof value === 'bigint') {
      if (!isKept(`${value}`)) changed ??= { path: at, number: `${value}` };
      return Number(value);
    }
    if (value instanceof UnkeptNumber) {
      changed ??= { path: at, number: value.written };
      return Number(value.written);
    }
    if (Array.isArray(value)) return value.map((one, index) => settle(one, below(at, index)));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, settle(one, below(at, key))]));
  };
  return { document: settle(document, path), changed };
}
