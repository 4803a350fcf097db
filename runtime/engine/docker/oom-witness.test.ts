import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exitOf, workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import { type Client, connect } from './client.ts';
import { candidates } from './endpoint.ts';
import { containerName } from './names.ts';
import { wasOutOfMemory } from './oom-witness.ts';

describe('wasOutOfMemory', () => {
  let bench: Workbench;
  let client: Client;
  beforeAll(async () => {
    bench = await workbench();
    client = await connect(await candidates(process.env));
  });
  afterAll(async () => {
    client.close();
    await bench.close();
  });

  it('tells a kill by the kernel from one that was asked for', async () => {
    const limits = { cpus: 1, mem: 16, pids: 64 };
    const stopped = bench.key();
    const asked = async (key: typeof stopped) => {
      const { Id } = await client.docker.getContainer(containerName(key)).inspect();
      return wasOutOfMemory(client, Id, new AbortController().signal);
    };
    const starved = async () => {
      const key = bench.key();
      await bench.run(await bench.job(['tail', '-n', '1', '/dev/zero'], { limits }), key);
      // At once, as the exit's own watch asks: the engine remembers its last 256 events.
      return asked(key);
    };
    // containerd drops the news of a kill when the control group (version 1) is gone before it is read.
    expect((await starved()) || (await starved()) || (await starved())).toBe(true);
    await bench.engine.launch(await bench.job(['sleep', '600'], { limits }), stopped, 'test');
    await bench.engine.stop(stopped, 0);
    expect(await exitOf(bench.engine, stopped)).toMatchObject({ exitCode: 137, oomKilled: false });
    expect(await asked(stopped)).toBe(false);
  });
});
