import pg from 'pg';
import { connect } from '../../runtime/database/index.ts';
import { registerJobType } from '../../runtime/jobs/index.ts';
import { judgeManifest } from '../../runtime/manifest/index.ts';
import { benchManifest } from '../support/image.ts';
import { type Contender, inLanes } from './contender.ts';
import { fill, transitions } from './transitions.ts';

const concurrencies = { single: [4, 8, 16, 32], batches: [2, 4, 8] } as const;

/**
 * The transitions of our own tables in plain SQL, prepared, without any code between: what no scheduler on these tables
 * can be faster than at one job, or one batch, for each claim.
 * @param url of an empty database
 * @param batch jobs of a submission, of a claim and of a finish
 */
export async function bareSql(url: string, batch: number): Promise<Contender> {
  const { jobTypeId, revisionId } = await prepareTables(url);
  const lanes = batch === 1 ? concurrencies.single : concurrencies.batches;
  const pool = new pg.Pool({ connectionString: url, max: Math.max(...lanes) });
  const statements = transitions(batch);
  const run = async <Row extends object>(name: keyof typeof statements, values: readonly unknown[]) =>
    (await pool.query<Row>({ name, text: statements[name], values: [...values] })).rows;
  const nodeId = await makeNode(pool, Math.max(...lanes) * batch);
  return {
    name: 'bare SQL of the same transitions',
    form: batch === 1 ? 'one job per claim' : 'batches',
    concurrencies: lanes,
    async lengthen(count) {
      await pool.query(fill, [count, jobTypeId, revisionId]);
      await pool.query('vacuum analyze job');
    },
    cycle: (concurrency, onDone, signal) =>
      inLanes(concurrency, signal, async (lane) => {
        await run('submit', [jobTypeId, revisionId]);
        const claimed = await run<{ id: string }>('claim', [nodeId, lane * batch]);
        await run('finish', [claimed.map(({ id }) => id)]);
        onDone(claimed.length);
      }),
    waiting: async () => (await run<{ count: number }>('waiting', []))[0]!.count,
    close: () => pool.end(),
  };
}

/** Migrates, and registers a job type. */
async function prepareTables(url: string) {
  const database = await connect({ home: '', databaseUrl: url });
  try {
    const document = benchManifest({ name: 'nothing', command: 'true' });
    const { manifest } = judgeManifest(document);
    return await registerJobType(database, manifest!, document, 'bench-nothing:1', 'bench');
  } finally {
    await database.close();
  }
}

async function makeNode(pool: pg.Pool, slots: number): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into node (name, hostname, engine, state) values ('bench', 'bench', 'bench', 'READY') returning id`,
  );
  const { id } = rows[0]!;
  await pool.query(
    'insert into slot (node_id, index) select $1, i from generate_series(0, $2::integer - 1) i',
    [id, slots],
  );
  return id;
}
