import type { Observation } from '../engine.ts';
import type { Client } from './client.ts';
import { isStatus } from './failures.ts';
import { keyFromLabels, label } from './names.ts';
import { observationFrom } from './observation.ts';

/** Inspections at a time. */
const concurrency = 8;

/** Every execution's container of an installation; one that goes away meanwhile is left out. */
export async function list(client: Client, installation: string): Promise<Observation[]> {
  const filters = { label: [`${label.installation}=${installation}`, label.execution] };
  const containers = await client.docker.listContainers({ all: true, filters });
  const observations: Observation[] = [];
  const pending = containers.values();
  const inspectNext = async () => {
    for (const { Id, Labels } of pending) {
      const key = keyFromLabels(Labels);
      if (!key) continue;
      try {
        observations.push(observationFrom(key, await client.docker.getContainer(Id).inspect(), false));
      } catch (thrown) {
        if (!isStatus(thrown, 404)) throw thrown;
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, inspectNext));
  return observations;
}
