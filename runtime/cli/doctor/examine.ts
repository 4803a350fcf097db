import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Config, readConfig } from '../../config/index.ts';
import { lookAtDatabase } from '../../database/index.ts';
import { createEngine, type Engine, type EngineCapabilities } from '../../engine/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { type Check, check, failure, inTime, notLookedAt, ok, type Verdict } from './check.ts';
import { aheadOf, judgeClock, type Reading } from './clock.ts';
import { lookAtCredentials } from './credentials.ts';
import { judgeDatabase, judgeMigrations } from './database.ts';
import { judgeSpace, spaceAt } from './disk.ts';
import { describeEngine, judgeLimits, lookAtSharing } from './engine.ts';
import { existing, lookAtHome } from './home.ts';
import { judgeNode } from './node.ts';

/** Everything that is looked at, at the same time, in the order in which it is told. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Check[]> {
  const here = [
    check('node', () => judgeNode(process.versions.node)),
    check('disk-temporary', () => lookAtSpace('temporary files', tmpdir())),
    check('disk-outputs', () => lookAtSpace('outputs', process.cwd())),
    check('credentials', () => lookAtCredentials(env)),
  ];
  let config: Config;
  try {
    config = readConfig(env);
  } catch (thrown) {
    const configuration = check('configuration', () => failure(reasonOf(thrown), 'Correct that variable.'));
    const others = ['engine', 'home', 'database'].map((name) =>
      check(name, () => notLookedAt('configuration')),
    );
    return Promise.all([configuration, ...here, ...others]);
  }
  return Promise.all([...lookAtEngine(config, env), ...lookAtFacts(config), ...here]);
}

function lookAtEngine(config: Config, env: NodeJS.ProcessEnv): Promise<Check>[] {
  const connected = createEngine(config, env);
  const where = env.DOCKER_HOST || 'the usual places';
  const answered = inTime(
    connected.then(async (engine) => ({ engine, machine: await engine.capabilities() })),
  ).catch(named((reason) => new SeedbedError('engine-unreachable', { where, reason })));
  const look = (name: string, judge: (machine: EngineCapabilities, engine: Engine) => Looked) =>
    check(name, () => needing('engine', answered, ({ machine, engine }) => judge(machine, engine)));
  const checks = [
    check('engine', async () => describeEngine((await answered).machine, env)),
    look('limits', judgeLimits),
    look('sharing', async (_, engine) => lookAtSharing(engine, [process.cwd(), await existing(config.home)])),
    look('clock-engine', ({ clock }) => lookAtClock('the engine', clock)),
    look('disk-engine', ({ socket, dataRoot }) =>
      dataRoot !== undefined && socket !== undefined && existsSync(dataRoot)
        ? lookAtSpace('images and containers', dataRoot)
        : ok('the engine keeps its files on another machine'),
    ),
  ];
  const close = async () => (await connected).close();
  void Promise.allSettled(checks)
    .then(close)
    .catch(() => undefined);
  return checks;
}

function lookAtFacts(config: Config): Promise<Check>[] {
  const { home, databaseUrl } = config;
  const where = databaseUrl ? 'DATABASE_URL' : home;
  const looked = inTime(lookAtDatabase(config)).catch(
    named((reason) => new SeedbedError('database-unreachable', { where, reason })),
  );
  const later = 'the first run makes it';
  return [
    check('home', () => lookAtHome(home)),
    check('disk-home', async () => lookAtSpace('SEED_HOME', await existing(home))),
    check('database', async () => {
      const look = await looked;
      return look ? judgeDatabase(look, !databaseUrl) : ok(`embedded, in ${home}: ${later}`);
    }),
    check('migrations', () =>
      needing('database', looked, (look) => (look ? judgeMigrations(look.migrations) : ok(later))),
    ),
    check('clock-database', () =>
      needing('database', looked, (look) => (look ? lookAtClock('the database', look.clock) : ok(later))),
    ),
  ];
}

type Looked = Verdict | Promise<Verdict>;

async function needing<Value>(
  name: string,
  value: Promise<Value>,
  judge: (value: Value) => Looked,
): Promise<Verdict> {
  const answer = await value.then(
    (it) => ({ it }),
    () => undefined,
  );
  return answer ? judge(answer.it) : notLookedAt(name);
}

/** Names a silence, and whatever else has no name yet. */
function named(name: (reason: string) => SeedbedError): (thrown: unknown) => never {
  return (thrown) => {
    throw thrown instanceof SeedbedError ? thrown : name(reasonOf(thrown));
  };
}

async function lookAtSpace(what: string, directory: string): Promise<Verdict> {
  return judgeSpace(`${directory} (${what})`, await spaceAt(directory));
}

function lookAtClock(other: string, reading: Reading | undefined): Verdict {
  return reading ? judgeClock(other, aheadOf(reading)) : ok(`${other} does not tell its time`);
}
