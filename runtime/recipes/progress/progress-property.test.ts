import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withDatabase } from '../../../test/support/connected.ts';
import { evaluate } from '../../../test/support/recipe-naive.ts';
import { condition, given, node, RecipeWorld } from '../../../test/support/recipe-world.ts';
import type { DefinedNode, RecipeDefinition } from '../../../seed-schema/index.ts';

let world: RecipeWorld;
withDatabase((db, workspace) => (world = new RecipeWorld(db, workspace)));

/** A node of a random graph. */
interface Drawn {
  readonly kind: 'job' | 'condition' | 'each';
  /** Which nodes before it it depends on, and what these must decide. */
  readonly parents: readonly { readonly at: number; readonly acceptance: boolean }[];
  readonly accepts: boolean;
  readonly elements: number;
  readonly require: 'all' | 'any';
  readonly concurrency: number | undefined;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  kind: fc.constantFrom('job', 'job', 'condition', 'each'),
  parents: fc.array(fc.record({ at: fc.nat(20), acceptance: fc.boolean() }), { maxLength: 3 }),
  accepts: fc.boolean(),
  elements: fc.integer({ min: 0, max: 3 }),
  require: fc.constantFrom('all', 'any'),
  concurrency: fc.constantFrom(undefined, 1, 2),
});

/** What happens next: to which of the jobs that it could happen to. */
const happenings = fc.array(
  fc.record({ which: fc.nat(1000), kind: fc.constantFrom('end', 'end', 'end', 'fail', 'requeue', 'dies') }),
  { minLength: 10, maxLength: 40 },
);

async function definitionOf(nodes: readonly Drawn[]): Promise<RecipeDefinition> {
  const [plain, each] = [
    await world.job(),
    await world.job({ inputs: { json: [{ name: 'N', type: 'integer' }] } }),
  ];
  const entries = nodes.map(({ kind, parents, accepts, require, concurrency }, at): [string, DefinedNode] => {
    const after = Object.fromEntries(
      parents.flatMap((parent) => (at === 0 ? [] : [[`n${parent.at % at}`, parent.acceptance]])),
    );
    const forEach = { input: 'N', require, ...(concurrency !== undefined && { concurrency }) };
    const type =
      kind === 'condition'
        ? condition(
            { condition: accepts ? '==' : '!=' },
            { json: [{ name: 'N', type: 'integer', required: true }] },
          )
        : kind === 'each'
          ? each
          : plain;
    const input = kind === 'condition' ? { N: given('ONE') } : kind === 'each' ? { N: given(`L${at}`) } : {};
    return [`n${at}`, node(type, input, { after, ...(kind === 'each' && { forEach }) })];
  });
  return {
    version: '7',
    input: {
      files: [],
      json: [
        { name: 'ONE', type: 'integer', required: true },
        ...nodes.map((_, at) => ({ name: `L${at}`, type: 'array' as const, required: true })),
      ],
    },
    output: {},
    nodes: Object.fromEntries(entries),
  };
}

async function jobsOf(recipe: number) {
  return world.db.query<{ id: number; name: string; item: number; status: string }>(
    `select j.id, n.name, n.item, j.status from recipe_node n join job j on j.id = n.job_id
     where n.recipe_id = $1 order by j.id`,
    [recipe],
  );
}

async function happen(kind: string, id: number): Promise<void> {
  if (kind === 'end') await world.end(id);
  else if (kind === 'fail') await world.end(id, 'FAILED');
  else if (kind === 'requeue') await world.act('requeue', id);
  else {
    // As a kill between the end and the commit: none of it has happened.
    const dying = world.db.transaction(async (tx) => {
      await tx.query(`update job set status = 'COMPLETED' where id = $1`, [id]);
      await world.changeIn(tx, [id]);
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
  }
}

describe('progress from event to event', () => {
  it('equals a full evaluation of the whole recipe, whatever the order of events', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(drawn, { minLength: 1, maxLength: 9 }), happenings, async (nodes, events) => {
        const definition = await definitionOf(nodes);
        const { revisionId } = await world.recipeType(definition);
        const lists = nodes.map(({ elements }, at) => [`L${at}`, Array.from({ length: elements }, () => 1)]);
        const recipe = await world.submit(revisionId, { json: { ONE: 1, ...Object.fromEntries(lists) } });
        const settled = new Map<string, string>();
        const compare = async () => {
          const jobs = new Map((await jobsOf(recipe)).map((job) => [`${job.name} ${job.item}`, job.status]));
          const expected = evaluate(definition, {
            job: (name, item) => {
              const status = jobs.get(`${name} ${item}`);
              return status === 'COMPLETED' || status === 'FAILED' ? status : undefined;
            },
            verdict: (name) => nodes[Number(name.slice(1))]!.accepts,
            elements: (name) => nodes[Number(name.slice(1))]!.elements,
            settled,
          });
          const states = await world.states(recipe);
          for (const [name, state] of Object.entries(states))
            if (state === 'COMPLETED' || state === 'SKIPPED') settled.set(name, state);
          expect(states).toEqual(expected);
          expect(await world.disagreements()).toEqual([]);
        };
        await compare();
        for (const { kind, which } of events) {
          const wanted = kind === 'requeue' ? 'FAILED' : 'QUEUED';
          const jobs = (await jobsOf(recipe)).filter(({ status }) => status === wanted);
          if (jobs.length === 0) continue;
          await happen(kind, jobs[which % jobs.length]!.id);
          await compare();
        }
        for (;;) {
          const jobs = await jobsOf(recipe);
          const next = jobs.find(({ status }) => status === 'QUEUED' || status === 'FAILED');
          if (!next) break;
          await happen(next.status === 'QUEUED' ? 'end' : 'requeue', next.id);
        }
        expect(await world.recipe(recipe)).toMatchObject({
          is_completed: true,
          nodes_left: 0,
          nodes_stuck: 0,
        });
      }),
      { numRuns: Number(process.env.SEED_TEST_RUNS ?? 100) },
    );
  });
});
