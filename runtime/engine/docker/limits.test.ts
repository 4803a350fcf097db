import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { busyboxImage, testDocker } from '../../../test/support/engine.ts';
import { workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import { containerName } from './names.ts';

describe('limits and confinement', () => {
  let bench: Workbench;
  beforeAll(async () => (bench = await workbench()));
  afterAll(() => bench.close());

  it('kills a job that uses more memory than it has, and says so', async () => {
    // tail keeps what it reads until a newline comes.
    const spec = await bench.job(['tail', '-n', '1', '/dev/zero'], {
      limits: { cpus: 1, mem: 16, pids: 64 },
    });
    let outcome = await bench.run(spec);
    // containerd drops the news of a kill when the control group (version 1) is gone before it is read.
    for (let more = 2; more > 0 && !outcome.oomKilled; more--) outcome = await bench.run(spec);
    expect(outcome).toMatchObject({ exitCode: 137, oomKilled: true, interrupted: false });
  });

  it('gives the CPU, memory, processes and shared memory of the specification, in the cgroup', async () => {
    const limits = { cpus: 0.5, mem: 48, pids: 32, sharedMem: 24 };
    const script = `cat /sys/fs/cgroup/cpu.max /sys/fs/cgroup/memory.max /sys/fs/cgroup/pids.max 2>/dev/null ||
      cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/pids/pids.max
      df -k /dev/shm | tail -n 1 | awk '{print $2}'`;
    const { stdout } = await bench.run(await bench.job(['sh', '-c', script], { limits }));
    const [cpu, memory, pids, shared] = stdout.trim().split('\n');
    expect(cpu).toMatch(/^50000( 100000)?$/);
    expect([memory, pids, shared]).toEqual([String(48 * 1024 * 1024), '32', String(24 * 1024)]);
  });

  it('raises less memory and CPU than the engine takes to its least', async () => {
    const spec = await bench.job(['true'], { limits: { cpus: 0, mem: 1, pids: 64 } });
    expect(await bench.run(spec)).toMatchObject({ exitCode: 0 });
  });

  it('gives no network, no new privileges and six capabilities', async () => {
    const script = 'grep -E "NoNewPrivs|CapEff|CapBnd" /proc/self/status; ls /sys/class/net';
    const { stdout } = await bench.run(await bench.job(['sh', '-c', script]));
    // CHOWN 0, DAC_OVERRIDE 1, FOWNER 3, KILL 5, SETGID 6, SETUID 7
    const expected = (0b11101011).toString(16).padStart(16, '0');
    expect(stdout).toBe(`CapEff:\t${expected}\nCapBnd:\t${expected}\nNoNewPrivs:\t1\nlo\n`);
  });

  it('removes the anonymous volumes of an image with its container', async () => {
    const { docker, close } = await testDocker();
    const image = await busyboxImage(['VOLUME /data']);
    const key = bench.key();
    await bench.run(await bench.job(['touch', '/data/file'], { image }), key);
    const { Mounts } = await docker.getContainer(containerName(key)).inspect();
    const volume = Mounts.find(({ Destination }) => Destination === '/data')!.Name!;
    await bench.engine.remove(key);
    await expect(docker.getVolume(volume).inspect()).rejects.toMatchObject({ statusCode: 404 });
    close();
  });

  it('measures a running job', async () => {
    const key = bench.key();
    const script = 'dd if=/dev/zero of=/dev/shm/block bs=1M count=20 2>/dev/null; while :; do :; done';
    await bench.engine.launch(
      await bench.job(['sh', '-c', script], { limits: { cpus: 0.5, mem: 64, pids: 64 } }),
      key,
      'r',
    );
    const leaving = new AbortController();
    for await (const { memoryBytes, cpus } of bench.engine.usage(key, leaving.signal)) {
      if (memoryBytes < 20 * 1024 * 1024 || cpus < 0.2) continue;
      expect(memoryBytes).toBeLessThan(40 * 1024 * 1024);
      expect(cpus).toBeLessThan(0.8);
      leaving.abort();
    }
    expect(leaving.signal.aborted).toBe(true);
    const ending = bench.engine.usage(key, new AbortController().signal)[Symbol.asyncIterator]();
    await ending.next();
    await bench.engine.stop(key, 0);
    while (!(await ending.next()).done);
  });
});
