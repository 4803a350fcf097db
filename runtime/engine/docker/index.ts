import type { Duplex } from 'node:stream';
import type { Config } from '../../config/index.ts';
import type {
  BuildRequest,
  DeadAmong,
  Engine,
  EngineCapabilities,
  ExecutionKey,
  ImageDetails,
  ImageSummary,
  Launched,
  LaunchSpec,
  LogChunk,
  Observation,
  PreparedNetworks,
  TransferOptions,
  Usage,
} from '../engine.ts';
import { buildImage } from './build.ts';
import { type EngineFacts, readFacts } from './capabilities.ts';
import { type Client, connect } from './client.ts';
import { collect } from './collect.ts';
import { candidates, dockerDirectory } from './endpoint.ts';
import { ExitWatch } from './exit-watch.ts';
import { inspectImage } from './inspect-image.ts';
import { launch } from './launch.ts';
import { list } from './list.ts';
import { listImages } from './list-images.ts';
import { readLogs } from './logs.ts';
import { containerName } from './names.ts';
import { NamespaceHolders, removeHelpers } from './namespace-holders.ts';
import { observationFrom } from './observation.ts';
import { diagnosticImage } from '../diagnostic-image.ts';
import { ensureDiagnosticImage } from './diagnostic-image.ts';
import { pullImage } from './pull.ts';
import { pushImage } from './push.ts';
import { removeContainer } from './remove.ts';
import { Sharing } from './sharing.ts';
import { SharingCache } from './sharing-cache.ts';
import { stopContainer } from './stop.ts';
import { tagImage, untagImage } from './tag-image.ts';
import { until } from './until.ts';
import { readUsage } from './usage.ts';

/** Docker or Podman, whichever answers. @throws engine-unreachable */
export async function connectDocker(config: Config, env: NodeJS.ProcessEnv): Promise<Engine> {
  return new DockerEngine(await connect(await candidates(env)), config, dockerDirectory(env));
}

/** The engine interface over the HTTP API that Docker and Podman share. */
class DockerEngine implements Engine {
  readonly #client: Client;
  readonly #config: Config;
  readonly #dockerDirectory: string;
  readonly #sharing: Sharing;
  readonly #launches = new Map<string, Promise<Launched>>();
  readonly #attached = new Map<string, Duplex>();
  readonly #watches = new Map<string, ExitWatch>();
  #facts: Promise<EngineFacts> | undefined;

  constructor(client: Client, config: Config, directory: string) {
    this.#client = client;
    this.#config = config;
    this.#dockerDirectory = directory;
    this.#sharing = new Sharing(client, new SharingCache(config.home), () => this.#describe());
  }

