import { joinSignals } from '../../signals/index.ts';
import type { Client } from './client.ts';
import { isConnectionLost } from './failures.ts';
import { jsonLines } from './json-lines.ts';

/** How long an engine may take to note an exit that it has already answered, milliseconds. */
const patience = 5000;

interface ContainerEvent {
  readonly status?: string;
  readonly Action?: string;
}

/**
 * Whether an exit says something about the job. An engine that stops ends its jobs first (137, or 0 where the job traps
 * SIGTERM) and still answers over open connections; one that was killed ends them when it starts again. So the exit
 * must be remembered by an engine that takes a new connection: a stopping one refuses, a later one has no memory of the
 * start, and its memory of the end, if any, begins with its own signal.
 *
 * @param unbroken whether the wait for this exit was open over one connection since before the exit
 * @param signal ends the question with false
 */
export async function exitIsGenuine(
  client: Client,
  containerId: string,
  unbroken: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const limit = joinSignals([signal], patience);
  const seen = new Set<string>();
  try {
    const events = await client.fresh.getEvents({
      since: 1,
      filters: { container: [containerId], event: ['start', 'kill', 'die'] },
      abortSignal: limit.signal,
    });
    for await (const event of jsonLines<ContainerEvent>(events)) {
      const kind = event.status ?? event.Action ?? '';
      seen.add(kind);
      if (kind === 'die') return verdict(seen, unbroken);
    }
    return false;
  } catch (thrown) {
    if (limit.signal.aborted || isConnectionLost(thrown)) return false;
    throw thrown;
  } finally {
    limit.release();
  }
}

function verdict(seen: ReadonlySet<string>, unbroken: boolean): boolean {
  return unbroken || seen.has('start') || !seen.has('kill');
}
