import {
  batchPostValidator,
  type Finding,
  Report,
  type SchedulePatch,
  type SchedulePost,
  type ScheduleTarget,
} from '../../seed-schema/index.ts';
import type { Database, Queries } from '../database/index.ts';
import { recipeTypeId } from '../recipes/index.ts';
import { Refusal } from '../scheduler/index.ts';
import { rhythmProblem } from './due-times.ts';
import { insertSchedule, scheduleById, type ScheduleRow, updateSchedule } from './schedules.ts';

/** What makes a schedule invalid. */
export const scheduleErrors = {
  INVALID_CRON: 'The expression cannot be read, or never comes.',
  INVALID_TIMEZONE: 'No time zone of that name is known.',
  INVALID_TARGET: 'A batch that `POST batches/` does not take.',
  UNKNOWN_TARGET: 'There is no such scan or recipe type.',
  NAME_TAKEN: 'There is a schedule of that name.',
} as const;

type ScheduleReport = Report<keyof typeof scheduleErrors, never>;

/** @returns its id @throws Refusal (invalid-schedule) */
export async function createSchedule(db: Queries, wanted: SchedulePost, actor: string): Promise<number> {
  const { name, cron, timezone = 'UTC', target } = wanted;
  refuseAny(await judge(db, { cron, timezone, target }));
  const id = await insertSchedule(db, wanted, actor);
  if (id !== undefined) return id;
  const report: ScheduleReport = new Report();
  report.error('NAME_TAKEN', 'name', `name is ${JSON.stringify(name)}, and there is a schedule of that name`);
  throw new Refusal(report.errors, 'invalid-schedule');
}

/** @returns false when there is no such schedule @throws Refusal (invalid-schedule) */
export function changeSchedule(db: Database, id: number, change: SchedulePatch): Promise<boolean> {
  return db.transaction(async (tx) => {
    const before = await scheduleById(tx, id, true);
    if (!before) return false;
    const { target = {} } = change;
    refuseAny(await judge(tx, { ...before, ...change, target }));
    await updateSchedule(tx, before, change);
    return true;
  });
}

async function judge(
  db: Queries,
  { cron, timezone, target }: Pick<ScheduleRow, 'cron' | 'timezone' | 'target'>,
): Promise<readonly Finding[]> {
  const report: ScheduleReport = new Report();
  const wrong = rhythmProblem({ cron, timezone });
  if (wrong)
    report.error(
      wrong.member === 'cron' ? 'INVALID_CRON' : 'INVALID_TIMEZONE',
      wrong.member,
      `${wrong.member} ${wrong.problem}`,
    );
  await judgeTarget(db, target, report);
  return report.errors;
}

async function judgeTarget(
  db: Queries,
  { scan, recipe, batch }: ScheduleTarget,
  report: ScheduleReport,
): Promise<void> {
  if (scan) {
    const rows = await db.query('select from scan where project_id = 1 and name = $1', [scan.name]);
    const path = 'target.scan.name';
    if (rows.length === 0)
      report.error(
        'UNKNOWN_TARGET',
        path,
        `${path} is ${JSON.stringify(scan.name)}, and there is no such scan`,
      );
  }
  for (const { path, description } of batch ? batchPostValidator.problems(batch) : [])
    report.error('INVALID_TARGET', `target.batch.${path}`, `target.batch: ${description}`);
  const type = recipe?.recipe_type_name;
  const path = 'target.recipe.recipe_type_name';
  if (type !== undefined && (await recipeTypeId(db, type)) === undefined)
    report.error(
      'UNKNOWN_TARGET',
      path,
      `${path} is ${JSON.stringify(type)}, and there is no such recipe type`,
    );
}

function refuseAny(errors: readonly Finding[]): void {
  if (errors.length > 0) throw new Refusal(errors, 'invalid-schedule');
}
