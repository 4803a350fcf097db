import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client.ts';
import { isStatus } from './failures.ts';

/** How long an engine may take to finish a removal that somebody else began, milliseconds. */
const patience = 30_000;

/** Removes a container, running or not, with its anonymous volumes; absent is fine. Resolves when it is gone. */
export async function removeContainer(client: Client, name: string): Promise<void> {
  const container = client.docker.getContainer(name);
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      await container.remove({ force: true, v: true });
      return;
    } catch (thrown) {
      if (isStatus(thrown, 404)) return;
      // 409: its removal is in progress already; it is gone when the engine no longer knows it.
      if (!isStatus(thrown, 409) || performance.now() > deadline) throw thrown;
      await pause(50);
    }
  }
}
