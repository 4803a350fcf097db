import { inTurn } from './in-turn.ts';
import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { SeedbedError } from '../errors/index.ts';
import { queriesOver, type Queries } from './queries.ts';
import { messageOf } from './error-code.ts';

/** That this process lives, for all the processes that share its database. */
export interface Presence {
  /** This process's number, a positive integer below 2^48 as text; new for every connection. */
  readonly runtime: string;
  /** Resolves, never rejects, when the server no longer knows that we live: others may take over what we run. */
  readonly lost: Promise<SeedbedError>;
  /** Over the session that announces us, so that an answer proves it alive; never waits for a session of the pool. */
  readonly queries: Queries;
  /** Whether the process of that number is connected to this database now. */
  isAlive(runtime: string): Promise<boolean>;
  /** Those of `runtimes` that are not. */
  deadAmong(runtimes: readonly string[]): Promise<string[]>;
  /** Since when, UTC text, the first of those processes is connected that are connected now; undefined: it cannot be known. */
  oldest(): Promise<string | undefined>;
  /** Ends the sessions that announce these: of processes that hang, or whose network swallows what is sent. */
  expel(runtimes: readonly string[]): Promise<void>;
}

/**
 * Announces this process: a session lock on its number for as long as `client` is connected. The server frees it when
 * the process ends, however it ends.
 * @param isClosing whether we ourselves are ending the connection, so that its end is no loss
 */
export async function announce(
  client: pg.Client,
  queries: Queries,
  where: string,
  isClosing: () => boolean,
): Promise<Presence> {
  const runtime = String(randomInt(1, 2 ** 48 - 1));
  const lost = new Promise<SeedbedError>((resolve) => {
    const tell = (reason: string): void => {
      if (!isClosing()) resolve(new SeedbedError('database-unreachable', { where, reason }));
    };
    client.once('error', (error) => tell(messageOf(error)));
    client.once('end', () => tell('the connection was closed'));
  });
  await client.query('select pg_advisory_lock($1::bigint)', [runtime]);
  const deadAmong = (runtimes: readonly string[]): Promise<string[]> => withoutLock(queries, runtimes);
  return {
    runtime,
    lost,
    queries: inTurn(queriesOver(client, where)).queries,
    deadAmong,
    isAlive: async (other) => (await deadAmong([other])).length === 0,
    oldest: async () => {
      const [row] = await queries.query<{ since: string | null }>(
        `select case when count(*) = count(a.backend_start) then min(a.backend_start) end as since
         from pg_locks l left join pg_stat_activity a on a.pid = l.pid where ${isPresence}`,
      );
      return row?.since ?? undefined;
    },
    expel: async (others) => {
      await queries.query(
        `select pg_terminate_backend(pid) from pg_locks where ${isPresence} and ${number} = any($1)`,
        [others],
      );
    },
  };
}

/** pg_locks shows the locks of all databases of the server, and the same number may be held in another one. */
const isPresence = `locktype = 'advisory' and objsubid = 1 and granted
  and database = (select oid from pg_database where datname = current_database())`;
const number = '((classid::bigint << 32) | objid::bigint)::text';

async function withoutLock(queries: Queries, runtimes: readonly string[]): Promise<string[]> {
  if (runtimes.length === 0) return [];
  const rows = await queries.query<{ runtime: string }>(
    `select runtime from unnest($1::text[]) as runtime
     except
     select ${number} from pg_locks where ${isPresence}`,
    [runtimes],
  );
  return rows.map((row) => row.runtime);
}
