export { createDriver, type DriverOptions } from './driver/driver.ts';
export type { Ended, Executor, Task } from './executor.ts';
export type { DrivenNode } from './nodes/driven-node.ts';
export type { NamedEngine } from './nodes/open-nodes.ts';
export { type Scheduler, type SchedulerOptions, startScheduler } from './scheduler.ts';
