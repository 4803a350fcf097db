import type { RecipeData } from '../../../../../seed-schema/index.ts';
import { type InputFile, inputFilesById } from '../../../../catalog/index.ts';
import type { Database, Queries } from '../../../../database/index.ts';
import {
  decideCondition,
  factsOfFiles,
  recipeContext,
  type StoredConfiguration,
} from '../../../../recipes/index.ts';
import { decideJobs, outputsOfExecutions, workspaceLook } from '../../../../scheduler/index.ts';
import type { ForeseeBatchContext } from '../../foreseen.ts';
import type { Untold } from '../tally.ts';
import { type FlatPlan, flatPlan, type FlatStep } from './flat-plan.ts';
import { type NodeTemplates, nodeTemplates } from './node-templates.ts';
import { beginning, ending, fateOfWaiting, type Foreseen } from './standing.ts';

/** Decides on recipes that begin with this, without making them; what is carried over is in it. */
export interface RecipeDecider {
  readonly plan: FlatPlan;
  readonly decide: (begun: readonly BegunRecipe[], files: Map<number, InputFile>) => Promise<void>;
}

/** A recipe that is to be decided on: `fates` gets what becomes of its jobs. */
export interface BegunRecipe extends Foreseen {
  readonly configuration: StoredConfiguration;
}

/** @returns or why recipes of this revision cannot be decided on without being made */
export async function recipeDecider(
  db: Database,
  tx: Queries,
  { foresee }: ForeseeBatchContext,
  revisionId: number,
): Promise<RecipeDecider | Untold> {
  const { plans } = recipeContext(db, foresee.config);
  const plan = flatPlan(await plans.of(tx, revisionId));
  if ('untold' in plan) return plan;
  const templatesOf = await nodeTemplates(tx, { ...foresee, installation: db.installation }, plan);
  const unreachable = workspaceLook(foresee.workspaces);
  return {
    plan,
    decide: async (begun, files) => {
      const members: Member[] = [];
      for (const one of begun) members.push({ ...one, templates: await templatesOf(one.configuration) });
      for (const steps of plan.levels) await decideLevel({ tx, plan, members, files, unreachable }, steps);
    },
  };
}

interface Member extends Foreseen {
  readonly templates: NodeTemplates;
}

/** Recipes that are decided on at once. */
interface Chunk {
  readonly tx: Queries;
  readonly plan: FlatPlan;
  readonly members: readonly Member[];
  /** That are known of so far. */
  readonly files: Map<number, InputFile>;
  readonly unreachable: ReturnType<typeof workspaceLook>;
}

/** A node that begins. */
interface Begun {
  readonly member: Member;
  readonly step: FlatStep;
  readonly input: RecipeData;
}

async function decideLevel(chunk: Chunk, steps: readonly FlatStep[]): Promise<void> {
  const { tx, plan, members } = chunk;
  const jobs: Begun[] = [];
  for (const step of steps) {
    const conditions: Begun[] = [];
    for (const member of members) {
      if (member.nodes[step.node]) continue; // carried over
      if (step.kind === 'end') {
        member.nodes[step.node] = ending(plan, step, member);
        continue;
      }
      if (step.kind === 'begin' && member.inputs[step.inside!]) continue;
      const input = beginning(plan, step, member);
      if (step.kind === 'begin') member.inputs[step.inside!] = input;
      else if ('state' in input) {
        // A condition that waits for others may decide either way.
        const isOpen = step.kind === 'condition' && input.state === 'RUNS';
        member.nodes[step.node] = isOpen ? { ...input, state: 'UNKNOWN' } : input;
        if (step.kind === 'job') member.fates.push(fateOfWaiting(step.name, input));
      } else (step.kind === 'job' ? jobs : conditions).push({ member, step, input });
    }
    await decideConditions(tx, conditions);
  }
  await decideBegun(chunk, jobs);
}

async function decideConditions(tx: Queries, conditions: readonly Begun[]): Promise<void> {
  if (conditions.length === 0) return;
  const inputs = conditions.map(({ input }) => input);
  const facts = await factsOfFiles(tx, inputs);
  for (const { member, step, input } of conditions) {
    const { accepted, output } = decideCondition(step.graph.node, input, facts);
    member.nodes[step.node] = { state: 'COMPLETED', output, accepted };
  }
}

async function decideBegun({ tx, files, unreachable }: Chunk, jobs: readonly Begun[]): Promise<void> {
  if (jobs.length === 0) return;
  const unknown = new Set<number>();
  for (const { input } of jobs)
    for (const ids of Object.values(input.files)) for (const id of ids) if (!files.has(id)) unknown.add(id);
  for (const [id, file] of await inputFilesById(tx, [...unknown])) files.set(id, file);
  const fates = await decideJobs(
    tx,
    jobs.map(({ member, step, input }) => ({
      template: member.templates[step.node]!,
      ...{ files: input.files, json: input.json },
    })),
    { files, unreachable: await unreachable(files.values()) },
  );
  const taken = new Set<number>();
  for (const [at, { reuses }] of fates.entries())
    if (reuses && jobs[at]!.step.isUsed) taken.add(reuses.jobExeId);
  const outputs = await outputsOfExecutions(tx, [...taken]);
  for (const [at, { action, reason, reuses }] of fates.entries()) {
    const { member, step } = jobs[at]!;
    member.fates.push({ node: step.name, action, reason });
    member.nodes[step.node] = reuses
      ? { state: 'COMPLETED', output: outputs.get(reuses.jobExeId) ?? {}, accepted: null }
      : { state: 'RUNS', reason };
  }
}
