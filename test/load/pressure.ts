import { setTimeout as delay } from 'node:timers/promises';
import type { LoadClient } from './client.ts';

export interface PressureOptions {
  readonly connections: number;
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
 * Asks and submits at a steady rate over all connections at once, as many clients do that look again now and then.
 * @returns requests that were answered; what went wrong, in words: 5xx, and what happened to connections
 */
export async function pressure(
  client: LoadClient,
  { connections, rate, seconds, jobType }: PressureOptions,
): Promise<{ requests: number; errors: string[]; p95: number }> {
  const errors: string[] = [];
  const took: number[] = [];
  const begun = performance.now();
  const gap = (connections / rate) * 1000;
  const connection = async (nth: number) => {
    for (let turn = 0; ; turn += 1) {
      const due = begun + (nth * gap) / connections + turn * gap;
      if (due > begun + seconds * 1000) return;
      await delay(Math.max(0, due - performance.now()));
      const at = performance.now();
      const count = turn * connections + nth;
      const body = { job_type_id: jobType, input: { version: '7', files: {}, json: {} } };
      try {
        const { status } = await (count % submitEvery === 0
          ? client.ask('POST', 'jobs/', body)
          : client.ask('GET', reads[count % reads.length]!));
        if (status >= 400) errors.push(`status ${status} of ${reads[count % reads.length]}`);
        took.push(performance.now() - at);
      } catch (thrown) {
        errors.push(String(thrown));
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, nth) => connection(nth)));
  took.sort((a, b) => a - b);
  return { requests: took.length, errors, p95: Math.round(took[Math.floor(took.length * 0.95)] ?? NaN) };
}
