import type { Config } from '../config/index.ts';
import type { Engine } from './engine.ts';

export type * from './engine.ts';

/**
 * The container engine of this machine, or the one that the environment names (see `settings.DOCKER_HOST`).
 * Loads its implementation only now, because that is the heaviest import of the program.
 * @throws engine-unreachable when none answers
 */
export async function createEngine(config: Config, env: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  const { connectDocker } = await import('./docker/index.ts');
  return connectDocker(config, env);
}
