import { describe, expect, it } from '@jest/globals';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { tree } from './support/cli-files.ts';
import { type JobDraft, jobImage } from './support/cli-jobs.ts';
import { testInstallation, resultIn, type Running } from './support/cli.ts';

const opened = testInstallation();

async function run(draft: JobDraft, options: string[] = [], env: NodeJS.ProcessEnv = {}) {
  return (await opened).seedRun([await jobImage({ name: 'limited', ...draft }), ...options], { env });
}

/** The greatest resident memory that a process comes to, MiB. */
async function peakMemory({ pid, ended }: Running): Promise<number> {
  let peak = 0;
  let over = false;
  void ended.then(() => (over = true));
  while (!over) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return peak;
}

describe('limits of a job', () => {
  it.concurrent('are those of the kernel: memory, CPU, processes, shared memory', async () => {
    const { document, out } = await run(
      {
        resources: { cpus: 0.5, mem: 48, sharedMem: 20 },
        outputs: [{ name: 'SEEN', pattern: 'seen' }],
        script: `cd /sys/fs/cgroup
          cat memory.max memory/memory.limit_in_bytes 2>/dev/null > $OUTPUT_DIR/seen
          cat cpu.max cpu/cpu.cfs_quota_us 2>/dev/null | cut -d ' ' -f 1 >> $OUTPUT_DIR/seen
          cat pids.max pids/pids.max 2>/dev/null >> $OUTPUT_DIR/seen
          df -k /dev/shm | tail -1 | tr -s ' ' | cut -d ' ' -f 2 >> $OUTPUT_DIR/seen`,
      },
      [],
      { SEED_PIDS_LIMIT: '77' },
    );
    expect(document.error).toBeNull();
    expect((await readFile(path.join(out, 'seen'), 'utf8')).trim().split('\n')).toEqual([
      `${48 * 2 ** 20}`,
      '50000',
      '77',
      `${20 * 1024}`,
    ]);
  });

  it.concurrent(
    'of memory: a kill is named, and a child that is killed is the job’s own affair',
    async () => {
      const hungry = 'dd if=/dev/zero of=/dev/null bs=200M count=1';
      const attempt = () => run({ resources: { mem: 32 }, script: hungry });
      let { document, exit } = await attempt();
      // containerd drops the news of a kill when the control group (version 1) is gone before it is read.
      for (let more = 2; more > 0 && document.error?.name === 'job-failed'; more--)
        ({ document, exit } = await attempt());
      expect([exit, document.status]).toEqual([1, 'failed']);
      expect(document.error).toMatchObject({
        name: 'out-of-memory',
        category: 'job',
        message: expect.stringMatching(/its 32 MiB .*--resource mem=MIB/),
      });
      expect(document.exit_code).not.toBe(0);
      const survivor = await run({ resources: { mem: 32 }, script: `${hungry}; exit 0` });
      expect(survivor.document).toMatchObject({ status: 'completed', exit_code: 0 });
      const more = await run({ resources: { mem: 32 }, script: hungry }, ['--resource', 'mem=300']);
      expect(more.document).toMatchObject({ status: 'completed', resources: { mem: 300 } });
    },
  );

  it.concurrent('of time: also for a job that does not listen', async () => {
    const deaf = `trap '' TERM; echo on it; while :; do sleep 0.1; done`;
    const { document, exit } = await run({ timeout: 1, script: deaf }, [], { SEED_STOP_GRACE: '0.5' });
    expect([exit, document.status, document.exit_code]).toEqual([1, 'failed', 137]);
    expect(document.error).toMatchObject({
      name: 'timeout',
      message: expect.stringMatching(/timeout of 1 s/),
    });
    expect(await readFile(document.logs.stdout!, 'utf8')).toBe('on it\n');
    // Nothing that such a job leaves is a product, even where it says that all is well.
    const polite = `trap 'exit 0' TERM; echo x > $OUTPUT_DIR/a; while :; do sleep 0.1; done`;
    const second = await run({ timeout: 1, script: polite, outputs: [{ name: 'A', pattern: 'a' }] });
    expect(second.document).toMatchObject({
      status: 'failed',
      exit_code: 0,
      error: { name: 'timeout' },
      outputs: { files: {} },
    });
  });

  it.concurrent(
    'of disk: an overrun is said, the minimums and defaults of the configuration count',
    async () => {
      const over = await run(
        {
          scalar: [{ name: 'disk', value: 1 }],
          outputs: [{ name: 'A', pattern: 'a' }],
          script: 'head -c 1500000 /dev/zero > $OUTPUT_DIR/a',
        },
        [],
        { SEED_DEFAULT_CPUS: '0.5', SEED_DEFAULT_MEM: '70', SEED_MIN_CPUS: '0.75' },
      );
      expect(over.document).toMatchObject({
        status: 'completed',
        resources: { cpus: 0.75, mem: 70, disk: 1 },
      });
      expect(over.document.warnings).toContainEqual({
        name: 'disk-overrun',
        description: expect.stringMatching(/2 MiB.*1 MiB/),
      });
      const undeclared = await run({ scalar: [], script: 'true' });
      expect(undeclared.document.resources).toEqual({ cpus: 0.25, mem: 128, disk: 0 });
      expect(undeclared.document.warnings.map(({ name }) => name)).toContain('MISSING_RESOURCE');
      const custom = await run({ scalar: [{ name: 'licences', value: 2 }], script: 'true' });
      expect([custom.exit, custom.document.error?.name]).toEqual([2, 'resource-unavailable']);
      expect(custom.document.error?.message).toMatch(/--resource licences=VALUE/);
      const granted = await run({ scalar: [{ name: 'licences', value: 2 }], script: 'true' }, [
        '--resource',
        'LICENCES=2',
      ]);
      expect(granted.document).toMatchObject({ status: 'completed', resources: { licences: 2 } });
    },
  );
});

