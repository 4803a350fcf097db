import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exitOf, readAll, workbench, type Workbench } from '../../../test/support/engine-workbench.ts';

const MiB = 1024 * 1024;

describe('logs', () => {
  let bench: Workbench;
  beforeAll(async () => (bench = await workbench()));
  afterAll(() => bench.close());

  it('has the first byte of a job that ends at once, every time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { stdout, stderr } = await bench.run(await bench.job(['sh', '-c', 'printf a; printf b >&2']));
      expect([stdout, stderr]).toEqual(['a', 'b']);
    }
  });

  it('holds little of 50 MB in memory while its reader is slow, and loses nothing of either stream', async () => {
    const lines = 500_000;
    const script = `seq 1 ${lines} | awk '{ line = sprintf("%099d", $1); print line; print line > "/dev/stderr" }'`;
    const key = bench.key();
    await bench.engine.launch(await bench.job(['sh', '-c', script]), key, 'test');
    const hashes = { stdout: createHash('sha256'), stderr: createHash('sha256') };
    const before = process.memoryUsage().rss;
    let [most, read, pauses] = [0, 0, 0];
    for await (const { stream, data } of bench.engine.logs(key)) {
      hashes[stream].update(data);
      read += data.length;
      if (read / MiB > pauses) {
        pauses += 1;
        await pause(10);
        most = Math.max(most, process.memoryUsage().rss - before);
      }
    }
    expect(read).toBe(2 * lines * 100);
    const expected = createHash('sha256');
    for (let line = 1; line <= lines; line += 1) expected.update(`${String(line).padStart(99, '0')}\n`);
    const digest = expected.digest('hex');
    expect([hashes.stdout.digest('hex'), hashes.stderr.digest('hex')]).toEqual([digest, digest]);
    expect(most).toBeLessThan(48 * MiB);
    expect(await exitOf(bench.engine, key)).toMatchObject({ exitCode: 0 });
  });

  it('passes bytes on that are no text, and lines without an end', async () => {
    const key = bench.key();
    await bench.engine.launch(await bench.job(['printf', '\\000\\377\\001\\002end']), key, 'test');
    const parts: Buffer[] = [];
    for await (const { data } of bench.engine.logs(key)) parts.push(data);
    expect(Buffer.concat(parts)).toEqual(Buffer.from([0, 255, 1, 2, ...Buffer.from('end')]));
  });

  it('can be read a second time', async () => {
    const key = bench.key();
    await bench.engine.launch(await bench.job(['sh', '-c', 'echo out; echo err >&2']), key, 'test');
    const first = await readAll(bench.engine, key);
    expect(first).toEqual({ stdout: 'out\n', stderr: 'err\n' });
    expect(await readAll(bench.engine, key)).toEqual(first);
  });

  it('ends for a job that closes its output and goes on, only when the job ends', async () => {
    const key = bench.key();
    await bench.engine.launch(
      await bench.job(['sh', '-c', 'echo last; exec >&- 2>&-; sleep 600']),
      key,
      'test',
    );
    const reading = readAll(bench.engine, key);
    const first = await Promise.race([reading.then(() => 'logs'), pause(300, 'still open')]);
    expect(first).toBe('still open');
    await bench.engine.stop(key, 0);
    expect((await reading).stdout).toBe('last\n');
  });

  it('ends when the container is removed', async () => {
    const key = bench.key();
    await bench.engine.launch(await bench.job(['sh', '-c', 'echo on; sleep 600']), key, 'test');
    const logs = bench.engine.logs(key)[Symbol.asyncIterator]();
    expect(await logs.next()).toMatchObject({ done: false });
    await bench.engine.remove(key);
    expect(await logs.next()).toEqual({ done: true });
  });
});
