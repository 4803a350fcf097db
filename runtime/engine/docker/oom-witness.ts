import type { Client } from './client.ts';
import { isConnectionLost } from './failures.ts';
import { jsonLines } from './json-lines.ts';

/** How long the news of an out-of-memory kill may be behind that of the exit, seconds: under load it is. */
const patience = 2;

interface ContainerEvent {
  readonly status?: string;
  readonly Action?: string;
}

/**
 * Whether a container that was killed, and that the engine does not call out of memory, was so after all: the engine sets
 * its flag only when it hears of the kill before it hears of the exit. A kill that somebody asked for is none.
 */
export async function wasOutOfMemory(
  client: Client,
  containerId: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const events = await client.fresh.getEvents({
      since: 1,
      until: Math.ceil(Date.now() / 1000) + patience,
      filters: { container: [containerId], event: ['kill', 'oom'] },
      abortSignal: signal,
    });
    for await (const event of jsonLines<ContainerEvent>(events))
      return (event.status ?? event.Action) === 'oom';
    return false;
  } catch (thrown) {
    if (signal.aborted || isConnectionLost(thrown)) return false;
    throw thrown;
  }
}
