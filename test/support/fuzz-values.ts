import fc from 'fast-check';
import type { OpenApiDocument, Schema } from '../../runtime/api/openapi/index.ts';

/** Values that have broken services before. */
export const nasty = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    ...[2 ** 53, -(2 ** 63), 1e308, -0, 0.1, '', '\u0000', '\ud800', '%00', "'; drop table job; --"],
    ...['../../etc/passwd', 'infinity', '0000-00-00T00:00:00Z', '294277-01-01T00:00:00Z', 'x'.repeat(3000)],
    ...[[], {}, [[[[[]]]]], { __proto__: null, constructor: 1, toString: 2 }],
  ),
);

/** Texts that name what there is, what there could be, and what there is not. */
const texts = fc.oneof(
  fc.constantFrom(
    '1',
    '2',
    'test-job',
    '1.0.0',
    'stdout',
    'job-types',
    'QUEUED',
    'id',
    '-id',
    'PT1H',
    'a.tif',
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('%', '%00', '%ff', '..', '9'.repeat(30), 'P99999D', 'true', '-1', '1e3', '0x1'),
);

const times = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom('2020-01-01T00:00:00Z', 'PT3H', '2020-01-01T00:00:00+02:00', '2020-01-01'),
);

/** Values that a schema allows, more or less. */
export function valuesOf(schema: Schema, document: OpenApiDocument, depth = 0): fc.Arbitrary<unknown> {
  const inner = (part: unknown) => valuesOf(part as Schema, document, depth + 1);
  const { $ref, enum: words, anyOf, properties, items } = schema;
  if (depth > 5) return nasty;
  if (typeof $ref === 'string') return inner(document.components.schemas[$ref.split('/')[3]!]);
  if (Array.isArray(words)) return fc.constantFrom(...(words as unknown[]));
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map(inner));
  const kinds = [schema.type ?? 'anything'].flat().map((type): fc.Arbitrary<unknown> => {
    if (type === 'null') return fc.constant(null);
    if (type === 'boolean') return fc.boolean();
    if (type === 'integer' || type === 'number') return numbers(schema);
    if (type === 'string') return schema.format === 'date-time' ? times : texts;
    if (type === 'array') return fc.array(inner(items ?? {}), { maxLength: 3 });
    if (type === 'object' && properties !== undefined)
      return fc.record(
        Object.fromEntries(Object.entries(properties as object).map(([name, part]) => [name, inner(part)])),
        { requiredKeys: (schema.required as string[] | undefined) ?? [] },
      );
    return type === 'object' ? fc.dictionary(texts, nasty, { maxKeys: 3 }) : nasty;
  });
  return fc.oneof(...kinds);
}

/** Seldom more than a few: what is asked for many times over is asked for by somebody who may. */
function numbers({ minimum, maximum }: Schema): fc.Arbitrary<number> {
  const low = typeof minimum === 'number' ? minimum : -3;
  const high = Math.min(typeof maximum === 'number' ? maximum : 30, low + 30);
  return fc.integer({ min: low, max: high });
}

/** The same value, whole or with a member of it that is something else. */
export function mutated(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return nasty;
  return fc
    .tuple(fc.constantFrom(...Object.keys(value)), nasty)
    .map(([name, other]) =>
      Array.isArray(value) ? [...(value as unknown[]), other] : { ...value, [name]: other },
    );
}

/** As clients encode a part of an address, but for what is an escape already. */
export function encode(text: string): string {
  if (/^%[0-9a-f]{0,2}$/i.test(text)) return text;
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ed%a0%80';
  }
}
