import { fileIdsOf } from '../../../../seed-schema/index.ts';
import { inputFilesById } from '../../../catalog/index.ts';
import type { Database, Queries } from '../../../database/index.ts';
import { judgeInput } from '../../../jobs/index.ts';
import {
  decideJobs,
  jobKind,
  jobTemplates,
  type PlannedJob,
  workspaceLook,
} from '../../../scheduler/index.ts';
import type { BatchRow } from '../../creation/batch-row.ts';
import type { PlannedRun } from '../../creation/source.ts';
import type { ForeseeBatchContext } from '../foreseen.ts';
import type { MemberFate } from './tally.ts';

/** Decides on members, in their order, without making anything. */
export type DecideMembers = (runs: readonly PlannedRun[]) => Promise<MemberFate[]>;

/** Of a batch of single jobs: as `makeRuns` makes them. */
export async function singleJobs(
  db: Pick<Database, 'installation'>,
  tx: Queries,
  { submission, foresee }: ForeseeBatchContext,
  { jobTypeRevisionId, configuration }: BatchRow,
): Promise<DecideMembers> {
  const context = { ...foresee, installation: db.installation };
  const kind = await jobKind(tx, foresee.secretKey, jobTypeRevisionId!);
  const templateOf = await jobTemplates(tx, submission, context, kind);
  const unreachable = workspaceLook(foresee.workspaces);
  const ofBatch = configuration.reuse === undefined ? {} : { reuse: configuration.reuse };
  return async (runs) => {
    const files = await inputFilesById(tx, [...new Set(runs.flatMap(({ input }) => fileIdsOf(input)))]);
    const known = { files, unreachable: await unreachable(files.values()) };
    const planned: PlannedJob[] = [];
    const refusals = new Map<number, readonly string[]>();
    for (const [at, run] of runs.entries()) {
      const judged = await templateOf({ ...ofBatch, ...run.configuration });
      const given = judgeInput(run.input, kind.manifest, files);
      const errors = [...given.errors.map(({ name }) => name), ...('errors' in judged ? judged.errors : [])];
      if (!given.input || 'errors' in judged) refusals.set(at, errors);
      else planned.push({ template: judged.template, files: given.input.files, json: given.input.json });
    }
    const fates = await decideJobs(tx, planned, known);
    let nth = 0;
    return runs.map((_, at): MemberFate => {
      const errors = refusals.get(at);
      if (errors) return { errors, nodes: [] };
      const { action, reason } = fates[nth++]!;
      return { errors: [], nodes: [{ node: kind.typeName, action, reason }] };
    });
  };
}
