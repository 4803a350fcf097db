import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../../seed-schema/index.ts';
import type { Schema } from './types.ts';

/** Collects the schemas that have a name (`$id`), so that each stands in the document once. */
export class Components {
  readonly #schemas = new Map<string, Schema>();
  /** Whole schemas stand in many others. */
  readonly #used = new Map<object, unknown>();

  /** The schema as it stands in the document: with references for what has a name. */
  use(schema: object): Schema {
    return this.#use(schema) as Schema;
  }

  #use(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#use(item));
    if (!isObject(value)) return value;
    const used = this.#used.get(value) ?? this.#convert(value);
    this.#used.set(value, used);
    return used;
  }

  #convert(value: Record<string, unknown>): unknown {
    const { $id, ...rest } = value;
    const schema = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, this.#use(part)]));
    if (typeof $id !== 'string') return schema;
    const known = this.#schemas.get($id);
    if (known && !isDeepStrictEqual(known, schema))
      throw new Error(`two schemas of the API are called ${$id}`);
    this.#schemas.set($id, schema);
    return { $ref: `#/components/schemas/${$id}` };
  }

  /** By name, sorted. */
  schemas(): Record<string, Schema> {
    return Object.fromEntries([...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
