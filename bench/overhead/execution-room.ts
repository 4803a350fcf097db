import { rm } from 'node:fs/promises';
import path from 'node:path';
import { contextDocument } from '../../runtime/catalog/index.ts';
import type { PreparedNetworks } from '../../runtime/engine/index.ts';
import { execute, logPathsIn, makeAttemptDirectory, plan, Stopwatch } from '../../runtime/execution/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import type { Lane } from '../support/lanes.ts';
import type { Subject } from './subject.ts';

const logger = createLogger('warn');

/**
 * A job through the execution room: plan, attempt's directory, stage in, launch, logs, wait, harvest, removal.
 * @param networks a prepared network is borrowed for the job, which counts; undefined: the network `none`
 */
export function executionRoom(name: string, subject: Subject, networks?: PreparedNetworks): Lane {
  const { engine, config } = subject;
  return {
    name,
    async run() {
      const directory = subject.nextDirectory();
      const key = subject.nextKey();
      const stopwatch = new Stopwatch();
      const origin = performance.now();
      const prepared = await networks?.acquire();
      const request = { ...subject.request, network: prepared?.network ?? 'none' };
      const attempt = await makeAttemptDirectory(directory);
      const began = performance.now();
      const result = await execute({
        engine,
        config,
        logger,
        key,
        runtime: 'bench',
        request,
        plan: plan(request, { jobId: 1, exeNum: 1 }, await engine.capabilities(), config),
        attempt,
        logs: logPathsIn(path.join(directory, 'logs')),
        document: await contextDocument(new Map(), new Map()),
        unhashed: [],
        labels: {},
        keep: false,
        signal: subject.bench.ending.signal,
        stopwatch,
      });
      prepared?.release();
      const total = performance.now() - origin;
      if (result.error) throw new Error(result.error.message);
      await rm(directory, { recursive: true });
      const inSteps = result.steps.reduce((sum, step) => sum + step.ms, 0);
      const steps = result.steps.map((step) => [step.name, step.ms] as const);
      return {
        total,
        steps: [['prepare', began - origin], ...steps, ['removal, rest', total - (began - origin) - inSteps]],
      };
    },
  };
}
