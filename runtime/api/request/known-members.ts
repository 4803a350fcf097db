import type { AnySchemaObject } from 'ajv';
import { below, isObject } from '../../../seed-schema/index.ts';

/** Beyond as many, unknown members are left for the judge to refuse: each costs time to look at. */
const mostUnknown = 1000;

export interface KnownMembers {
  readonly document: unknown;
  /** Paths of what was left out. */
  readonly unknown: readonly string[];
}

/**
 * A document without the members that its schema neither names nor leaves open. Knows `properties`, `additionalProperties`,
 * `items` and references to `definitions`. What the schema calls an object and says no more of is left as it is: a
 * manifest, a configuration or a definition is judged by a schema of its own.
 * @param isMeant whether an unknown member is to stay, and so to be refused; given those that are known beside it
 */
export function knownMembers(
  document: unknown,
  schema: AnySchemaObject,
  isMeant: (name: string, known: readonly string[]) => boolean = () => false,
): KnownMembers {
  const unknown: string[] = [];
  const definitions = (schema.definitions ?? {}) as Readonly<Record<string, AnySchemaObject>>;

  function isUnknown(name: string, at: string, known: readonly string[]): boolean {
    if (unknown.length >= mostUnknown || isMeant(name, known)) return false;
    unknown.push(below(at, name));
    return true;
  }

  function known(value: unknown, given: unknown, at: string): unknown {
    const part = resolved(given, definitions);
    if (!part) return value;
    if (Array.isArray(value)) {
      const { items } = part;
      return resolved(items, definitions) ? value.map((one, i) => known(one, items, `${at}[${i}]`)) : value;
    }
    if (!isObject(value)) return value;
    const { properties = {}, additionalProperties: more } = part as {
      properties?: Readonly<Record<string, unknown>>;
      additionalProperties?: unknown;
    };
    const names = Object.keys(properties);
    const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
      if (Object.hasOwn(properties, name)) return [[name, known(member, properties[name], below(at, name))]];
      if (more === false && isUnknown(name, at, names)) return [];
      return [[name, known(member, more, below(at, name))]];
    });
    return Object.fromEntries(members);
  }

  return { document: known(document, schema, ''), unknown };
}

function resolved(
  schema: unknown,
  definitions: Readonly<Record<string, AnySchemaObject>>,
): AnySchemaObject | undefined {
  if (!isObject(schema)) return undefined;
  const { $ref: to } = schema;
  return typeof to === 'string' ? definitions[to.replace('#/definitions/', '')] : schema;
}
