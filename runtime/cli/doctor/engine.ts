import type { Engine, EngineCapabilities } from '../../engine/index.ts';
import { inTime, ok, type Verdict, warning } from './check.ts';

/** @param env tells by which variable it was found */
export function describeEngine(engine: EngineCapabilities, env: NodeJS.ProcessEnv): Verdict {
  const by = env.DOCKER_HOST
    ? ', from DOCKER_HOST'
    : env.DOCKER_CONTEXT
      ? `, from the context ${env.DOCKER_CONTEXT}`
      : '';
  const size = `${engine.cpus} CPUs, ${engine.mem} MiB`;
  return ok(
    `${engine.version} at ${engine.where ?? 'an unknown place'}${by}, ${engine.rootless ? 'rootless' : 'as root'}; ${size}`,
  );
}

export function judgeLimits({ enforcesLimits, limitsProblem }: EngineCapabilities): Verdict {
  if (enforcesLimits) return ok('memory, CPU and processes of a job are limited');
  return warning(
    limitsProblem ?? 'the engine enforces no limits',
    'Jobs run, and may take more than they are allotted; use an engine with cgroup v2, or one that runs as root.',
  );
}

/** @param seen for each directory: whether the engine sees it; undefined: not known yet */
export function judgeSharing(seen: ReadonlyMap<string, boolean | undefined>): Verdict {
  const those = (answer: boolean | undefined) =>
    [...seen].filter(([, is]) => is === answer).map(([directory]) => directory);
  const hidden = those(false);
  if (hidden.length > 0)
    return warning(
      `the engine does not see ${hidden.join(' and ')}: files travel as archives, copied once in and once out`,
      'Use an engine on this machine, or share these directories with it; writable mounts cannot be used without.',
    );
  if (those(undefined).length > 0) return ok('not known before the engine has its first image');
  return ok(`the engine sees ${those(true).join(' and ')}`);
}

/** Which of some directories an engine sees, where they are or will be made. */
export async function lookAtSharing(engine: Engine, directories: readonly string[]): Promise<Verdict> {
  const seen = new Map<string, boolean | undefined>();
  for (const directory of new Set(directories)) seen.set(directory, await inTime(engine.shares(directory)));
  return judgeSharing(seen);
}
