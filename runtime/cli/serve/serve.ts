import path from 'node:path';
import { type Api, createApi } from '../../api/index.ts';
import { serviceToken } from '../../auth/index.ts';
import { type Batches, startBatches } from '../../batch/index.ts';
import { type Config, readConfig } from '../../config/index.ts';
import { serviceCacheMiB } from '../../database/index.ts';
import { type Ingest, startIngest } from '../../ingest/index.ts';
import { createLogger, type Logger } from '../../logging/index.ts';
import { Metrics } from '../../metrics/index.ts';
import { type Schedules, startSchedules } from '../../schedules/index.ts';
import { loadSecretKey } from '../../secrets/index.ts';
import { openDatabase, openRuntime, type Runtime } from '../../scheduler/index.ts';
import { startTracing, type Tracing } from '../../tracing/index.ts';
import { WebhookSender } from '../../webhooks/index.ts';
import { write } from '../progress/writer.ts';
import { version } from '../version.ts';
import { chooseEngine } from './choose-engine.ts';
import { DrivenEngines } from './driven-engines.ts';
import { engineOptions } from './engine-option.ts';
import { addressOf, type Address, expectFree, urlOf } from './listening.ts';
import type { ServeOptions } from './options.ts';
import { StopSignals } from './stop-signals.ts';

/**
 * `seed serve`: a runtime and the REST service, until a signal asks to stop.
 * @returns 0
 * @throws invalid-usage, address-unusable, database-unreachable and its kind, token-unsafe, home-unusable
 */
export async function serve(options: ServeOptions): Promise<0> {
  const config = readConfig();
  const address = addressOf(options, config.service.token);
  const engines = new DrivenEngines(config, engineOptions(options.engine, process.env));
  const logger = createLogger(options.verbose ? 'debug' : config.logLevel);
  const signals = new StopSignals();
  try {
    const token = await serviceToken(config);
    await expectFree(address);
    const metrics = new Metrics();
    const tracing = await startTracing(process.env, version, logger);
    const runtime = await openRuntime({
      config,
      logger,
      engines: engines.named,
      database: openDatabase(config, serviceCacheMiB()),
      observer: (execution) => {
        metrics.execution(execution);
        tracing?.execution(execution);
      },
    });
    const { drain = false, insecure = false } = options;
    await answer(runtime, { config, logger, metrics, tracing, token, address, drain, insecure }, signals);
    return 0;
  } finally {
    engines.close();
    signals.end();
  }
}

interface Service {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing | undefined;
  readonly token: string;
  readonly address: Address;
  readonly drain: boolean;
  readonly insecure: boolean;
}

async function answer(runtime: Runtime, service: Service, signals: StopSignals): Promise<void> {
  const { config, logger, metrics, tracing, token, address, drain, insecure } = service;
  let api: Api | undefined;
  let webhooks: WebhookSender | undefined;
  let ingest: Ingest | undefined;
  let schedules: Schedules | undefined;
  let batches: Batches | undefined;
  try {
    const { db, logs, engineSockets, scheduler } = runtime;
    const engineFor = (image: string) => chooseEngine(scheduler.nodes, image);
    const asked = { config, logger, metrics, tracing, token, insecure, version };
    api = await createApi({ ...asked, db, logs, engineSockets, engineFor });
    webhooks = new WebhookSender({
      db,
      logger,
      version,
      secretKey: await loadSecretKey(config),
      allowPrivate: config.service.webhookAllowPrivate,
    });
    ingest = startIngest({ db, config, logger, observer: metrics.ingest });
    schedules = startSchedules({ db, config, logger, engineSockets });
    batches = startBatches({ db, config, logger, engineSockets });
    const port = await api.listen(address.host, address.port);
    if (insecure) warnOfInsecurity({ ...address, port }, logger);
    await write(process.stdout, `${greeting({ ...address, port }, config)}\n`);
    const signal = await signals.asked;
    logger.info({ signal, running: scheduler.running, drain }, 'stopping');
    if (drain && scheduler.running > 0)
      process.stderr.write(
        `seed serve: waiting for the jobs that run (${scheduler.running}); once more to stop at once\n`,
      );
    // Who waits for a job that runs here may go on asking for it.
    if (!drain) await api.close();
    await schedules.stop();
    await ingest.stop();
    await batches.stop();
    await runtime.stop({ drain, last: () => webhooks!.stop() });
  } finally {
    await api?.close();
    await schedules?.stop();
    await ingest?.stop();
    await batches?.stop();
    await webhooks?.stop();
    await runtime.stop();
    await tracing?.close();
  }
}

function warnOfInsecurity(address: Address, logger: Logger): void {
  const warning = `--insecure: whoever reaches ${urlOf(address)} needs no token, and may run any image on this machine, read every file and change everything`;
  process.stderr.write(`seed serve: WARNING: ${warning}\n`);
  logger.warn({ host: address.host, port: address.port }, warning);
}

function greeting(address: Address, { home, service }: Config): string {
  const token = service.token === undefined ? path.join(home, 'token') : 'SEED_TOKEN';
  return `seed serve: listening at ${urlOf(address)} (token: ${token})`;
}
