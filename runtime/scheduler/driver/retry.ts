import type { Configuration } from '../../../seed-schema/index.ts';
import type { Result } from '../../execution/index.ts';
import { type ExecutionFacts, interruptionCodes, type Retry, retryPolicy } from '../../jobs/index.ts';
import type { DrivenJob } from './request.ts';

/** Whether and how the job of an execution that ended is tried again. Pure. */
export function retryOf(
  { error }: Pick<Result, 'error'>,
  facts: ExecutionFacts,
  configuration: Pick<DrivenJob['configuration'], 'retryErrors' | 'memoryFactor'>,
): Retry | undefined {
  if (!error) return undefined;
  // It was there when the job was placed: the job waits in the queue until it is there again, whatever became of it.
  if (error.name === 'target-not-found') return { delaySeconds: 1, counts: false };
  const interruption = interruptionCodes.includes(error.code);
  const decision = retryPolicy(error, configuration, {
    jobId: facts.jobId,
    counted: facts.tries,
    before: facts.triesBefore,
    interrupted: facts.interrupted + (interruption ? 1 : 0),
    maxTries: runsOnce(facts) ? 1 : facts.maxTries,
    mem: facts.resources.mem ?? 0,
    mostMem: facts.mostMem,
  });
  if (!decision.retry) return undefined;
  return {
    delaySeconds: decision.delaySeconds,
    counts: !interruption,
    ...(decision.resources && { resources: { ...facts.resources, ...decision.resources } }),
  };
}

/** Its row allows more after a requeue, or after an execution that was no try; what must not run twice still must not. */
function runsOnce({ typeConfiguration, configuration }: ExecutionFacts): boolean {
  const [type, job] = [typeConfiguration as Configuration, configuration as Configuration];
  return { ...type.retry, ...job.retry }.max_tries === 1;
}
