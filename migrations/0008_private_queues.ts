import type { Migration } from './migration.ts';

/** Queues of one runtime each, such as that of a batch; and what an execution had to say beside its end. */
export const privateQueues: Migration = {
  name: '0008_private_queues',
  async up(knex) {
    await knex.raw(`
      alter table runtime add column queue text not null default 'default';
      comment on column runtime.queue is 'The queue that it works off.';

      alter table job_exe add column warnings jsonb not null default '[]';
      comment on column job_exe.warnings is 'What was unwise or unexpected and did not stop the job: [{name, description}].';

      create index job_private_queue on job (queue) where queue <> 'default';
    `);
  },
};
