/**
 * The state machine of a job, and of its executions. Every transition is one function of this room, takes the
 * transaction in which it happens, and writes its event in that transaction.
 *
 *   PENDING    waits for its input (a parent job of its recipe)
 *   BLOCKED    cannot get its input, since a parent failed or was canceled
 *   QUEUED     has all it needs and waits for a machine       `submit`
 *   RUNNING    an execution of it runs                        `claim`: QUEUED → RUNNING, a new job_exe in RUNNING
 *   COMPLETED  its products are in the catalogue              `finish`: RUNNING → COMPLETED | FAILED | CANCELED,
 *   FAILED     its last execution failed                                 job and job_exe together
 *   CANCELED   stopped on demand
 *
 * An execution is known by (job_exe.id, epoch). `finish` changes only an execution that is RUNNING with that epoch: a
 * runtime that lost its execution finds no row, and its result is discarded. `failOrphans` ends the executions whose
 * runtime is dead.
 */
export type JobStatus = 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED';

/** How an execution ends. */
export type EndStatus = Extract<JobStatus, 'COMPLETED' | 'FAILED' | 'CANCELED'>;
