import type { Client } from './client.ts';
import { isStatus } from './failures.ts';

/**
 * The image's stop signal (SIGTERM by default), then SIGKILL after `grace` seconds. Resolves when the container has ended;
 * one that has ended, or is gone, is fine. One that is paused is woken, because it could not take a signal.
 */
export async function stopContainer(client: Client, name: string, grace: number): Promise<void> {
  const container = client.docker.getContainer(name);
  try {
    const { State } = await container.inspect();
    if (State.Paused) await container.unpause().catch(() => {});
    await container.stop({ t: Math.ceil(grace) });
  } catch (thrown) {
    if (!isStatus(thrown, 304, 404)) throw thrown;
  }
}
