import type { Config } from '../config/index.ts';
import type { Engine, RegistryLogin } from './engine.ts';
import type { SimulatedOptions } from './simulated/options.ts';

export type * from './engine.ts';
export type { SimulatedImage, SimulatedOptions } from './simulated/options.ts';
export type { Story, StoryLine } from './simulated/story.ts';
export { diagnosticImage } from './diagnostic-image.ts';
export { dockerDirectory } from './docker/endpoint.ts';

/**
 * The container engine of this machine, or the one that the environment names (see `settings.DOCKER_HOST`).
 * Loads its implementation only now, because that is the heaviest import of the program.
 * @throws engine-unreachable when none answers
 */
export async function createEngine(config: Config, env: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  const { connectDocker } = await import('./docker/index.ts');
  return connectDocker(config, env);
}

/** An engine that runs no container, for benchmarks and for tests of scheduling; see `SimulatedOptions`. */
export async function createSimulatedEngine(options: SimulatedOptions): Promise<Engine> {
  const { SimulatedEngine } = await import('./simulated/index.ts');
  return new SimulatedEngine(options);
}

/**
 * The login to a registry that Docker's command stored (`docker login`): in `config.json` of `DOCKER_CONFIG`, or with a
 * credential helper that it names. It is read without an engine.
 * @param registry `host[:port]`, with `https://` and a path or without, or an image reference; Docker Hub is `docker.io`
 */
export async function loginFor(
  registry: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<RegistryLogin | undefined> {
  const { storedLogin } = await import('./docker/stored-login.ts');
  return storedLogin(registry, env);
}
