import { isObject } from '../json/types.ts';
import { below, type JsonPath } from '../path.ts';

/** A GeoJSON object somewhere in a document, and where. */
export interface Located {
  readonly path: JsonPath;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Every GeoJSON object of a document, the outer before the inner, in order; of any depth. Takes broken documents too. */
export function* geojsonObjects(document: unknown): Generator<Located> {
  const open: { path: JsonPath; value: unknown }[] = [{ path: '', value: document }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value } = next;
    if (!isObject(value)) continue;
    yield { path, value };
    for (const name of ['features', 'geometries']) {
      const items = value[name];
      if (!Array.isArray(items)) continue;
      for (let i = items.length - 1; i >= 0; i--)
        open.push({ path: below(below(path, name), i), value: items[i] });
    }
    open.push({ path: below(path, 'geometry'), value: value.geometry });
  }
}
