import { fileIdsOf, type RecipeData } from '../../../../../seed-schema/index.ts';
import { type InputFile, inputFilesById } from '../../../../catalog/index.ts';
import type { Database, Queries } from '../../../../database/index.ts';
import { judgeRecipeInput } from '../../../../recipe/index.ts';
import { decideCondition, factsOfFiles, recipeContext } from '../../../../recipes/index.ts';
import { decideJobs, outputsOfExecutions, workspaceLook } from '../../../../scheduler/index.ts';
import type { BatchRow } from '../../../creation/batch-row.ts';
import type { ForeseeBatchContext } from '../../foresee-batch.ts';
import type { DecideMembers } from '../single-jobs.ts';
import type { MemberFate } from '../tally.ts';
import { type FlatPlan, flatPlan, type FlatStep } from './flat-plan.ts';
import { type NodeTemplates, nodeTemplates } from './node-templates.ts';
import { beginning, ending, fateOfWaiting, type Foreseen } from './standing.ts';

/** Of a batch of recipes: as `makeRuns` makes them. @returns or why they cannot be decided on without being made */
export async function recipesOfBatch(
  db: Database,
  tx: Queries,
  { foresee }: ForeseeBatchContext,
  { recipeTypeRevisionId, configuration }: BatchRow,
): Promise<DecideMembers | { readonly untold: string }> {
  const { plans } = recipeContext(db, foresee.config);
  const plan = flatPlan(await plans.of(tx, recipeTypeRevisionId!));
  if ('untold' in plan) return plan;
  const parameters = plan.recipes[0]!.plan.definition.input;
  const templatesOf = await nodeTemplates(tx, { ...foresee, installation: db.installation }, plan);
  const unreachable = workspaceLook(foresee.workspaces);
  const ofBatch = configuration.reuse === undefined ? {} : { reuse: configuration.reuse };
  return async (runs) => {
    const files = await inputFilesById(tx, [...new Set(runs.flatMap(({ input }) => fileIdsOf(input)))]);
    const members: Member[] = [];
    const fates: MemberFate[] = [];
    for (const run of runs) {
      const { errors, input } = judgeRecipeInput(run.input, parameters, files);
      const nodes: Member['fates'] = [];
      fates.push({ errors: errors.map(({ name }) => name), nodes });
      if (!input) continue;
      const priority = run.priority ?? configuration.priority;
      const own = { ...ofBatch, ...run.configuration, ...(priority !== undefined && { priority }) };
      members.push({ nodes: [], inputs: [input], fates: nodes, templates: await templatesOf(own) });
    }
    const chunk: Chunk = { tx, plan, members, files, unreachable };
    for (const steps of plan.levels) await decideLevel(chunk, steps);
    return fates;
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
      if (step.kind === 'end') {
        member.nodes[step.node] = ending(plan, step, member);
        continue;
      }
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
