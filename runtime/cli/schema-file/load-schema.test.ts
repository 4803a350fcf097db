import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSchema } from './load-schema.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-schema-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

let count = 0;
/** Loads a schema from a file of its own. */
async function load(schema: unknown) {
  const file = path.join(directory, `${count++}.json`);
  await writeFile(file, typeof schema === 'string' ? schema : JSON.stringify(schema));
  return loadSchema(file);
}

const said = async (schema: unknown, document: unknown) =>
  (await load(schema))(document).map(({ description }) => description);

describe('each draft is read by its own rules', () => {
  it.each([
    ['http://json-schema.org/draft-04/schema#', { minimum: 3, exclusiveMinimum: true }],
    ['http://json-schema.org/draft-06/schema#', { exclusiveMinimum: 3, if: false, else: false }],
    ['http://json-schema.org/draft-07/schema', { if: { minimum: 4 }, else: { const: 0 } }],
    [undefined, { if: { minimum: 4 }, else: { const: 0 } }],
    ['https://json-schema.org/draft/2019-09/schema', { $defs: { n: { minimum: 4 } }, $ref: '#/$defs/n' }],
    ['https://json-schema.org/draft/2020-12/schema', { exclusiveMinimum: 3 }],
  ])('%s', async ($schema, rules) => {
    const judge = await load({ $schema, ...rules });
    expect([judge(4), judge(3).length]).toEqual([[], 1]);
  });

  it('ignores what stands beside $ref until 2019-09, and not after', async () => {
    const beside = { definitions: { any: {} }, $ref: '#/definitions/any', maximum: 3 };
    expect(await said({ $schema: 'http://json-schema.org/draft-07/schema#', ...beside }, 5)).toEqual([]);
    const later = await said({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...beside }, 5);
    expect(later).toHaveLength(1);
  });

  it('knows prefixItems of 2020-12 and items of before', async () => {
    const items = [{ type: 'string' }];
    const modern = 'https://json-schema.org/draft/2020-12/schema';
    expect(await said({ $schema: modern, prefixItems: items }, [1])).toEqual(['[0] must be a string, not 1']);
    expect(await said({ items }, [1])).toEqual(['[0] must be a string, not 1']);
  });

  it('takes patterns that escape more than they need', async () => {
    expect(await said({ pattern: '^[a-z]+\\-\\_$' }, 'a-_')).toEqual([]);
  });
});

describe('findings', () => {
  it('say which member it is, what was expected and what was found; all of them', async () => {
    const schema = {
      type: 'object',
      required: ['colour', 'size'],
      additionalProperties: false,
      minProperties: 4,
      properties: {
        colour: { enum: ['red', 'blue'] },
        size: { type: 'integer' },
        list: { items: { multipleOf: 5 } },
        when: { format: 'date' },
      },
    };
    const judge = await load(schema);
    const document = { colour: 'green', list: [5, 6], wen: 1, when: 'noon' };
    expect(judge(document)).toEqual(
      expect.arrayContaining([
        {
          name: 'JSON_VALIDATION_ERROR',
          path: 'size',
          description: 'size is missing; it must be a whole number',
        },
        expect.objectContaining({
          path: 'colour',
          description: 'colour must be "red" or "blue", not "green"',
        }),
        expect.objectContaining({ path: 'list[1]', description: 'list[1] must be multiple of 5' }),
        expect.objectContaining({ path: 'when', description: 'when must be a date, not "noon"' }),
        expect.objectContaining({
          path: 'wen',
          description: '`wen` is not a member of the document; did you mean `when`?',
        }),
      ]),
    );
    expect(judge({})).toContainEqual(
      expect.objectContaining({ description: 'the document must NOT have fewer than 4 properties' }),
    );
  });

  it('are 100 at most, and one of a huge document', async () => {
    const judge = await load({ items: { type: 'string' } });
    expect(judge(Array.from({ length: 1000 }, (_, index) => index))).toHaveLength(100);
    expect(judge(Array.from({ length: 30_000 }, (_, index) => index))).toHaveLength(1);
  });
});

describe('schemas of GeoJSON that were once published', () => {
  // As the metadata schema of the standard does.
  const published = {
    $schema: 'http://json-schema.org/draft-04/schema#',
    id: 'https://tools.ietf.org/html/rfc7946#',
    required: ['type'],
    properties: {
      bbox: { $ref: 'http://json-schema.org/geojson/bbox.json#' },
      geometry: { $ref: 'http://json-schema.org/geojson/geometry.json#' },
    },
  };
  const point = { type: 'Point', coordinates: [1, 2] };
  const ring = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ];

  it.each(['http://json-schema.org/draft-04/schema#', 'https://json-schema.org/draft/2020-12/schema'])(
    'are known without the network, in %s',
    async ($schema) => {
      const { id: _, ...rest } = published;
      const judge = await load($schema.includes('04') ? published : { ...rest, $schema });
      for (const geometry of [
        point,
        { type: 'Polygon', coordinates: [ring], bbox: [0, 0, 1, 1] },
        { type: 'GeometryCollection', geometries: [point] },
      ])
        expect(judge({ type: 'Feature', bbox: [0, 0, 0, 1, 1, 1], geometry })).toEqual([]);
      for (const wrong of [
        { bbox: [1, 2, 3, 4, 5] },
        { bbox: 'here' },
        { geometry: { type: 'Circle', coordinates: [1, 2] } },
        { geometry: { type: 'Polygon', coordinates: [[[0, 0]]] } },
        { geometry: { type: 'GeometryCollection', geometries: [{}] } },
      ])
        expect(judge({ type: 'Feature', ...wrong })).not.toEqual([]);
    },
  );

  it('hold whole documents too', async () => {
    const judge = await load({ $ref: 'http://json-schema.org/geojson/geojson.json#' });
    const feature = { type: 'Feature', geometry: point, properties: {} };
    expect(judge({ type: 'FeatureCollection', features: [feature] })).toEqual([]);
    expect(judge({ type: 'FeatureCollection', features: [point] })).not.toEqual([]);
  });
});

describe('what is no schema to judge by', () => {
  it.each([
    ['a file that is not there', undefined, 'schema-unreadable', /no such file/],
    ['text', '{"type": ', 'schema-not-json', /line 1, column 10/],
    ['a wrong schema', { type: 'text' }, 'invalid-schema', /type/],
    ['a bad pattern', { pattern: '(' }, 'invalid-schema', /regular expression/],
    [
      'another kind of document',
      { seedVersion: '1.0.0', job: {} },
      'invalid-schema',
      /only seedVersion, job/,
    ],
    ['another kind of value', [1], 'invalid-schema', /object,boolean/],
    ['an unknown draft', { $schema: 'http://example.org/my' }, 'invalid-schema', /example\.org.*draft-04/],
    ['asynchronous', { $async: true, type: 'object' }, 'invalid-schema', /asynchronous/],
    ['a reference inside', { $ref: '#/definitions/a' }, 'schema-reference-missing', /#\/definitions\/a/],
    ['a reference outside', { $ref: 'http://example.org/a' }, 'schema-reference-missing', /example\.org\/a/],
  ])('%s', async (_, schema, error, message) => {
    const loaded = schema === undefined ? loadSchema(path.join(directory, 'none')) : load(schema);
    await expect(loaded).rejects.toMatchObject({ error, message: expect.stringMatching(message) });
  });
});
