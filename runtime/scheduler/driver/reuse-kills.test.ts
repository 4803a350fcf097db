import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ReuseWorld } from '../../../test/support/reuse-world.ts';
import type { RuntimeProcess } from '../../../test/support/runtimes.ts';
import { eventually } from '../../../test/support/scheduler.ts';

let world: ReuseWorld;
const processes: RuntimeProcess[] = [];
beforeAll(async () => {
  world = await ReuseWorld.begin();
});
afterAll(async () => {
  for (const one of processes) await one.kill('SIGKILL');
  await world.close();
});

const completed = async () => {
  const [row] = await world.db.query<{ count: number }>(
    `select count(*)::integer as count from job where status = 'COMPLETED'`,
  );
  return row!.count;
};

it('kills at any moment lose nothing and double nothing', async () => {
  const [salts, each, kills] = [8, 6, [5, 25]];
  for (let at = 0; at < salts * each; at++) await world.submit({ salt: `${at % salts}`, reuse: true });
  for (const many of [...kills, salts * each]) {
    const running = await world.startProcess();
    processes.push(running);
    await eventually(`${many} jobs are done`, async () => (await completed()) >= many);
    await running.kill('SIGKILL');
  }
  const jobs = await world.db.query<{
    salt: string;
    ran: number;
    files: number;
    same: boolean;
    tries: number;
  }>(
    `select configuration->'settings'->>'SALT' as salt, count(*) filter (where reused_job_exe_id is null)::integer as ran,
       count(distinct output->'files')::integer as files, max(num_exes)::integer as tries,
       bool_and(reused_job_exe_id is null or exists (
         select from job_exe x where x.id = reused_job_exe_id and x.output = job.output and x.exit_code = 0)) as same
     from job group by 1 order by 1`,
  );
  // One of each kind has run, and all others have its files; the rows of files are those of the ones that ran.
  expect(jobs).toEqual(
    Array.from({ length: salts }, (_, at) => ({ salt: `${at}`, ran: 1, files: 1, tries: 1, same: true })),
  );
  const rows = await world.db.query(
    `select from scale_file where file_type = 'PRODUCT' and not is_superseded`,
  );
  expect(rows).toHaveLength(salts);
  expect(await world.db.query(`select from slot where job_exe_id is not null`)).toEqual([]);
  expect(await world.db.query(`select from job where awaited_job_exe_id is not null`)).toEqual([]);
  expect(await world.db.query(`select from job_exe where status = 'RUNNING'`)).toEqual([]);
});