describe('what a job leaves', () => {
  it.concurrent('in endless logs ends it by name, with flat memory', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'chatters',
      script: 'yes "$(seq 100 | tr -d "\\n")" & yes other >&2',
    });
    const out = path.join(await seedbed.directory(), 'out');
    const running = seedbed.start([image, '-o', out, '--format', 'json'], {
      env: { SEED_MAX_LOG_MIB: '40' },
    });
    const peak = await peakMemory(running);
    const document = resultIn(await running.ended);
    expect(document).toMatchObject({
      status: 'failed',
      error: { name: 'log-limit-exceeded', message: expect.stringMatching(/40 MiB.*SEED_MAX_LOG_MIB/) },
    });
    const sizes = await Promise.all(
      [document.logs.stdout!, document.logs.stderr!].map(async (file) => (await stat(file)).size),
    );
    expect(sizes[0]! + sizes[1]!).toBe(40 * 2 ** 20);
    expect(peak).toBeGreaterThan(20);
    expect(peak).toBeLessThan(250);
  });

  it.concurrent('beyond a documented number or size fails by name', async () => {
    const leave = (script: string) => ({
      outputs: [{ name: 'A', pattern: 'a*', multiple: true }],
      script: `cd $OUTPUT_DIR; ${script}`,
    });
    const many = await run(leave('mkdir d; for i in $(seq 60); do touch d/a$i; done'), [], {
      SEED_MAX_OUTPUT_FILES: '50',
    });
    expect(many.document.error).toMatchObject({
      name: 'too-many-outputs',
      message: expect.stringMatching(/more than 50 files/),
    });
    const big = `{ echo '{"type":"Feature","geometry":null,"properties":{"x":"'; head -c 1100000 /dev/zero | tr '\\0' x; echo '"}}'; }`;
    const sidecar = await run(leave(`touch a; ${big} > a.metadata.json`), [], { SEED_MAX_JSON_MIB: '1' });
    expect(sidecar.document.error).toMatchObject({
      name: 'invalid-metadata',
      message: expect.stringMatching(/a\.metadata\.json.*1 MiB.*SEED_MAX_JSON_MIB/),
    });
    const together = await run(
      leave(`for i in 1 2 3; do touch a$i; ${big} | tr -d '\\n' > a$i.metadata.json; done`),
      [],
      { SEED_MAX_SIDECARS_MIB: '2' },
    );
    expect(together.document.error).toMatchObject({
      name: 'invalid-metadata',
      message: expect.stringMatching(/SEED_MAX_SIDECARS_MIB/),
    });
    const outputs = await run(
      {
        outputJson: [{ name: 'A', type: 'string' }],
        script: 'head -c 1100000 /dev/zero > $OUTPUT_DIR/seed.outputs.json',
      },
      [],
      { SEED_MAX_JSON_MIB: '1' },
    );
    expect(outputs.document.error).toMatchObject({
      name: 'invalid-results-manifest',
      message: expect.stringMatching(/SEED_MAX_JSON_MIB/),
    });
    // A gigabyte of holes is no more than a number: it is not read.
    const sparse = await run(leave('touch a; truncate -s 1G a.metadata.json'));
    expect(sparse.document.error).toMatchObject({
      name: 'invalid-metadata',
      message: expect.stringMatching(/16 MiB/),
    });
  });

  it.concurrent('is kept where it is when a step after the job fails', async () => {
    const { document, out, exit } = await run({
      outputs: [{ name: 'A', pattern: 'a' }],
      script: `cd $OUTPUT_DIR; echo kept > a; echo '{' > a.metadata.json`,
    });
    expect([exit, document.error?.name]).toEqual([1, 'invalid-metadata']);
    expect(await tree(out)).toEqual(['a', 'a.metadata.json']);
  });
});
