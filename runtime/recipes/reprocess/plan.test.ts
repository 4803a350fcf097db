import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ForcedNodes, RecipeDefinition } from '../../../seed-schema/index.ts';
import {
  anyForced,
  anyRevision,
  conditionNode,
  definitionOf,
  jobNode,
  recipeNode,
} from '../../recipe/diff/definitions.fixture.ts';
import { parentNames } from '../../recipe/index.ts';
import type { NodeState } from '../state.ts';
import { changesAnything, type OldRecipe, planReprocess, type ReprocessPlan, type Target } from './plan.ts';

const none: ForcedNodes = { all: false };

/** All completed, but for the states that are given. */
function old(
  definition: RecipeDefinition,
  states: Readonly<Record<string, NodeState>> = {},
  parts: Readonly<Record<string, OldRecipe>> = {},
): OldRecipe {
  const names = Object.keys(definition.nodes);
  return {
    id: 1,
    ...{ definition, input: {}, configuration: {} },
    nodes: new Map(
      names.map((name, id) => [
        name,
        { id, state: states[name] ?? 'COMPLETED', accepted: null, subRecipe: parts[name] },
      ]),
    ),
  };
}

const target = (definition: RecipeDefinition, recipes: Readonly<Record<string, Target>> = {}): Target => ({
  definition,
  recipes: new Map(Object.entries(recipes)),
});

/** `name: action`, with what is inside of sub-recipes after a dot. */
function actions({ nodes }: ReprocessPlan): string[] {
  return nodes.flatMap(({ name, action, subRecipe }) => [
    `${name}: ${action}`,
    ...(subRecipe ? actions(subRecipe).map((inner) => `${name}.${inner}`) : []),
  ]);
}

const reasons = ({ nodes }: ReprocessPlan) =>
  Object.fromEntries(nodes.map(({ name, reason }) => [name, reason]));

describe('planReprocess', () => {
  const chain = definitionOf({
    a: jobNode('a'),
    b: jobNode('b', ['a']),
    c: jobNode('c', ['b']),
    d: jobNode('d'),
  });

  it('carries over what has not changed, and says why each node runs', () => {
    const after = definitionOf({
      a: jobNode('a'),
      b: jobNode('b', ['a'], { type: { job_type_revision: 2 } }),
      c: jobNode('c', ['b']),
      e: jobNode('e'),
    });
    const plan = planReprocess(old(chain), target(after), none);
    expect(plan.reasons).toEqual([]);
    expect(changesAnything(plan)).toBe(true);
    expect(actions(plan).sort()).toEqual(['a: CARRIED_OVER', 'b: RUN', 'c: RUN', 'd: DELETED', 'e: RUN']);
    expect(reasons(plan)).toEqual({
      a: 'It has not changed',
      b: 'Job type revision changed from 1 to 2',
      c: 'Parent node b changed',
      d: 'The recipe type has no such node any more',
      e: 'It is new',
    });
  });

  it('runs what is forced, and all that depends on it', () => {
    const plan = planReprocess(old(chain), target(chain), { all: false, nodes: ['b'] });
    expect(reasons(plan)).toEqual({
      a: 'It has not changed',
      b: 'It is forced',
      c: 'It depends on b, which runs again',
      d: 'It has not changed',
    });
  });

  it('runs what has not completed, and carries over what was skipped', () => {
    const states = { b: 'STUCK', c: 'WAITING', d: 'SKIPPED' } as const;
    const plan = planReprocess(old(chain, states), target(chain), none);
    expect(actions(plan).sort()).toEqual(['a: CARRIED_OVER', 'b: RUN', 'c: RUN', 'd: CARRIED_OVER']);
    expect(reasons(plan)).toMatchObject({
      b: 'It has not completed',
      c: 'It depends on b, which runs again',
      d: 'It has not changed, and was skipped',
    });
  });

  it('does not carry over what was skipped while a node before it still ran', () => {
    const definition = definitionOf({ a: jobNode('a'), c: conditionNode(), x: jobNode('x', ['a', 'c']) });
    const plan = planReprocess(old(definition, { a: 'STARTED', x: 'SKIPPED' }), target(definition), none);
    expect(actions(plan)).toEqual(['a: RUN', 'c: CARRIED_OVER', 'x: RUN']);
  });

  it('has nothing to do where nothing has changed and all has completed', () => {
    const plan = planReprocess(old(chain), target(chain), none);
    expect(changesAnything(plan)).toBe(false);
  });

  it('says why an input does not fit, and which forced nodes there are not', () => {
    const json = [{ name: 'level', type: 'integer', required: true } as const];
    const after = definitionOf({ r: recipeNode('r') }, { json });
    const forced = { all: false, nodes: ['x'], sub_recipes: { r: { all: false, nodes: ['y'] } } };
    const plan = planReprocess(old(chain), target(after, { r: target(chain) }), forced);
    expect(plan.reasons.map(({ name, description }) => `${name}: ${description}`)).toEqual([
      'INPUT_CHANGE: Input interface has changed: the input level is required and new',
      'UNKNOWN_NODE: the node x is to run again, and the recipe type has none of that name',
      'UNKNOWN_NODE: the node y is to run again, and the recipe type has none of that name',
    ]);
  });
});

