import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { testHome } from '../../test/support/database.ts';
import type { Signals } from '../../runtime/database/index.ts';
import { createApi } from '../../runtime/api/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { openRuntime } from '../../runtime/scheduler/index.ts';
import { joinSignals } from '../../runtime/signals/index.ts';
import type { Subject } from '../overhead/subject.ts';
import type { Lane } from '../support/lanes.ts';

const token = 'benchmark-benchmark';

/** So many jobs through a service with its embedded database, submitted one by one over HTTP, so many at once. */
export async function openService(
  name: string,
  { engine, config, bench, image }: Subject,
  jobs: number,
  concurrency: number,
): Promise<Lane> {
  const { home, remove } = await testHome();
  bench.ending.undo(remove);
  const logger = createLogger('warn');
  const own = { ...config, home, databaseUrl: undefined, node: { ...config.node, slots: concurrency } };
  const runtime = await openRuntime({ config: own, logger, engines: [{ name: 'bench', engine }] });
  bench.ending.undo(() => runtime.stop());
  const api = await createApi({
    ...runtime,
    config: own,
    logger,
    token,
    version: 'bench',
    engineFor: async () => engine,
  });
  const port = await api.listen('127.0.0.1', 0);
  bench.ending.undo(() => api.close());
  const post = async (route: string, body: object): Promise<{ id: number }> => {
    const response = await fetch(`http://127.0.0.1:${port}/v6/${route}`, {
      method: 'POST',
      headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { id: number };
  };
  const { id: job_type_id } = await post('job-types/', { docker_image: image, configuration: {} });
  return {
    name: `${name} ${concurrency}`,
    async run() {
      const origin = performance.now();
      const ids: number[] = [];
      for (let at = 0; at < jobs; at++) {
        ids.push((await post('jobs/', { job_type_id, input: {}, configuration: {} })).id);
      }
      for (;;) {
        const changed = nextEnd(runtime.db, bench.ending.signal);
        const [row] = await runtime.db.query<{ done: number; failed: number }>(
          `select count(*) filter (where status = 'COMPLETED') as done,
             count(*) filter (where status in ('FAILED', 'CANCELED')) as failed from job where id = any($1)`,
          [ids],
        );
        if (row!.failed > 0) throw new Error(`${row!.failed} jobs failed; see ${path.join(home, 'logs')}`);
        if (row!.done === jobs) return { total: performance.now() - origin, steps: [] };
        await changed;
      }
    },
  };
}

/** To ask again and again would cost the machine as much as the jobs themselves. Signals that are lost are made up for. */
async function nextEnd(db: Signals, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const unlisten = db.listen((topic) => topic === 'jobs' && over.abort());
  const either = joinSignals([signal, over.signal]);
  await pause(1000, undefined, { signal: either.signal }).catch(() => undefined);
  either.release();
  unlisten();
  signal.throwIfAborted();
}
