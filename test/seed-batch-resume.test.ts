import { describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { Batches, nothing } from './support/batch-command.ts';
import { until } from './support/cli-files.ts';
import { testInstallation } from './support/cli.ts';
import { itLong } from './support/long.ts';

const opened = testInstallation();

async function killed(batches: Batches): Promise<void> {
  const { child, ended } = await batches.midway();
  child.kill('SIGKILL');
  await ended;
}

const resume = (batches: Batches) => batches.run('out', '-b', 'rows.csv', '--resume');

describe('a batch that was killed', () => {
  it('goes on with the containers that run still, and comes to what it would have come to', async () => {
    const batches = await Batches.in(await opened);
    await killed(batches);
    await batches.go();
    expect((await resume(batches)).exit).toBe(1);
    for (const word of ['a', 'b', 'fails', 'wait1', 'wait2', 'y', 'z'])
      expect([word, await batches.begun(word)]).toEqual([word, 1]);
    expect(await batches.remains()).toEqual(nothing);
    await batches.expectUndisturbed();
  });

  itLong('runs anew what others have given up meanwhile, whose slots they need', async () => {
    const batches = await Batches.in(await opened);
    await killed(batches);
    const others = await Batches.in(await opened);
    await others.files('b1', 'b2', 'b3', 'b4', 'b5');
    expect((await others.run('out', '-d', 'in', '--jobs', '5')).exit).toBe(0);
    await until('the dead batch to be given up', async () => {
      const { jobs, executions } = (await batches.remains()) as typeof nothing;
      if (jobs + executions === 0) return true;
      await others.run('again', '-d', 'in');
      return false;
    });
    expect(await batches.remains()).toEqual(nothing);
    await batches.go();
    expect((await resume(batches)).exit).toBe(1);
    expect([await batches.begun('a'), await batches.begun('wait1')]).toEqual([1, 2]);
    await batches.expectUndisturbed();
  });

  itLong('does not run again what completed before it could write that down', async () => {
    const batches = await Batches.in(await opened);
    await batches.files('a', 'b');
    expect((await batches.run('out', '-d', 'in')).exit).toBe(0);
    const before = await batches.results('out');
    const journal = batches.at('out/.seedbed-batch.jsonl');
    const text = await readFile(journal, 'utf8');
    await writeFile(journal, text.replace(/^\{"ended".*\n/gm, ''));
    expect((await batches.run('out', '-d', 'in', '--resume')).exit).toBe(0);
    expect((await batches.results('out')).rows).toEqual(before.rows);
    expect([await batches.begun('a'), await batches.begun('b')]).toEqual([1, 1]);
  });

  itLong('replaces what an attempt has left that came to no end', async () => {
    const batches = await Batches.in(await opened);
    await killed(batches);
    const [row] = await (
      await opened
    ).query<{ id: number }>(`select id from job where status = 'RUNNING' limit 1`);
    // As if the machine had been turned off: nothing runs, and nobody knows.
    await (
      await opened
    ).query(`update job_exe set status = 'FAILED', ended = now() where status = 'RUNNING'`);
    await (await opened).query(`update job set status = 'FAILED', ended = now() where status = 'RUNNING'`);
    await (await opened).query('update slot set job_exe_id = null, runtime = null, resources = null');
    expect(row).toBeDefined();
    await writeFile(batches.at('out/4-wait1/stale.txt'), 'from before');
    await batches.go();
    expect((await resume(batches)).exit).toBe(1);
    await batches.expectUndisturbed();
  });

  it('stops what it ran for a row that is not in the batch any more', async () => {
    const batches = await Batches.in(await opened);
    await killed(batches);
    await writeFile(batches.at('rows.csv'), ['IN,N', 'in/a,0.50', 'in/wait1,3.50'].join('\n'));
    const running = await batches.start('out', '-b', 'rows.csv', '--resume');
    await until('the execution to be adopted', async () => {
      const rows = await (await opened).query(`select 1 from job_exe where status = 'RUNNING' and epoch > 1`);
      return rows.length === 2;
    });
    await until('the other row to be stopped', async () => {
      await batches.go();
      return true;
    });
    expect((await running.ended).exit).toBe(0);
    expect((await batches.results('out')).rows.map(({ given }) => given.IN)).toEqual([
      ['in/a'],
      ['in/wait1'],
    ]);
    expect(await batches.remains()).toEqual(nothing);
  });
});

describe('a batch that is stopped', () => {
  it('stops its jobs, writes its results, and can be gone on with', async () => {
    const batches = await Batches.in(await opened);
    const { child, ended } = await batches.midway();
    child.kill('SIGINT');
    expect((await ended).exit).toBe(1);
    expect(await batches.results('out')).toMatchObject({
      ...{ status: 'failed', error: { name: 'canceled' }, completed: 2, failed: 1 },
    });
    expect(await batches.remains()).toEqual(nothing);
    await batches.go();
    expect((await resume(batches)).exit).toBe(1);
    await batches.expectUndisturbed();
  });
});

describe('a batch that is being run', () => {
  itLong('is not resumed by another process, which harms nothing', async () => {
    const batches = await Batches.in(await opened);
    const { ended } = await batches.midway();
    const other = await resume(batches);
    expect([other.exit, other.stderr]).toEqual([2, expect.stringContaining('SB1107')]);
    await batches.go();
    expect((await ended).exit).toBe(1);
    await batches.expectUndisturbed();
  });
});
