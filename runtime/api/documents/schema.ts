import { type TSchema, type TUnsafe, Type } from '@sinclair/typebox';

/**
 * Schemas of what is answered (JSON Schema 2020-12, as OpenAPI 3.1 has it), from which the OpenAPI document is made and by
 * which the tests judge every answer. One with an `$id` is a component of that name in the document.
 */
export { Type };

/** An id: `bigint` in the database, a number in JSON. */
export const id = Type.Integer({ minimum: 1 });
export const count = Type.Integer({ minimum: 0 });
export const string = Type.String();
export const boolean = Type.Boolean();
/** ISO 8601, in UTC. */
export const time = Type.String({ format: 'date-time', pattern: 'Z$' });
/** An object of any members. */
export const anyObject = Type.Unsafe<Record<string, unknown>>({ type: 'object' });

/** An object of any names with values of one kind. */
export function mapOf<T extends TSchema>(
  value: T,
  options: { readonly description?: string } = {},
): TUnsafe<Record<string, unknown>> {
  return Type.Unsafe({ type: 'object', additionalProperties: value, ...options });
}

/** The same, or null. */
export function nullable<T extends TSchema>(schema: T): TSchema {
  const { type, ...rest } = schema as { type?: string } & TSchema;
  if (typeof type !== 'string' || schema.$id !== undefined || schema.enum !== undefined)
    return Type.Union([schema, Type.Null()]);
  return { ...rest, type: [type, 'null'] } as unknown as TUnsafe<unknown>;
}

/** One of several words. */
export function oneOf<Word extends string>(words: readonly Word[]): TUnsafe<Word> {
  return Type.Unsafe<Word>({ type: 'string', enum: [...words] });
}

/** Beside a `count`. */
export const countIsEstimate = Type.Optional(
  Type.Literal(true, {
    description: 'There are too many rows to count them each time: `count` is about right.',
  }),
);

/** A page of a list, in Scale's shape. */
export function pageOf(item: TSchema): TSchema {
  return Type.Object({
    count: Type.Integer({ minimum: 0, description: 'Rows on all pages.' }),
    count_is_estimate: countIsEstimate,
    next: nullable(Type.String({ format: 'uri-reference', description: 'Address of the next page.' })),
    previous: nullable(Type.String({ format: 'uri-reference', description: 'Address of the page before.' })),
    results: Type.Array(item),
  });
}
