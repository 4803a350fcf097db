import { table } from './table.ts';

/** What is read of a JSON Schema. */
interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly if?: unknown;
  readonly items?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: unknown;
}

/** A document's members with their types: one row for each that the schema describes. */
export function membersTable(schema: object): string {
  return table(['member', 'type', 'meaning'], rowsOf(schema as Schema, ''));
}

function rowsOf(schema: Schema, prefix: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const member = value as Schema;
    const where = prefix + name;
    const inner = innerOf(member);
    return [
      [`\`${where}\``, typeOf(member), (member.description ?? '').replaceAll('******', '`******`')],
      ...(inner ? rowsOf(inner.schema, where + inner.suffix) : []),
    ];
  });
}

/** The members of a member get rows of their own when they have descriptions; otherwise the type shows them. */
function innerOf(member: Schema): { schema: Schema; suffix: string } | undefined {
  const items = member.items as Schema | undefined;
  const schema = items ?? member;
  if (schema.title === 'File' || !isDescribed(schema)) return undefined;
  return { schema, suffix: items ? '[].' : '.' };
}

function isDescribed({ properties = {} }: Schema): boolean {
  return Object.values(properties).some((member) => (member as Schema).description !== undefined);
}

function typeOf(schema: Schema): string {
  if (schema.title === 'File') return '[file](#a-file)';
  if (schema.if !== undefined) return 'object or null';
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  const names = [schema.type ?? 'anything'].flat().map((type) => {
    if (type === 'array') return `array of ${typeOf((schema.items ?? {}) as Schema)}`;
    if (type === 'object') return objectType(schema);
    return schema.format === 'date-time' && type === 'string' ? 'time' : type;
  });
  return names.join(' or ');
}

function objectType(schema: Schema): string {
  const { properties, additionalProperties } = schema;
  if (properties && !isDescribed(schema)) {
    const members = Object.entries(properties).map(
      ([name, member]) => `${name}: ${typeOf(member as Schema)}`,
    );
    return `{${members.join(', ')}}`;
  }
  if (typeof additionalProperties === 'object')
    return `{NAME: ${typeOf(additionalProperties as Schema)}, ...}`;
  return additionalProperties === true ? '{NAME: any JSON, ...}' : 'object';
}
