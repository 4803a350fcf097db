import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countContainers, testDocker } from '../../../test/support/engine.ts';
import { workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import type { PreparedNetworks } from '../engine.ts';
import { pauseProgram } from './holder-image.ts';
import { label } from './names.ts';

describe('prepared networks', () => {
  let bench: Workbench;
  let networks: PreparedNetworks;
  beforeAll(async () => {
    bench = await workbench();
    networks = bench.engine.prepareNetworks(bench.installation, 'living');
  });
  afterAll(async () => {
    await networks.close();
    await bench.close();
  });

  it('are as empty as none, and a port is free again for the next job', async () => {
    const script = `ls /sys/class/net; (nc -l -p 7000 < /dev/null > /tmp/got &) ; for i in 1 2 3 4 5 6 7 8 9; do
      echo hello | nc 127.0.0.1 7000 && break; sleep 0.1; done; nc -l -p 7000 -w 1 < /dev/null; echo $?`;
    for (let round = 0; round < 2; round += 1) {
      const { network, release } = await networks.acquire();
      const key = bench.key();
      const { stdout } = await bench.run(await bench.job(['sh', '-c', script], { network }), key);
      expect(stdout.split('\n')[0]).toBe('lo');
      await bench.engine.remove(key);
      release();
    }
  });

  it('are lent to one at a time and used again', async () => {
    const [first, second] = await Promise.all([networks.acquire(), networks.acquire()]);
    expect(first.network).not.toBe(second.network);
    first.release();
    first.release();
    const [third, fourth] = [await networks.acquire(), await networks.acquire()];
    expect(third.network).toBe(first.network);
    expect(fourth.network).not.toBe(first.network);
    for (const network of [second, third, fourth]) network.release();
  });

  it('are replaced when they died', async () => {
    const { network, release } = await networks.acquire();
    const { docker, close } = await testDocker();
    await docker.getContainer(network.slice('container:'.length)).kill();
    release();
    close();
    const next = await networks.acquire();
    expect(next.network).not.toBe(network);
    expect(await bench.run(await bench.job(['true'], { network: next.network }))).toMatchObject({
      exitCode: 0,
    });
    next.release();
  });

  it('of runtimes that are no more are removed, and those of the living stay', async () => {
    const dead = bench.engine.prepareNetworks(bench.installation, 'dead');
    await dead.acquire();
    const here = (runtime: string) =>
      countContainers(`${label.installation}=${bench.installation}`, `${label.runtime}=${runtime}`);
    const living = await here('living');
    expect(living).toBeGreaterThan(0);
    await bench.engine.removeHelpers(bench.installation, async (runtimes) =>
      runtimes.filter((runtime) => runtime !== 'living'),
    );
    expect(await here('dead')).toBe(0);
    expect(await here('living')).toBe(living);
    expect((await bench.engine.list(bench.installation)).every(({ runtime }) => runtime === 'test')).toBe(
      true,
    );
  });

  it('are gone after their end, also those that are lent', async () => {
    const before = await countContainers(`${label.installation}=${bench.installation}`);
    const brief = bench.engine.prepareNetworks(bench.installation, 'brief');
    const { release } = await brief.acquire();
    (await brief.acquire()).release();
    await brief.close();
    release();
    expect(await countContainers(`${label.installation}=${bench.installation}`)).toBe(before);
    await expect(brief.acquire()).rejects.toMatchObject({ error: 'internal-error' });
  });

  it('that retire go when nobody uses them, those that are lent when they are given back', async () => {
    const before = await countContainers(`${label.installation}=${bench.installation}`);
    const old = bench.engine.prepareNetworks(bench.installation, 'old');
    const [idle, lent] = [await old.acquire(), await old.acquire()];
    idle.release();
    old.retire();
    const left = () => countContainers(`${label.installation}=${bench.installation}`);
    while ((await left()) > before + 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await left()).toBe(before + 1);
    await expect(old.acquire()).rejects.toMatchObject({ error: 'internal-error' });
    lent.release();
    while ((await left()) > before) await new Promise((resolve) => setTimeout(resolve, 20));
    await old.close();
  });

  it.each(['x86_64', 'aarch64'])('need a program that is a small executable for %s', (architecture) => {
    const program = pauseProgram(architecture)!;
    expect(program.length).toBeLessThan(200);
    expect(program.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    expect(program.readBigUInt64LE(24)).toBe(0x400078n);
    expect(program.readBigUInt64LE(96)).toBe(BigInt(program.length));
    expect(pauseProgram('s390x')).toBeUndefined();
  });
});
