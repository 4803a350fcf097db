import { describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { Batches, nothing, secret } from './support/batch-command.ts';
import { tree, writeFiles } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { testInstallation } from './support/cli.ts';
import { testDocker } from './support/engine.ts';

const opened = testInstallation();

/** The most executions of these jobs that held a slot at the same time. */
async function mostAtOnce(jobs: readonly (number | null)[]): Promise<number> {
  const [row] = await (
    await opened
  ).query<{ most: number }>(
    `select max((select count(*) from job_exe o where o.job_id = any($1) and o.started <= x.started
       and o.ended > x.started))::integer as most from job_exe x where x.job_id = any($1)`,
    [jobs],
  );
  return row!.most;
}

describe('seed batch', () => {
  it('runs each file of a directory, whatever it is called, and leaves nothing else', async () => {
    const batches = await Batches.in(await opened);
    const names = ['plain', '-dash', 'two words', 'a;b', 'quo"te\'s', 'line\nend', 'ünï', '$HOME', '.hidden'];
    await writeFiles(
      batches.root,
      Object.fromEntries(names.map((name, at) => [`in/${name}`, `word${at}\n`])),
    );
    const { exit, stderr } = await batches.run('out', '-d', batches.at('in'));
    expect([exit, stderr]).toEqual([0, expect.stringContaining('8 of 8 rows')]);
    const { rows, total, warnings } = await batches.results('out');
    expect([total, warnings.map(({ name }) => name)]).toEqual([8, ['left-out']]);
    const visible = names.filter((name) => !name.startsWith('.'));
    expect(await tree(batches.at('out'))).toEqual(
      [
        '.seedbed-batch.jsonl',
        'results.csv',
        'results.json',
        ...visible.flatMap((name) => [`${name}/`, `${name}/out.txt`]),
      ].sort(),
    );
    for (const { given, directory, outputs } of rows) {
      const at = names.indexOf(given.IN![0]!.slice(batches.at('in').length + 1));
      expect(await readFile(`${directory}/out.txt`, 'utf8')).toBe(`word${at}  ${secret.length}\n`);
      expect(outputs.files.OUT).toMatchObject([{ path: `${directory}/out.txt` }]);
    }
    expect(await batches.remains()).toEqual(nothing);
  });

  it('runs each row of a CSV file; those that are wrong or fail are told and end it with 1', async () => {
    const batches = await Batches.in(await opened);
    await batches.files('a', 'fails');
    const lines = ['N,IN', '1.10,in/a', '12345678901234567890,in/a', 'x,in/a', ',in/fails', '1,in/none'];
    await writeFile(batches.at('rows.csv'), lines.join('\n'));
    const { exit, stderr } = await batches.run('out', '-b', 'rows.csv');
    expect(exit).toBe(1);
    expect(stderr).toMatch(/✘ obedient 1\.0\.0 2 of 5 rows completed, 1 failed, 2 rejected/);
    const { rows } = await batches.results('out');
    expect(
      rows.map(({ row, line, status, exit_code, error }) => [row, line, status, exit_code, error?.name]),
    ).toEqual([
      [1, 2, 'completed', 0, undefined],
      [2, 3, 'completed', 0, undefined],
      [3, 4, 'rejected', null, 'invalid-json-input'],
      [4, 5, 'failed', 3, 'job-failed'],
      [5, 6, 'rejected', null, 'input-not-found'],
    ]);
    // Numbers reach the job with every digit that was written.
    expect(await readFile(batches.at('out/1-a/out.txt'), 'utf8')).toBe(`a 1.10 ${secret.length}\n`);
    expect(await readFile(batches.at('out/2-a/out.txt'), 'utf8')).toBe(
      `a 12345678901234567890 ${secret.length}\n`,
    );
    expect(await readFile(batches.at('out/4-fails/left.txt'), 'utf8')).toBe('left\n');
    expect(await readFile(rows[0]!.logs.stdout!, 'utf8')).toBe('a is done\n');
    expect(await readFile(rows[3]!.logs.stderr!, 'utf8')).toBe('it failed\n');
    expect(rows[3]!.inputs.files.IN).toMatchObject([
      { path: batches.at('in/fails'), sha256: expect.any(String) },
    ]);
    expect(rows[3]!.job).toEqual(expect.any(Number));
  });

  it('runs no more rows at once than --jobs says', async () => {
    const batches = await Batches.in(await opened);
    await batches.files('a', 'b', 'c', 'd', 'e');
    expect((await batches.run('one', '-d', 'in', '--jobs', '1')).exit).toBe(0);
    const { rows } = await batches.results('one');
    expect(await mostAtOnce(rows.map(({ job }) => job))).toBe(1);
  });

  it('runs rows side by side, as many as memory holds', async () => {
    const seedbed = await opened;
    const { docker, close } = await testDocker();
    const { MemTotal } = (await docker.info()) as { MemTotal: number };
    close();
    // Each waits for another one: alone none would end. Of three, not all fit.
    const image = await jobImage({
      name: 'pairs',
      files: [{ name: 'IN' }],
      mounts: [{ name: 'MARKS', path: '/marks', mode: 'rw' }],
      resources: { cpus: 0.1, mem: Math.floor((MemTotal / 2 ** 20) * 0.4) },
      script: 'touch /marks/$(cat $IN); while [ $(ls /marks | wc -l) -lt 2 ]; do sleep 0.1; done; sleep 0.3',
    });
    const batches = await Batches.in(seedbed);
    await batches.files('a', 'b', 'c', 'd');
    await writeFiles(batches.root, { 'pairs/.keep': '' });
    const { exit } = await seedbed.run(
      [...['batch', '-in', image, '-d', 'in', '-o', 'out', '-m', `MARKS=${batches.at('pairs')}`]],
      { cwd: batches.root, env: { SEED_NODE_SHARE: '1' } },
    );
    expect(exit).toBe(0);
    const { rows } = await batches.results('out');
    expect(await mostAtOnce(rows.map(({ job }) => job))).toBe(2);
  });

  it('gives secrets to the jobs, and keeps them nowhere', async () => {
    const seedbed = await opened;
    const batches = await Batches.in(seedbed);
    await batches.files('a');
    expect((await batches.run('out', '-d', 'in', '-v')).exit).toBe(0);
    expect(await readFile(batches.at('out/a/out.txt'), 'utf8')).toBe(`a  ${secret.length}\n`);
    const [{ tables }] = (await seedbed.query<{ tables: string[] }>(
      `select array_agg(quote_ident(table_name)) as tables from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    )) as [{ tables: string[] }];
    for (const table of tables)
      expect(await seedbed.query(`select 1 from ${table} t where t::text like $1`, [`%${secret}%`])).toEqual(
        [],
      );
    for (const name of ['.seedbed-batch.jsonl', 'results.json', 'results.csv'])
      expect(await readFile(batches.at('out', name), 'utf8')).not.toContain(secret);
  });

  it('gives jobs the network that is asked for', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'networked',
      files: [{ name: 'IN' }],
      outputs: [{ name: 'OUT', pattern: 'out.txt' }],
      script: 'ls /sys/class/net > $OUTPUT_DIR/out.txt',
    });
    const batches = await Batches.in(seedbed);
    await batches.files('a');
    for (const [network, seen] of [
      ['bridge', 'eth0\nlo\n'],
      ['none', 'lo\n'],
    ] as const) {
      const args = ['batch', '-in', image, '-d', 'in', '-o', network, '--network', network];
      expect((await seedbed.run(args, { cwd: batches.root })).exit).toBe(0);
      expect(await readFile(batches.at(network, 'a/out.txt'), 'utf8')).toBe(seen);
    }
  });
});
