import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from './support/api.ts';
import { type Ended, testInstallation } from './support/cli.ts';
import { withIngestWorld } from './support/ingest-world.ts';

const opened = testInstallation();
let api: TestApi;
let ids: Readonly<Record<string, number>>;
withIngestWorld((world) => ({ api, ids } = world));
let cwd: string;
beforeAll(async () => {
  cwd = await (await opened).directory();
});

async function seed(...args: string[]): Promise<Ended> {
  const env = { SEED_URL: `http://127.0.0.1:${api.port}`, SEED_TOKEN: api.token };
  return (await opened).run(args, { cwd, env });
}

const write = (name: string, text: string) => writeFile(path.join(cwd, name), text);

const configuration = (member: string, regex = '.*\\.h5') => `
workspace: raw
${member}
files_to_ingest:
  - filename_regex: ${regex}
    new_file_path: /in
`;
const indented = (text: string) => text.replace(/\n(?=.)/g, '\n  ');

describe('seed strikes', () => {
  it('makes one of a file, lists, shows, stops and starts it', async () => {
    expect((await seed('strikes')).stdout).toMatch(/^There are no strikes/);
    const monitor = 'monitor: { type: dir-watcher }';
    await write('landsat.yaml', `title: Landsat 8\nconfiguration:${indented(configuration(monitor))}`);
    const made = await seed('strikes', '--create', 'landsat.yaml');
    expect(made).toMatchObject({
      exit: 0,
      stderr: expect.stringMatching(/^warning ABSOLUTE_NEW_FILE_PATH: configuration\.files_to_ingest\[0\]/),
      stdout: expect.stringMatching(/strike +landsat-8\nstatus +STARTING\n/),
    });
    expect((await seed('strikes', '--stop', 'landsat-8')).stdout).toMatch(/status +INACTIVE/);
    expect((await api.get('strikes/?name=landsat-8')).json.results).toMatchObject([{ is_active: false }]);
    expect((await seed('strikes', '--start', 'landsat-8')).stdout).toMatch(/status +STARTING/);
    expect((await seed('strikes')).stdout).toMatch(/landsat-8 +STARTING +- +Landsat 8\n/);
    const shown = JSON.parse((await seed('strikes', 'landsat-8', '--format', 'json')).stdout);
    expect(shown).toMatchObject({ name: 'landsat-8', configuration: { workspace: 'raw' } });
    expect(await seed('strikes', 'other')).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/other.*landsat-8/),
    });
  });

  it('tells every problem of a file, and keeps nothing', async () => {
    const before = (await api.get('strikes/')).json.count;
    await write('bad.yaml', configuration('monitor: { type: s3 }', '"*.h5"'));
    for (const option of ['--check', '--create']) {
      const { exit, stderr } = await seed('strikes', option, 'bad.yaml');
      expect([option, exit]).toEqual([option, 2]);
      expect(stderr).toContain('INVALID_MONITOR: configuration.monitor.type is s3');
      expect(stderr).toContain('`.*\\.h5`');
    }
    await write('good.yaml', configuration('monitor: { type: dir-watcher }'));
    expect(await seed('strikes', '--check', 'good.yaml')).toMatchObject({
      exit: 0,
      stdout: 'It can be saved.\n',
    });
    await write('broken.yaml', 'a: [');
    expect(await seed('strikes', '--create', 'broken.yaml')).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/SB1224.*|line 1/),
    });
    expect((await seed('strikes', '--create', 'none.yaml')).stderr).toContain('none.yaml');
    expect((await api.get('strikes/')).json.count).toBe(before);
  });
});

describe('seed scans', () => {
  it('makes one of a configuration alone, runs it, shows its report and cancels it', async () => {
    expect((await seed('scans')).stdout).toMatch(/^There are no scans/);
    await write(
      'archive.json',
      JSON.stringify({
        workspace: 'raw',
        scanner: { type: 'dir' },
        files_to_ingest: [{ filename_regex: '.*\\.h5' }],
      }),
    );
    expect((await seed('scans', '--check', 'archive.json')).exit).toBe(0);
    expect((await seed('scans', '--create', 'archive.json')).stdout).toMatch(
      /scan +archive\nrun +-\nstatus +-\n/,
    );
    expect((await seed('scans', '--dry-run', 'archive')).stdout).toMatch(/run +dry run\nstatus +QUEUED\n/);
    expect(await seed('scans', '--ingest', 'archive')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('SB1223'),
    });
    const part = { files: 3, bytes: 30, examples: ['a.h5', 'b.h5', 'c.h5'] };
    const report = {
      rules: [{ filename_regex: '.*\\.h5', ...part }],
      unmatched: { files: 1, bytes: 5, examples: ['x.txt'] },
      known: { files: 2, bytes: 20, examples: ['a.h5', 'b.h5'] },
      seen: { files: 4, bytes: 35 },
    };
    await api.db.execute(`update scan set status = 'COMPLETED', file_count = 3, report = $1`, [report]);
    const { stdout } = await seed('scans', 'archive');
    expect(stdout).toMatch(/matches \.\*\\\.h5 +3 +30 +a\.h5, b\.h5\n/);
    expect(stdout).toMatch(
      /matches no rule +1 +5 +x\.txt\nis known already +2 +20 +a\.h5, b\.h5\nin all +4 +35\n/,
    );
    expect((await seed('scans', '--ingest', 'archive')).stdout).toMatch(/run +ingest\nstatus +QUEUED\n/);
    expect((await seed('scans', '--cancel', 'archive')).stdout).toMatch(/status +CANCELED\n/);
    expect((await seed('scans')).stdout).toMatch(/archive +ingest +CANCELED +- /);
  });
});

describe('seed ingests', () => {
  it('lists what became of files, and shows one', async () => {
    expect((await seed('ingests')).stdout).toBe('No such file arrived.\n');
    const [{ id: strike }] = (await api.get('strikes/?name=landsat-8')).json.results as unknown as [
      { id: number },
    ];
    await api.db.execute(
      `insert into ingest (strike_id, workspace_id, file_name, file_path, version, status, reason, media_type)
       select $1, $2, n || '.h5', 'ingesting/' || n || '.h5', '1', case n when 3 then 'ERRORED' else 'QUEUED' end,
         case n when 3 then 'no space' end, 'application/x-hdf5' from generate_series(1, 3) n`,
      [strike, ids.raw],
    );
    const { stdout } = await seed('ingests', '--strike', 'landsat-8', '--limit', '2');
    expect(stdout).toMatch(
      /ERRORED +landsat-8 .*ingesting\/3\.h5 +no space\n.*QUEUED .*ingesting\/2\.h5\n2 of 3 files\n$/,
    );
    expect((await seed('ingests', '--status', 'errored', '--from', 'PT1H')).stdout).not.toContain('QUEUED');
    expect((await seed('ingests', '--scan', 'archive')).stdout).toBe('No such file arrived.\n');
    expect((await seed('ingests', '--to', 'PT1H')).stdout).toBe('No such file arrived.\n');
    expect((await seed('ingests', '3.h5')).stdout).toMatch(
      /status +ERRORED\nreason +no space\nfound by +landsat-8\n/,
    );
    expect((await seed('ingests', '--status', 'EATEN')).exit).toBe(2);
    expect((await seed('ingests', '9.h5')).exit).toBe(2);
  });
});
