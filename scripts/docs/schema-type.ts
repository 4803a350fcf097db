import { isObject } from '../../seed-schema/index.ts';

type Schema = Readonly<Record<string, unknown>>;

/** What is written for the members of objects that are sent: they may also be undefined, which JSON leaves out. */
export interface TypeOptions {
  readonly isSent: boolean;
}

/**
 * A JSON Schema (2020-12, as far as our documents use it) as a TypeScript type. What types cannot say (patterns, bounds,
 * conditions) is left out. Pure.
 */
export function typeOf(schema: unknown, options: TypeOptions): string {
  if (!isObject(schema)) return schema === false ? 'never' : 'unknown';
  const of = (part: unknown) => typeOf(part, options);
  if (typeof schema.$ref === 'string') return referenceType(schema.$ref);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return union(schema.enum.map((value) => JSON.stringify(value)));
  const base = plainType(schema, options);
  const choices = [schema.anyOf, schema.oneOf].find(Array.isArray) as unknown[] | undefined;
  // Choices that only say which members are required add nothing to the members.
  const telling = choices?.filter((part) => isObject(part) && saysType(part));
  if (telling && telling.length > 0)
    return base === 'unknown' ? union(telling.map(of)) : `${base} & (${union(telling.map(of))})`;
  return base;
}

function saysType(schema: Schema): boolean {
  return ['$ref', 'type', 'enum', 'const', 'properties', 'anyOf', 'oneOf'].some((key) => key in schema);
}

function plainType(schema: Schema, options: TypeOptions): string {
  const types = [schema.type ?? (isObject(schema.properties) ? 'object' : [])].flat() as string[];
  return types.length === 0 ? 'unknown' : union(types.map((type) => oneType(type, schema, options)));
}

function oneType(type: string, schema: Schema, options: TypeOptions): string {
  if (type === 'integer') return 'number';
  if (type === 'array') return arrayType(schema, options);
  return type === 'object' ? objectType(schema, options) : type;
}

function arrayType({ items, prefixItems }: Schema, options: TypeOptions): string {
  if (Array.isArray(prefixItems))
    return `readonly [${prefixItems.map((item) => typeOf(item, options)).join(', ')}]`;
  return `readonly (${typeOf(items ?? true, options)})[]`;
}

function objectType(schema: Schema, options: TypeOptions): string {
  const { properties, required, additionalProperties: others } = schema;
  const more = isObject(others) ? typeOf(others, options) : 'unknown';
  const members = Object.entries((properties ?? {}) as Record<string, Schema>);
  if (members.length === 0)
    return others === false ? 'Readonly<Record<string, never>>' : `Readonly<Record<string, ${more}>>`;
  const needed = new Set(Array.isArray(required) ? required : []);
  const lines = members.map(([name, member]) => {
    const isNeeded = needed.has(name);
    const type = typeOf(member, options) + (options.isSent && !isNeeded ? ' | undefined' : '');
    return `${comment(member.description)}readonly ${JSON.stringify(name)}${isNeeded ? '' : '?'}: ${type};`;
  });
  const known = `{\n${lines.join('\n')}\n}`;
  return isObject(others) ? `${known} & Readonly<Record<string, unknown>>` : known;
}

/** `#/components/schemas/Job`, or a `$defs` within one. */
function referenceType(reference: string): string {
  const [name, inside] = reference.replace('#/components/schemas/', '').split('/$defs/');
  return `Schemas[${JSON.stringify(inside === undefined ? name : `${name}.${inside}`)}]`;
}

function union(types: readonly string[]): string {
  const each = [...new Set(types)].map((type) => (type.includes(' & ') ? `(${type})` : type));
  return each.includes('unknown') ? 'unknown' : each.join(' | ') || 'never';
}

/** A doc comment; empty without words. */
export function comment(words: unknown): string {
  return typeof words === 'string' && words !== ''
    ? `/** ${words.replaceAll('*/', '* /').replace(/\s+/g, ' ')} */\n`
    : '';
}
