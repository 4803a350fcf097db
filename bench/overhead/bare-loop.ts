import { once } from 'node:events';
import type { Lane } from '../support/lanes.ts';
import { sameContainer } from './same-container.ts';
import type { Subject } from './subject.ts';

/**
 * The yardstick: the library alone, one call after the other. Nothing is looked up, kept or checked.
 * @param network `none`, or `container:<holder>`
 */
export async function bareLoop(name: string, subject: Subject, network: string): Promise<Lane> {
  const { docker } = subject.bench;
  const next = await sameContainer(subject, network);
  return {
    name,
    async run() {
      const steps: [string, number][] = [];
      const origin = performance.now();
      let last = origin;
      const lap = (step: string) => {
        const now = performance.now();
        steps.push([step, now - last]);
        last = now;
      };
      const container = await docker.createContainer(next());
      lap('create');
      const output = await container.attach({ stream: true, stdout: true, stderr: true });
      const ended = once(output.resume(), 'end');
      lap('attach');
      await container.start();
      lap('start');
      const { StatusCode } = (await container.wait()) as { StatusCode: number };
      await ended;
      lap('wait');
      await container.remove({ v: true });
      lap('remove');
      if (StatusCode !== 0) throw new Error(`the bare container ended with ${StatusCode}`);
      return { total: last - origin, steps };
    },
  };
}
