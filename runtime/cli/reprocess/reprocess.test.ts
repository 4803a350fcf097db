import { describe, expect, it } from '@jest/globals';
import { forcedNodes } from './forced-nodes.ts';
import { planText } from './plan-text.ts';

describe('forcedNodes', () => {
  it('are those that are named, inside of sub-recipes by their path', () => {
    expect(forcedNodes(false, [])).toEqual({ all: false });
    expect(forcedNodes(true, ['a'])).toEqual({ all: true });
    expect(forcedNodes(false, ['a', 'r/x', 'r/s/y'])).toEqual({
      all: false,
      nodes: ['a', 'r'],
      sub_recipes: {
        r: {
          all: false,
          nodes: ['x', 's'],
          sub_recipes: { s: { all: false, nodes: ['y'] } },
        },
      },
    });
    expect(forcedNodes(false, ['r', 'r/x'])).toMatchObject({ sub_recipes: { r: { all: true } } });
  });
});

describe('planText', () => {
  it('says for each node what becomes of it and why, those of sub-recipes below theirs', () => {
    const plan = {
      recipe: { id: 7 },
      recipe_type: { id: 1, name: 'mosaic' },
      revision_num: 3,
      nodes: [
        { name: 'tiles', action: 'CARRIED_OVER', reason: 'It has not changed' },
        {
          name: 'part',
          action: 'RUN',
          reason: 'It is forced',
          nodes: [{ name: 'x', action: 'RUN', reason: 'It\nis new' }],
        },
        { name: 'old', action: 'DELETED', reason: 'The recipe type has no such node any more' },
      ],
    } as const;
    expect(planText(plan)).toBe(
      `recipe 7 as revision 3 of mosaic: 2 of 4 nodes run
NODE    ACTION   REASON
tiles   kept     It has not changed
part    run      It is forced
part/x  run      It is new
old     dropped  The recipe type has no such node any more
`,
    );
  });
});
