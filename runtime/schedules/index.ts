export { dueTimes } from './due-times.ts';
export { doWhatIsDue } from './pass.ts';
export { changeSchedule, createSchedule, scheduleErrors } from './save.ts';
export {
  listRuns,
  listSchedules,
  removeSchedule,
  requestRun,
  scheduleById,
  scheduleOrders,
  type ScheduleRow,
  type ScheduleRun,
} from './schedules.ts';
export { type Schedules, startSchedules } from './start.ts';
