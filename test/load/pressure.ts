import { setTimeout as delay } from 'node:timers/promises';
import type { LoadClient } from './client.ts';

export interface PressureOptions {
  /** Requests a second, of all connections together. */
  readonly rate: number;
  readonly seconds: number;
  /** Of what is submitted. */
  readonly jobType: number;
}

const reads = [
  'jobs/?page_size=20',
  'queue/status/',
  'nodes/',
  'job-types/',
  'jobs/1/',
  'jobs/2/why/',
  'version/',
];
/** One of so many requests submits a job. */
const submitEvery = 20;

/**
 * Asks and submits over all connections: all of them at once to begin with, then at a steady rate, as many clients do that
 * look again now and then.
 * @param connections one each
 * @returns requests that were answered; what went wrong, in words: 4xx, 5xx, and what happened to connections; jobs that were
 * submitted
 */
export async function pressure(
  connections: readonly LoadClient[],
  { rate, seconds, jobType }: PressureOptions,
): Promise<{ took: number[]; errors: string[]; submitted: number[] }> {
  const errors: string[] = [];
  const took: number[] = [];
  const submitted: number[] = [];
  const begun = performance.now();
  const gap = (connections.length / rate) * 1000;
  const connection = async (client: LoadClient, nth: number) => {
    for (let turn = 0; ; turn += 1) {
      const due = turn === 0 ? begun : begun + (nth / connections.length + turn) * gap;
      if (due > begun + seconds * 1000) return;
      await delay(Math.max(0, due - performance.now()));
      const at = performance.now();
      const count = turn * connections.length + nth;
      const [method, path] =
        count % submitEvery === 0 ? ['POST', 'jobs/'] : ['GET', reads[count % reads.length]!];
      const body = { job_type_id: jobType, input: { version: '7', files: {}, json: {} } };
      try {
        const { status, text } = await client.ask(method!, path!, method === 'POST' ? body : undefined);
        if (status >= 400) errors.push(`status ${status} of ${method} ${path}`);
        else if (method === 'POST') submitted.push((JSON.parse(text) as { id: number }).id);
        took.push(performance.now() - at);
      } catch (thrown) {
        errors.push(`${String(thrown)} of ${method} ${path}`);
      }
    }
  };
  await Promise.all(connections.map(connection));
  return { took, errors, submitted };
}