  async capabilities(): Promise<EngineCapabilities> {
    return (await this.#describe()).capabilities;
  }

  async shares(directory: string): Promise<boolean | undefined> {
    return this.#client.call(`look at ${directory}`, async () => {
      const [image] = await this.#client.docker.listImages();
      return this.#sharing.sees(directory, image?.Id);
    });
  }

  async launch(spec: LaunchSpec, key: ExecutionKey, runtime: string): Promise<Launched> {
    const name = containerName(key);
    const earlier = this.#launches.get(name);
    if (earlier) return { ...(await earlier), adopted: true };
    const launching = this.#launch(spec, key, runtime);
    this.#launches.set(name, launching);
    try {
      return await launching;
    } finally {
      this.#launches.delete(name);
    }
  }

  async #launch(spec: LaunchSpec, key: ExecutionKey, runtime: string): Promise<Launched> {
    const context = { client: this.#client, sharing: this.#sharing, logMiB: this.#config.limits.logMiB };
    const { attached, ...launched } = await launch(context, spec, key, runtime);
    if (attached) this.#attached.set(launched.containerName, attached);
    return launched;
  }

  async *observe(key: ExecutionKey, signal?: AbortSignal): AsyncGenerator<Observation, void, undefined> {
    const watch = this.#watch(containerName(key));
    try {
      const first = await until(watch.first, signal);
      if (!first) return;
      const now = observationFrom(key, first, false);
      if (now.state !== 'exited') yield now;
      const exit = await until(watch.exit, signal);
      if (exit) yield observationFrom(key, exit.details, exit.interrupted);
    } catch (thrown) {
      if (!watch.signal.aborted) throw thrown;
    }
  }

  async list(installation: string): Promise<Observation[]> {
    return this.#client.call('list its containers', () => list(this.#client, installation));
  }

  async *logs(
    key: ExecutionKey,
    signal: AbortSignal = new AbortController().signal,
  ): AsyncGenerator<LogChunk, void, undefined> {
    const name = containerName(key);
    const attached = this.#attached.get(name);
    this.#attached.delete(name);
    yield* readLogs(
      { client: this.#client, name, watch: this.#watch(name), engineWait: this.#config.engineWait, attached },
      signal,
    );
  }

  usage(key: ExecutionKey, signal: AbortSignal): AsyncGenerator<Usage> {
    return readUsage(this.#client, containerName(key), signal);
  }

  async stop(key: ExecutionKey, grace: number): Promise<void> {
    const name = containerName(key);
    await this.#client.call(`stop the container ${name}`, () => stopContainer(this.#client, name, grace));
  }

  async collect(spec: LaunchSpec, key: ExecutionKey): Promise<void> {
    const name = containerName(key);
    const context = { client: this.#client, sharing: this.#sharing, limit: this.#config.limits.outputFiles };
    await this.#client.call(`fetch the outputs of ${name}`, () => collect(context, spec, key, name));
  }

  async remove(key: ExecutionKey): Promise<void> {
    const name = containerName(key);
    this.#watches.get(name)?.cancel();
    this.#watches.delete(name);
    this.#attached.get(name)?.destroy();
    this.#attached.delete(name);
    await this.#client.call(`remove the container ${name}`, () => removeContainer(this.#client, name));
  }

  prepareNetworks(installation: string, runtime: string): PreparedNetworks {
    const architecture = async () => (await this.#describe()).architecture;
    return new NamespaceHolders(this.#client, architecture, installation, runtime);
  }

  async removeHelpers(installation: string, deadAmong: DeadAmong): Promise<void> {
    await this.#client.call('remove helpers', () => removeHelpers(this.#client, installation, deadAmong));
  }

  async inspectImage(reference: string): Promise<ImageDetails | undefined> {
    return this.#client.call(`look up the image ${reference}`, () => inspectImage(this.#client, reference));
  }

  async listImages(): Promise<ImageSummary[]> {
    return this.#client.call('list its images', () => listImages(this.#client));
  }

  async pullImage(reference: string, options: TransferOptions = {}): Promise<void> {
    if (reference !== diagnosticImage)
      return pullImage(this.#client, this.#dockerDirectory, reference, options);
    const { architecture } = await this.#describe();
    await this.#client.call(`make the image ${reference}`, () =>
      ensureDiagnosticImage(this.#client, architecture),
    );
  }

  async pushImage(reference: string, options: TransferOptions = {}): Promise<{ digest: string }> {
    return this.#client.call(`push ${reference}`, () =>
      pushImage(this.#client, this.#dockerDirectory, reference, options),
    );
  }

  async tagImage(source: string, target: string): Promise<void> {
    await this.#client.call(`name ${source} ${target}`, () => tagImage(this.#client, source, target));
  }

  async untagImage(reference: string): Promise<void> {
    await this.#client.call(`remove the name ${reference}`, () => untagImage(this.#client, reference));
  }

  async buildImage(
    request: BuildRequest,
    progress: (line: string) => void = () => {},
  ): Promise<ImageDetails> {
    const context = {
      client: this.#client,
      configuration: this.#dockerDirectory,
      facts: () => this.#describe(),
    };
    return buildImage(context, request, progress);
  }

  close(): void {
    for (const watch of this.#watches.values()) watch.cancel();
    for (const attached of this.#attached.values()) attached.destroy();
    this.#client.close();
  }

  #describe(): Promise<EngineFacts> {
    if (!this.#facts) {
      this.#facts = readFacts(this.#client);
      this.#facts.catch(() => (this.#facts = undefined));
    }
    return this.#facts;
  }

  #watch(name: string): ExitWatch {
    const watch = this.#watches.get(name);
    if (!watch) {
      const hasMemory = async () => !(await this.#describe()).isPodman;
      const made = new ExitWatch(this.#client, name, this.#config.engineWait, hasMemory);
      this.#watches.set(name, made);
      // A watch that gave up must not answer for an engine that is back.
      made.exit.catch(() => this.#watches.get(name) === made && this.#watches.delete(name));
      return made;
    }
    return watch;
  }
}