describe('planReprocess of sub-recipes', () => {
  const inner = definitionOf({ x: jobNode('x'), y: jobNode('y', ['x']), z: jobNode('z') });
  const innerAfter = definitionOf({
    x: jobNode('x'),
    y: jobNode('y', ['x']),
    z: jobNode('z', [], { type: { job_type_revision: 2 } }),
  });
  const outer = definitionOf({
    first: jobNode('f'),
    part: recipeNode('r', 1, ['first']),
    last: jobNode('l', ['part']),
  });
  const before = old(outer, {}, { part: old(inner) });
  const same = target(outer, { part: target(inner) });

  it('carries them over as a whole', () => {
    const plan = planReprocess(before, same, { all: false, nodes: ['last'] });
    expect(actions(plan)).toEqual(['first: CARRIED_OVER', 'part: CARRIED_OVER', 'last: RUN']);
  });

  it('runs in one of another revision what has changed there', () => {
    const raised = definitionOf({ ...outer.nodes, part: recipeNode('r', 2, ['first']) });
    const plan = planReprocess(before, target(raised, { part: target(innerAfter) }), none);
    expect(actions(plan).sort()).toEqual([
      'first: CARRIED_OVER',
      'last: RUN',
      'part.x: CARRIED_OVER',
      'part.y: CARRIED_OVER',
      'part.z: RUN',
      'part: RUN',
    ]);
    expect(plan.nodes.find(({ name }) => name === 'part')).toMatchObject({ keepsResults: true });
  });

  it('runs in it what is forced there, or all where only the node is named', () => {
    const some = { all: false, sub_recipes: { part: { all: false, nodes: ['x'] } } };
    expect(
      actions(planReprocess(before, same, some))
        .filter((line) => line.startsWith('part.'))
        .sort(),
    ).toEqual(['part.x: RUN', 'part.y: RUN', 'part.z: CARRIED_OVER']);
    const whole = planReprocess(before, same, { all: false, nodes: ['part'] });
    expect(
      actions(whole)
        .filter((line) => line.startsWith('part.'))
        .sort(),
    ).toEqual(['part.x: RUN', 'part.y: RUN', 'part.z: RUN']);
    expect(whole.nodes.find(({ name }) => name === 'part')).toMatchObject({ keepsResults: false });
  });

  it('runs all of it when a node before it runs again, whatever is forced there', () => {
    const forced = { all: false, nodes: ['first'], sub_recipes: { part: { all: false, nodes: ['x'] } } };
    const plan = planReprocess(before, same, forced);
    expect(
      actions(plan)
        .filter((line) => line.startsWith('part.'))
        .sort(),
    ).toEqual(['part.x: RUN', 'part.y: RUN', 'part.z: RUN']);
  });

  it('runs all of it when its input comes from elsewhere', () => {
    const rewired = definitionOf({ ...outer.nodes, part: { ...recipeNode('r', 1, ['first']), input: {} } });
    const plan = planReprocess(before, target(rewired, { part: target(inner) }), none);
    expect(
      actions(plan)
        .filter((line) => line.startsWith('part.'))
        .sort(),
    ).toEqual(['part.x: RUN', 'part.y: RUN', 'part.z: RUN']);
  });

  it('runs only what has not completed of one that is under way', () => {
    const half = old(outer, { part: 'STARTED', last: 'WAITING' }, { part: old(inner, { y: 'STUCK' }) });
    expect(actions(planReprocess(half, same, none)).sort()).toEqual([
      'first: CARRIED_OVER',
      'last: RUN',
      'part.x: CARRIED_OVER',
      'part.y: RUN',
      'part.z: CARRIED_OVER',
      'part: RUN',
    ]);
  });

  it('begins anew where it is of another type, runs for each, or was not started', () => {
    const other = definitionOf({ ...outer.nodes, part: recipeNode('s', 1, ['first']) });
    const each = definitionOf({
      ...outer.nodes,
      part: { ...recipeNode('r', 1, ['first']), forEach: { input: 'image', require: 'all' } },
    });
    for (const after of [other, each])
      expect(actions(planReprocess(before, target(after, { part: target(inner) }), none)).sort()).toEqual([
        'first: CARRIED_OVER',
        'last: RUN',
        'part: RUN',
      ]);
    expect(
      actions(planReprocess(old(outer, { part: 'WAITING', last: 'WAITING' }), same, none)).sort(),
    ).toEqual(['first: CARRIED_OVER', 'last: RUN', 'part: RUN']);
  });

  it('runs nothing in it when nothing in it is forced, or only its outputs are others', () => {
    const inside = ['part.x: CARRIED_OVER', 'part.y: CARRIED_OVER', 'part.z: CARRIED_OVER'];
    const forced = planReprocess(before, same, { all: false, sub_recipes: { part: none } });
    const raised = definitionOf({ ...outer.nodes, part: recipeNode('r', 2, ['first']) });
    const told = { ...inner, output: { image: { node: 'z', output: 'image' } } };
    for (const plan of [forced, planReprocess(before, target(raised, { part: target(told) }), none)]) {
      expect(
        actions(plan)
          .filter((line) => line.startsWith('part.'))
          .sort(),
      ).toEqual(inside);
      expect(actions(plan)).toContain('last: RUN');
    }
  });
});

