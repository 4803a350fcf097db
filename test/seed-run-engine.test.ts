import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { createClient } from '../runtime/engine/docker/client.ts';
import { outputOfRunning } from './support/cli-files.ts';
import { jobDirectory } from './support/cli-jobs.ts';
import { resultIn, testInstallation } from './support/cli.ts';
import { busyboxImage } from './support/engine.ts';
import { canStartPrivateEngine, type PrivateEngine, privateEngine } from './support/engine-private.ts';

const describeWithRoot = canStartPrivateEngine ? describe : describe.skip;

describeWithRoot('an engine that dies while the job runs', () => {
  const opened = testInstallation();
  let engine: PrivateEngine;
  beforeAll(async () => {
    engine = await privateEngine('', [await busyboxImage()]);
  });
  afterAll(() => engine.close());

  it('is exit 3, is remembered as such, and its container is reaped when it is back', async () => {
    const seedbed = await opened;
    const env = { DOCKER_HOST: engine.host, SEED_ENGINE_WAIT: '0.5' };
    const draft = {
      name: 'outlives-engine',
      outputs: [{ name: 'READY', pattern: 'ready' }],
      script: `trap 'exit 0' TERM; touch $OUTPUT_DIR/ready; while [ -e $OUTPUT_DIR/ready ]; do sleep 0.1; done`,
    };
    const job = await jobDirectory(await seedbed.directory(), draft);
    const out = path.join(await seedbed.directory(), 'out');
    const running = seedbed.start([job, '-o', out, '--format', 'json'], { env });
    await outputOfRunning(out, 'ready');
    await engine.kill();
    const document = resultIn(await running.ended);
    expect((await running.ended).exit).toBe(3);
    expect(document).toMatchObject({
      status: 'failed',
      exit_code: null,
      error: { category: 'system', name: expect.stringMatching(/^engine-(interrupted|unreachable)$/) },
      outputs: { files: {}, json: {} },
    });
    const [row] = await seedbed.query<object>(
      `select e.status, e.error ->> 'category' as category from job_exe e join job j on j.id = e.job_id
       join job_type t on t.id = j.job_type_id where t.name = 'outlives-engine'`,
    );
    expect(row).toEqual({ status: 'FAILED', category: 'system' });

    await engine.start();
    const { installation } = await seedbed.database();
    const client = createClient({ kind: 'socket', path: engine.socket, where: engine.host });
    const left = () =>
      client.docker.listContainers({
        all: true,
        filters: { label: [`seedbed.installation=${installation}`] },
      });
    expect(await left()).toHaveLength(1);
    const next = await jobDirectory(await seedbed.directory(), { name: 'comes-after-it', script: 'true' });
    const { document: second } = await seedbed.seedRun([next], { env: { DOCKER_HOST: engine.host } });
    expect(second.error).toBeNull();
    expect(await left()).toEqual([]);
    client.close();
  });
});
