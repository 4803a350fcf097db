import type Docker from 'dockerode';

/** Asks an engine for a sign of life. The library takes a signal here, which its types do not know. */
export async function ping(docker: Docker, signal: AbortSignal): Promise<void> {
  await (docker.ping as (options: { abortSignal: AbortSignal }) => Promise<unknown>).call(docker, {
    abortSignal: signal,
  });
}
