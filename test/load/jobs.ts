import { setTimeout as delay } from 'node:timers/promises';
import type { LoadClient } from './client.ts';

interface Job {
  readonly status: string;
  readonly created: string;
  readonly ended: string | null;
  readonly error: unknown;
}

/**
 * Jobs, so many at once and one after the other, until `isOver` says so; each lane runs one at least.
 * @returns from submission to end, milliseconds @throws where one fails
 */
export async function runJobs(
  client: LoadClient,
  type: number,
  lanes: number,
  isOver: () => boolean,
): Promise<number[]> {
  const took: number[] = [];
  const lane = async () => {
    do {
      const { id } = await client.post('jobs/', {
        job_type_id: type,
        input: { version: '7', files: {}, json: {} },
        configuration: { priority: 1 },
      });
      took.push(await endOf(client, id));
    } while (!isOver());
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return took;
}

/** Waits until a job has completed. @returns milliseconds since its submission @throws where it fails */
export async function endOf(client: LoadClient, id: number): Promise<number> {
  for (;;) {
    const { status, text } = await client.ask('GET', `jobs/${id}/`);
    if (status !== 200) throw new Error(`jobs/${id}/: ${status} ${text}`);
    const job = JSON.parse(text) as Job;
    if (job.status === 'COMPLETED') return Date.parse(job.ended!) - Date.parse(job.created);
    if (job.status === 'FAILED' || job.status === 'CANCELED') throw new Error(`job ${id} ended: ${text}`);
    await delay(100);
  }
}
