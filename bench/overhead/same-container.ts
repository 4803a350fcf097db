import type { ContainerCreateOptions } from 'dockerode';
import { createOptions } from '../../runtime/engine/docker/create.ts';
import { launchSpec, makeAttemptDirectory, plan, stageIn } from '../../runtime/execution/index.ts';
import type { Subject } from './subject.ts';

/**
 * The very container that the execution room makes (limits, capabilities, mounts, environment, labels), for a yardstick:
 * its files are there before the clock starts.
 * @param network `none`, or `container:<holder>`
 * @returns a function that gives the request for the next one, under a new name
 */
export async function sameContainer(
  subject: Subject,
  network: string,
): Promise<() => ContainerCreateOptions> {
  const { engine, config } = subject;
  const request = { ...subject.request, network };
  const attempt = await makeAttemptDirectory(subject.nextDirectory());
  const staged = await stageIn(request, attempt, {});
  const decided = plan(request, { jobId: 1, exeNum: 1 }, await engine.capabilities(), config);
  const spec = launchSpec(request, decided, staged, attempt, {}, false);
  const staging = { mode: 'bind', style: 'objects', locate: (source: string) => source } as const;
  return () => createOptions(spec, subject.nextKey(), 'bench', staging, config.limits.logMiB);
}
