import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import { testDocker } from '../../../test/support/engine.ts';
import type { Volume } from '../engine.ts';

let bench: Workbench;
let engine: Awaited<ReturnType<typeof testDocker>>;
const made = new Set<string>();

beforeAll(async () => {
  bench = await workbench();
  engine = await testDocker();
});
afterAll(async () => {
  await bench.close();
  for (const name of made) await engine.docker.getVolume(name).remove();
  engine.close();
});

function volumeOf(name: string, parts: Partial<Volume> = {}): Volume {
  const volume = `seedbed-test-${bench.installation}-${name}`;
  made.add(volume);
  return { name: 'CACHE', volume, driver: 'local', options: {}, target: '/cache', mode: 'rw', ...parts };
}

async function run(script: string, volume: Volume) {
  const key = bench.key();
  const outcome = await bench.run(await bench.job(['sh', '-c', script], { volumes: [volume] }), key);
  await bench.engine.remove(key);
  return outcome;
}

describe('a volume', () => {
  it('is made for the first job, labelled, and keeps what that left for the next', async () => {
    const volume = volumeOf('kept');
    expect(await run('echo left > /cache/file', volume)).toMatchObject({ exitCode: 0 });
    const { Labels, Driver } = await engine.docker.getVolume(volume.volume).inspect();
    expect(Driver).toBe('local');
    expect(Labels).toEqual({
      'seedbed.installation': bench.installation,
      'seedbed.role': 'volume',
      'seedbed.mount': 'CACHE',
    });
    const next = await run('cat /cache/file; echo x 2>/dev/null > /cache/other || echo refused', {
      ...volume,
      target: '/cache',
      mode: 'ro',
    });
    expect(next.stdout).toBe('left\nrefused\n');
  });

  it('gets the options of its driver', async () => {
    const options = { type: 'tmpfs', device: 'tmpfs', o: 'size=3m' };
    const { stdout } = await run('grep " /cache " /proc/mounts', volumeOf('tmpfs', { options }));
    expect(stdout).toMatch(/^tmpfs \/cache tmpfs .*size=3072k/);
  });

  it('that cannot be made is named', async () => {
    const volume = volumeOf('absent', { options: { nonsense: '1' } });
    made.delete(volume.volume);
    await expect(run('true', volume)).rejects.toMatchObject({
      error: 'engine-error',
      message: expect.stringMatching(/make the volume .*-absent of the mount CACHE: .*nonsense/),
    });
  });
});
