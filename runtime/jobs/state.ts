/**
 * The state machine of a job, and of its executions. Every transition is one function of this room, takes the
 * transaction in which it happens, and writes its event in that transaction.
 *
 *   PENDING    lacks something still: a parent's products, a      `submit` with that status; `requeueJobs` of a job that
 *              setting or a mount of its job type                 was never queued
 *   BLOCKED    cannot get its input, since a parent failed or was canceled
 *   QUEUED     has all it needs and waits for a machine           `submit`; `queuePending`: PENDING → QUEUED; `requeue`:
 *                                                                 FAILED | CANCELED → QUEUED
 *   RUNNING    an execution of it runs                            `claim`, `claimMany`: QUEUED → RUNNING, with a new
 *                                                                 job_exe in RUNNING and, for the scheduler, a slot
 *   COMPLETED  its products are in the catalogue                  `finish`, `finishMany`: RUNNING → COMPLETED | FAILED |
 *   FAILED     its last execution failed                          CANCELED, job and job_exe together, the slot is freed;
 *   CANCELED   stopped on demand                                  with a retry the job goes RUNNING → QUEUED, and waits
 *                                                                 there until `not_before`. `cancel`: PENDING | BLOCKED |
 *                                                                 QUEUED | FAILED → CANCELED; of a RUNNING job it is
 *                                                                 noted, and its end is CANCELED unless it completes
 *
 * An execution is known by (job_exe.id, epoch). `finish` changes only an execution that is RUNNING with that epoch: a
 * runtime that lost its execution finds no row, and its result is discarded. What the scheduler placed is taken over from
 * a dead runtime (`adopt`: the epoch grows, the state stays); what a command ran by itself is ended (`failOrphans`).
 */
export type JobStatus = 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED';

/** How an execution ends. */
export type EndStatus = Extract<JobStatus, 'COMPLETED' | 'FAILED' | 'CANCELED'>;
