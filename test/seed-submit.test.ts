import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256, tree, until, writeFiles } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { resultIn, testInstallation, type Ended } from './support/cli.ts';
import { endOf, waitingImage, waitingJob } from './support/service-jobs.ts';
import { endServices, startService, type TestService } from './support/service.ts';

const opened = testInstallation();
let service: TestService;
let desk: string;
const others: TestService[] = [];
beforeAll(async () => {
  service = await startService(await opened, [], { env: { SEED_PULL: 'never' } });
  desk = await writeFiles(await (await opened).directory(), { 'a.txt': 'alpha\n', 'b.txt': 'beta\n' });
});
afterAll(async () => {
  await service.stop();
  await endServices(others);
});

async function submit(...args: string[]): Promise<Ended> {
  return (await opened).run(['submit', ...args], { env: service.env, cwd: desk });
}

const joins = {
  name: 'joins',
  files: [
    { name: 'PARTS', multiple: true },
    { name: 'NOTE', required: false },
  ],
  json: [
    { name: 'TITLE', type: 'string' },
    { name: 'TIMES', type: 'integer', required: false },
  ],
  outputs: [{ name: 'WHOLE', pattern: 'deep/*.txt' }],
  outputJson: [{ name: 'LINES', type: 'integer', key: 'LINES' }],
  script: `mkdir $OUTPUT_DIR/deep; cat $PARTS/* > $OUTPUT_DIR/deep/$TITLE.txt; echo '{"LINES": 2}' > $OUTPUT_DIR/seed.outputs.json; echo "$TIMES times"; echo warned >&2`,
};

