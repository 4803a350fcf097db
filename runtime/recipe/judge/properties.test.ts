import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { topologicalOrder } from '../graph.ts';
import { condition, job, knownTypes, ofNode, ofRecipe, recipe } from './definition.fixture.ts';
import { judgeDefinition } from './judge.ts';
import { judgeRecipeInput } from './judge-input.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd', 'toString', '__proto__');
const parameter = fc.constantFrom(
  'IN',
  'IMAGE',
  'PARTS',
  'NAME',
  'SCENE',
  'PICTURE',
  'MASK',
  'TILES',
  'OUT',
  'MARKED',
);
const connection = fc.oneof(
  fc.constantFrom('SCENE', 'SCENES', 'WORD', 'none').map(ofRecipe),
  fc.tuple(name, parameter).map(([node, output]) => ofNode(node, output)),
  fc.jsonValue(),
);
const dependencies = fc.array(fc.record({ name, acceptance: fc.boolean() }, { requiredKeys: ['name'] }), {
  maxLength: 3,
});
const more = fc.record({ dependencies, forEach: parameter }, { requiredKeys: [] });
const input = fc.dictionary(parameter, connection, { maxKeys: 3 });
const node = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('parse', 'mark', 'join', 'greet', 'none'), input, more)
      .map(([type, ...rest]) => job(type, ...rest)),
  },
  { weight: 1, arbitrary: fc.tuple(input, more).map(([given, rest]) => recipe('inner', given, rest)) },
  { weight: 1, arbitrary: fc.tuple(input, more).map(([given, rest]) => condition(given, { node: rest })) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** Mostly of the right shape, and often wrong otherwise. */
const definition = fc.record(
  {
    version: fc.constantFrom('6', '7', '8'),
    input: fc.constant({
      files: [{ name: 'SCENE' }, { name: 'SCENES', multiple: true }],
      json: [{ name: 'WORD', type: 'string' }],
    }),
    output: fc.dictionary(fc.constantFrom('X', 'Y'), fc.record({ node: name, output: parameter })),
    nodes: fc.dictionary(name, node, { maxKeys: 5 }),
  },
  { requiredKeys: ['input', 'nodes'] },
);

/** Valid by its making: each node is connected to those before it. */
const chain = fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.boolean()), { maxLength: 12 }).map((steps) =>
  Object.fromEntries([
    ['n0', job('mark', { IMAGE: ofRecipe('SCENE') })],
    ...steps.map(([isCondition, back, acceptance], index) => {
      const parent = `n${back % (index + 1)}`;
      const before = steps[(back % (index + 1)) - 1];
      const source = ofNode(parent, before?.[0] ? 'IN' : 'MARKED');
      const listed = { dependencies: [{ name: parent, acceptance }] };
      return [
        `n${index + 1}`,
        isCondition ? condition({ IN: source }, { node: listed }) : job('mark', { IMAGE: source }, listed),
      ];
    }),
  ]),
);

describe('judging a definition', () => {
  it('ends without an exception, whatever the document', () => {
    fc.assert(
      fc.property(fc.oneof(definition, fc.anything(), fc.jsonValue()), (document) => {
        const judged = judgeDefinition(document, knownTypes, 'outer');
        expect(judged.is_valid).toBe(judged.errors.length === 0);
        expect(judged.definition !== undefined && judged.interface !== undefined).toBe(judged.is_valid);
        for (const { name: kind, description } of [...judged.errors, ...judged.warnings]) {
          expect(kind).toMatch(/^[A-Z_]+$/);
          expect(description).not.toMatch(/\.$/);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('gives a definition that is judged the same when it is judged again', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          definition,
          chain.map((nodes) => ({ input: { files: [{ name: 'SCENE' }] }, nodes })),
        ),
        (document) => {
          const { definition: first, interface: given } = judgeDefinition(document, knownTypes);
          fc.pre(first !== undefined);
          const again = judgeDefinition(JSON.parse(JSON.stringify(first)), knownTypes);
          expect(again.errors).toEqual([]);
          expect(again.definition).toEqual(first);
          expect(again.interface).toEqual(given);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes every graph without cycles, and no other', () => {
    fc.assert(
      fc.property(chain, fc.nat(), fc.nat(), (nodes, one, other) => {
        const names = Object.keys(nodes);
        const from = names[one % names.length]!;
        const to = names[other % names.length]!;
        const node = nodes[from] as { dependencies?: object[] };
        const more = {
          ...nodes,
          [from]: { ...node, dependencies: [...(node.dependencies ?? []), { name: to }] },
        };
        const { errors, definition: valid } = judgeDefinition(
          { input: { files: [{ name: 'SCENE' }] }, nodes: more },
          knownTypes,
        );
        const ancestors = new Set<string>();
        const parents = (child: string) =>
          ((more[child] as { dependencies?: { name: string }[] }).dependencies ?? []).map(
            (each) => each.name,
          );
        for (let open = parents(from); open.length > 0;) {
          const next = open.pop()!;
          if (!ancestors.has(next)) open.push(...parents(next));
          ancestors.add(next);
        }
        expect(errors.map((error) => error.name)).toEqual(ancestors.has(from) ? ['CIRCULAR_DEPENDENCY'] : []);
        const ordered = valid && topologicalOrder(valid.nodes).length;
        expect(ordered).toBe(ancestors.has(from) ? undefined : names.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('judging the input of a recipe', () => {
  it('ends without an exception, whatever the document', () => {
    const parameters = {
      files: [{ name: 'IN', media_types: ['image/png'], required: true, multiple: false }],
      json: [{ name: 'N', type: 'integer', required: false } as const],
    };
    const files = new Map([[1, { media_type: 'image/png', is_deleted: false }]]);
    const given = fc.record(
      {
        files: fc.dictionary(fc.constantFrom('IN', 'N', 'X'), fc.array(fc.integer({ min: 0, max: 2 }))),
        json: fc.dictionary(fc.constantFrom('IN', 'N', 'X'), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(given, fc.jsonValue()), (document) => {
        const { errors, input: kept } = judgeRecipeInput(document, parameters, files);
        expect(kept === undefined).toBe(errors.length > 0);
        for (const key of [...Object.keys(kept?.files ?? {}), ...Object.keys(kept?.json ?? {})])
          expect(['IN', 'N']).toContain(key);
      }),
      { numRuns: 500 },
    );
  });
});
