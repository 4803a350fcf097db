export { cancelBatch, finalizeBatch, requeueFailed } from './end-staging.ts';
export { TaskExists } from './task-exists.ts';
export { type ForeseenTask, foreseeTasks, type PostedTask, postTasks } from './post-tasks.ts';
export {
  listTasks,
  type TaskFilter,
  taskOrders,
  type TaskRow,
  tasksById,
  type TaskState,
  taskStates,
} from './task.ts';
