import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/cli-files.ts';
import { testDatabase } from '../support/database.ts';
import { canStartPrivateEngine, type PrivateEngine, privateEngine } from '../support/engine-private.ts';
import { FaultWorld } from '../support/fault-world.ts';
import { isLong } from '../support/long.ts';

const image = 'seedbed-test-faults:1';
const supported = canStartPrivateEngine ? describe : describe.skip;

/** Waits for a file the first time that it runs on an engine, and needs none the second time. */
const interrupted = {
  name: 'interrupted',
  timeout: 600,
  outputs: [
    { name: 'READY', pattern: 'ready' },
    { name: 'PART', pattern: 'part', required: false },
  ],
  script: `touch $OUTPUT_DIR/part $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.1; done; rm $OUTPUT_DIR/part`,
};

supported('an engine that restarts', () => {
  let engine: PrivateEngine;
  let world: FaultWorld;
  let end: () => Promise<void>;
  beforeAll(async () => {
    const test = await testDatabase();
    engine = await privateEngine('', [image]);
    world = await FaultWorld.open({ databaseUrl: test.url, engine: engine.host });
    end = async () => {
      await world.close();
      await engine.close();
      await test.drop();
    };
  });
  afterAll(() => end());

  const secondTry = (job: number) =>
    until(`the second try of job ${job}`, async () => (await world.execution(job))!.exe_num === 2);

  it.each(isLong ? (['stop', 'kill'] as const) : (['kill'] as const))(
    'by %s ends its jobs without a result; they are run again, and harvested once',
    async (how) => {
      const runtime = await world.start();
      const job = await world.submit(await world.type(interrupted, image));
      await world.outputOf(job, 'ready');
      await engine[how]();
      await engine.start();
      await secondTry(job);
      await world.release(job);
      expect(await world.ended(job)).toEqual({ status: 'COMPLETED', error: null });
      const executions = await world.executions(job);
      // Either says that the engine was gone, and neither is a try of the job's own: a question may have been under way.
      expect(executions.map(({ status, error }) => [status, error?.name])).toEqual([
        ['FAILED', expect.stringMatching(/^engine-(interrupted|unreachable)$/)],
        ['COMPLETED', undefined],
      ]);
      const products = await world.products(job);
      expect(products.map(({ file_name }) => file_name)).toEqual(['ready']);
      expect(products[0]!.path).toContain(`job_exe_${executions[1]!.id}`);
      expect(await world.events(job)).toEqual(['queued', 'started', 'retried', 'started', 'completed']);
      await world.clear();
      await runtime.kill('SIGTERM');
    },
  );

  it('while its runtime is dead does not make a result of what it interrupted', async () => {
    const dying = await world.start();
    const job = await world.submit(await world.type(interrupted, image));
    await world.outputOf(job, 'ready');
    await dying.kill('SIGKILL');
    await engine.stop();
    await engine.start();
    const successor = await world.start();
    await secondTry(job);
    await world.release(job);
    expect(await world.ended(job)).toEqual({ status: 'COMPLETED', error: null });
    expect((await world.executions(job)).map(({ error }) => error?.name)).toEqual([
      'engine-interrupted',
      undefined,
    ]);
    expect((await world.products(job)).map(({ file_name }) => file_name)).toEqual(['ready']);
    await world.clear();
    await successor.kill('SIGTERM');
  });
});
