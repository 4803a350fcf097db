import type { Duplex } from 'node:stream';
import type { ExecutionKey, LaunchSpec } from '../engine.ts';
import type { Client } from './client.ts';
import { createOptions, type Staging } from './create.ts';
import { engineReason, isStatus } from './failures.ts';
import { launchFailure } from './launch-failure.ts';
import { containerName } from './names.ts';
import { removeContainer } from './remove.ts';
import type { Created, Sharing } from './sharing.ts';
import { sendStaged } from './stage-archive.ts';
import { makeVolumes } from './volumes.ts';

export interface LaunchContext {
  readonly client: Client;
  readonly sharing: Sharing;
  /** MiB of log that the engine keeps, see `createOptions`. */
  readonly logMiB: number;
}

export interface LaunchedContainer {
  readonly containerId: string;
  readonly containerName: string;
  readonly adopted: boolean;
  /** Open since before the start; undefined when adopted. */
  readonly attached?: Duplex;
}

/**
 * Creates the container, stages what the engine cannot see, attaches, starts: in this order, so that no byte of output
 * is lost. A container that carries the name already is adopted when it was started, and made anew when it was not.
 */
export async function launch(
  context: LaunchContext,
  spec: LaunchSpec,
  key: ExecutionKey,
  runtime: string,
): Promise<LaunchedContainer> {
  const name = containerName(key);
  try {
    const created = await create(context, spec, key, runtime);
    if ('containerId' in created) return { ...created, adopted: true, containerName: name };
    return await start(context.client, spec, created, name);
  } catch (thrown) {
    throw launchFailure(context.client, spec, name, thrown);
  }
}

async function create(
  context: LaunchContext,
  spec: LaunchSpec,
  key: ExecutionKey,
  runtime: string,
): Promise<Created | { readonly containerId: string }> {
  const { client, sharing, logMiB } = context;
  await makeVolumes(client, spec, key);
  const request = (staging: Staging) =>
    client.docker.createContainer(createOptions(spec, key, runtime, staging, logMiB));
  try {
    return await sharing.create(spec, request);
  } catch (thrown) {
    if (!isNameTaken(thrown)) throw thrown;
    const existing = client.docker.getContainer(containerName(key));
    const { Id, State } = await existing.inspect();
    if (State.Status !== 'created' && State.Status !== 'configured') return { containerId: Id };
    await removeContainer(client, containerName(key));
    return sharing.create(spec, request);
  }
}

/** Docker says 409; Podman 4.3 says 500, and a sentence. */
function isNameTaken(thrown: unknown): boolean {
  return isStatus(thrown, 409) || /name .* is already in use/i.test(engineReason(thrown));
}

async function start(
  client: Client,
  spec: LaunchSpec,
  { container, mode }: Created,
  name: string,
): Promise<LaunchedContainer> {
  let attached: Duplex | undefined;
  try {
    if (mode === 'archive') await sendStaged(container, spec);
    attached = (await container.attach({
      stream: true,
      hijack: true,
      stdin: false,
      stdout: true,
      stderr: true,
    })) as unknown as Duplex;
    attached.on('error', () => {});
    await container.start();
    return { containerId: container.id, containerName: name, adopted: false, attached };
  } catch (thrown) {
    attached?.destroy();
    await removeContainer(client, container.id).catch(() => {});
    throw thrown;
  }
}
