import path from 'node:path';
import { openClient } from '../../service/open-client.ts';
import type { BeginPlace } from '../seed-batch.ts';
import { lockBatch } from './batch-lock.ts';
import { prepareOnService, type ServiceBatch } from './prepare.ts';
import { ServiceRunner } from './service-runner.ts';
import { Sources } from './sources.ts';

/** The service that SEED_URL names. */
export const beginOnService: BeginPlace = (config) => {
  const opened = openClient(config);
  // It is awaited when the batch is known; until then it must not end the process.
  opened.catch(() => undefined);
  let prepared: ServiceBatch | undefined;
  let unlock = async (): Promise<void> => undefined;
  return {
    prepare: async (name, options, progress) =>
      (prepared = await prepareOnService(name, options, { client: await opened, config, progress })),
    open: async ({ batch, directory, jobs: most, tell }) => {
      const client = await opened;
      unlock = await lockBatch(directory);
      const jobs = { batch, prepared: prepared!, client, sources: new Sources(client) };
      return new ServiceRunner({ jobs, logs: path.join(config.home, 'logs', `batch-${batch}`), most, tell });
    },
    close: () => unlock(),
  };
};