describe('planReprocess of any recipe', () => {
  const states = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    fc.constantFrom<NodeState>('WAITING', 'STARTED', 'STUCK', 'SKIPPED'),
  );

  it('carries over only what is done and has not changed, after nothing that runs again', () => {
    fc.assert(
      fc.property(anyRevision, states, anyForced, ([before, after], given, forced) => {
        const recipe = old(before, given);
        const plan = planReprocess(recipe, target(after), forced);
        const byName = new Map(plan.nodes.map((node) => [node.name, node]));
        const carried = plan.nodes.filter(({ action }) => action === 'CARRIED_OVER');
        for (const { name, status, old: was } of carried) {
          expect(status).toBe('UNCHANGED');
          expect(['COMPLETED', 'SKIPPED']).toContain(was!.state);
          for (const parent of parentNames(after.nodes[name]!))
            expect(byName.get(parent)).toMatchObject({ action: 'CARRIED_OVER' });
        }
        expect([...byName.keys()].sort()).toEqual(
          [...new Set([...Object.keys(before.nodes), ...Object.keys(after.nodes)])].sort(),
        );
      }),
    );
  });

  it('carries over all that a completed recipe of the same revision has, unless it is forced', () => {
    fc.assert(
      fc.property(anyRevision, anyForced, ([definition], forced) => {
        const plan = planReprocess(old(definition), target(definition), none);
        expect(changesAnything(plan)).toBe(false);
        const all = planReprocess(old(definition), target(definition), { ...forced, all: true });
        expect(all.nodes.every(({ action }) => action === 'RUN')).toBe(true);
      }),
    );
  });
});