describe('seed submit', () => {
  it('prints the number of the job', async () => {
    const ran = await submit(await jobImage(joins), '-i', 'PARTS=a.txt', '-j', 'TITLE=one');
    expect(ran).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^\d+\n$/) });
    expect(ran.stderr).toMatch(/^sending .*a\.txt \(6 bytes\)\n$/);
    expect(await endOf(await opened, Number(ran.stdout))).toMatchObject({ status: 'COMPLETED' });
  });

  it('stays to the end with --wait, and prints the document of a run, with products that were fetched', async () => {
    const out = path.join(desk, 'out');
    const ran = await submit(
      ...[
        await jobImage(joins),
        '-i',
        'PARTS=a.txt',
        '-i',
        'parts=b.txt',
        '-j',
        'TITLE=both',
        '-j',
        'TIMES=3',
      ],
      ...['--resource', 'mem=80', '--priority', '7', '--wait', '-o', out, '--format', 'json'],
    );
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    const document = resultIn(ran);
    expect(document).toMatchObject({
      status: 'completed',
      exit_code: 0,
      error: null,
      resources: { mem: 80 },
      inputs: {
        files: {
          PARTS: [{ path: path.join(desk, 'a.txt'), sha256: sha256('alpha\n') }, { file_name: 'b.txt' }],
        },
        json: { TITLE: 'both', TIMES: 3 },
      },
      outputs: {
        files: { WHOLE: [{ path: path.join(out, 'deep/both.txt'), sha256: sha256('alpha\nbeta\n') }] },
        json: { LINES: 2 },
      },
    });
    expect(document.steps.map(({ name }) => name)).toContain('run');
    expect(await tree(out)).toEqual(['deep/', 'deep/both.txt']);
    expect(await readFile(path.join(out, 'deep/both.txt'), 'utf8')).toBe('alpha\nbeta\n');
    const rows = await (await opened).query('select priority from job order by id desc limit 1');
    expect(rows).toEqual([{ priority: 7 }]);
  });

  it('takes a job type, and files that the service has', async () => {
    const [file] = await (
      await opened
    ).query<{ id: number }>(`select id from scale_file where file_name = 'both.txt' and not is_superseded`);
    const ran = await submit('joins:1.0.0', '-i', `PARTS=${file!.id}`, '-j', 'TITLE=again', '--wait');
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stdout).toMatch(/✔ joins 1\.0\.0 completed[^]*WHOLE {2}again\.txt {2}11 bytes/);
    expect(ran.stderr).toMatch(/^job \d+ is submitted\n[^]*job \d+ runs on [^]*out \|  ?times\n/);
    expect(ran.stderr).toContain('err | warned\n');
  });

  it('registers an image that has changed as a new revision, and one that has not as none', async () => {
    const revisions = async () =>
      (
        await (
          await opened
        ).query<{ revision_num: number }>(`select revision_num from job_type where name = 'changes'`)
      )[0]?.revision_num;
    const first = await jobImage({ name: 'changes', script: 'true' });
    await submit(first);
    await submit(first);
    expect(await revisions()).toBe(1);
    await submit(await jobImage({ name: 'changes', script: 'true', timeout: 61 }));
    expect(await revisions()).toBe(2);
  });

  it('ends with 1 and the error where the job fails, as seed-run does', async () => {
    const image = await jobImage({
      name: 'fails',
      script: 'echo so sorry >&2; exit 7',
      errors: [{ name: 'sorry', code: 7, title: 'Sorry', description: 'It did not work', category: 'job' }],
    });
    const ran = await submit(image, '--wait', '--format', 'json');
    expect(ran.exit).toBe(1);
    expect(resultIn(ran)).toMatchObject({
      status: 'failed',
      exit_code: 7,
      error: { name: 'sorry', title: 'Sorry', category: 'job', code: 'SB2002' },
    });
    const text = await submit(image, '--wait');
    expect(text).toMatchObject({ exit: 1, stdout: '' });
    expect(text.stderr).toMatch(/err \| so sorry\n[^]*✘ fails 1\.0\.0 failed \(SB2002 sorry\)/);
  });

  it.each([
    [['-i', 'PART=a.txt', '-j', 'TITLE=x'], 2, 'PART'],
    [['-j', 'TITLE=x'], 2, 'PARTS was not given'],
    [['-i', 'PARTS=a.txt'], 2, 'TITLE was not given'],
    [['-i', 'PARTS=nothing.txt', '-j', 'TITLE=x'], 2, 'there is no such file'],
    [['-i', 'NOTE=a.txt', '-i', 'NOTE=b.txt', '-i', 'PARTS=a.txt', '-j', 'TITLE=x'], 2, 'NOTE'],
    [['-i', 'PARTS=a.txt', '-j', 'TITLE=x', '-j', 'TIMES=often'], 2, 'TIMES'],
    [['-i', 'PARTS=a.txt', '-j', 'TITLE=x', '-j', 'TIMES=12345678901234567891'], 2, 'TIMES'],
    [['-i', 'PARTS=987654321', '-j', 'TITLE=x'], 2, '987654321'],
    [['-i', 'PARTS=a.txt', '-j', 'TITLE=x', '--resource', 'mem=-1'], 2, '--resource mem'],
    [['-i', 'PARTS=a.txt', '-j', 'TITLE=x', '--priority', '0'], 2, '--priority'],
    [['-i', 'PARTS=a.txt', '-j', 'TITLE=x', '-o', 'x'], 2, 'add --wait'],
  ])('refuses %j', async (args, exit, message) => {
    const image = await jobImage(joins);
    const ran = await submit(image, ...args);
    expect({ exit: ran.exit, stdout: ran.stdout }).toEqual({ exit, stdout: '' });
    expect(ran.stderr).toContain(message);
    if (args.includes('-o')) return;
    const document = resultIn(await submit(image, ...args, '--wait', '--format', 'json'));
    expect(document).toMatchObject({
      status: 'rejected',
      error: { message: expect.stringContaining(message) },
    });
  });

  it('tells everything that the service finds wrong', async () => {
    const image = await jobImage({
      name: 'mounts',
      mounts: [
        { name: 'ONE', path: '/one' },
        { name: 'TWO', path: '/two' },
      ],
      script: 'true',
    });
    const ran = await submit(image, '-m', 'ONE=/etc', '-m', 'TWO=relative');
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(ran.stderr).toMatch(/\/etc/);
    expect(ran.stderr).toMatch(/TWO/);
  });

  it.each(['no-such-image:1', './a.txt', 'NoSuchType'])('refuses the target %s', async (target) => {
    const ran = await submit(target);
    expect({ exit: ran.exit, stdout: ran.stdout }).toEqual({ exit: 2, stdout: '' });
    expect(ran.stderr).toContain(target);
  });

  it('says why it waits, and ends when the job is canceled', async () => {
    const seedbed = await opened;
    const image = await jobImage({ name: 'needs', settings: [{ name: 'KEY' }], script: 'true' });
    const waits = seedbed.start(['submit', image, '--wait'], { env: service.env });
    const id = await until(
      'the reason',
      () => /job (\d+) is PENDING: The setting KEY has no value/.exec(waits.printed.stderr)?.[1],
    );
    await seedbed.run(['cancel', id], { env: service.env });
    const ended = await waits.ended;
    expect(ended).toMatchObject({ exit: 1, stdout: '' });
    expect(ended.stderr).toContain(`(SB2013 canceled): The job ${id} was canceled`);
  });

  it('gives settings, also from the environment', async () => {
    const image = await jobImage({
      name: 'configured',
      settings: [{ name: 'MODE' }, { name: 'KEY', secret: true }],
      script: 'echo "$MODE $KEY"; test "$KEY" = hidden-words',
    });
    const ran = await (
      await opened
    ).run(['submit', image, '-e', 'MODE=fast', '-e', 'KEY', '--wait'], {
      env: { ...service.env, KEY: 'hidden-words' },
    });
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.stderr).toMatch(/out \| fast \*+\n/);
    expect(ran.stderr + ran.stdout).not.toContain('hidden-words');
  });

  it('leaves the job alone when it is interrupted, and says how to find it', async () => {
    const seedbed = await opened;
    const waits = seedbed.start(['submit', await waitingImage(), '--wait'], { env: service.env });
    await until('the job to run', () => waits.printed.stderr.includes('out | begun'));
    waits.child.kill('SIGINT');
    const ended = await waits.ended;
    expect(ended).toMatchObject({ exit: null, signal: 'SIGINT', stdout: '' });
    const [, id] = /job (\d+) goes on; `seed logs \1 -f` follows it, `seed cancel \1` stops it/.exec(
      ended.stderr,
    )!;
    await waitingJob(seedbed, Number(id)).go();
    expect(await endOf(seedbed, Number(id))).toEqual({ status: 'COMPLETED', num_exes: 1 });
  });

  it('goes on with the next service when one goes away', async () => {
    const seedbed = await opened;
    const gone = await startService(seedbed);
    others.push(gone);
    const waits = seedbed.start(['submit', await waitingImage(), '--wait'], { env: gone.env });
    const id = await until('the job to run', () =>
      waits.printed.stderr.includes('out | begun') ? /job (\d+)/.exec(waits.printed.stderr)?.[1] : undefined,
    );
    await gone.stop('SIGKILL');
    await until('it to say so', () => waits.printed.stderr.includes('waiting for it'));
    const next = await startService(seedbed, ['--port', `${gone.port}`]);
    others.push(next);
    await waitingJob(seedbed, Number(id)).go();
    const ended = await waits.ended;
    expect(ended).toMatchObject({ exit: 0 });
    expect(ended.stderr.match(/(?<=\| )(begun|ended|last)$/gm)?.sort()).toEqual(['begun', 'ended', 'last']);
    await next.stop();
  });

  it('sends a large file whole', async () => {
    const large = path.join(desk, 'large.bin');
    await writeFile(large, Buffer.alloc(20 * 2 ** 20, 'seedbed '));
    const ran = await submit(
      'joins',
      '-i',
      `PARTS=${large}`,
      '-j',
      'TITLE=large',
      '--wait',
      '--format',
      'json',
    );
    expect(ran).toMatchObject({ exit: 0 });
    expect(resultIn(ran).outputs.files.WHOLE).toMatchObject([
      { file_size: 20 * 2 ** 20, sha256: sha256(await readFile(large)) },
    ]);
  });
});
