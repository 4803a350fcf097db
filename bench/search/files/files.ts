import { parseArgs } from 'node:util';
import { listFiles } from '../../../runtime/catalog/index.ts';
import { scaleFileColumns, scaleFileTables } from '../../../runtime/catalog/scale-file.ts';
import { connect, type Database } from '../../../runtime/database/index.ts';
import { serviceCacheMiB } from '../../../runtime/database/embedded/cache.ts';
import { embeddedSettingsOf } from '../../../runtime/database/embedded/server.ts';
import { benchServer } from '../../scheduler/server.ts';
import { runBench } from '../../support/bench.ts';
import { quantile } from '../../support/statistics.ts';
import { mark, table } from '../../support/table.ts';
import { comparePages } from './pages.ts';
import { type Kind, kindsOf, type Question } from './questions.ts';
import { seedFootprints } from './seed-footprints.ts';

const options = {
  /** 10000000 takes half an hour to fill. */
  rows: { type: 'string', default: '1000000' },
  /** So many that the slowest one in a hundred are five. */
  rounds: { type: 'string', default: '500' },
  /** A directory for the filled database, which stays there and is used by the next run. */
  keep: { type: 'string' },
  /** As in a service that has just been started: no code is compiled, and nothing is in the memory of the database. */
  cold: { type: 'boolean', default: false },
  /** Only kinds whose name contains it. */
  only: { type: 'string', default: '' },
} as const;

/** What searches of the catalogue take, each beside the same one in SQL by hand. @returns the exit code */
export async function benchFiles(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const rows = Math.max(1000, Math.trunc(Number(values.rows)));
  const rounds = Math.max(1, Math.trunc(Number(values.rounds)));
  return runBench(async (bench) => {
    const settings = embeddedSettingsOf(serviceCacheMiB());
    const server = await benchServer(bench, values.keep, settings);
    const databaseUrl = await server.database(`footprints_${rows}`);
    const db = await connect({ home: bench.directory, databaseUrl });
    bench.ending.undo(() => db.close());
    const [there] = await db.query('select from scale_file limit 1');
    const made = there ? 'kept' : `made in ${(await seedFootprints(db, rows)).toFixed(0)} s`;
    await server.settle();
    if (!values.cold) await warm(db);
    const memory = values.cold ? 'none of it in memory' : 'in memory';
    console.log(`## ${rows.toLocaleString('en')} footprints, ${made}, ${memory}: ${rounds} rounds\n`);
    const lines: string[][] = [];
    for (const kind of kindsOf(rows).filter(({ name }) => name.includes(values.only)))
      lines.push(await compare(db, kind, rounds, values.cold ? 0 : rounds * warmUpMs, bench.ending.signal));
    console.log(
      `${table(['ms', 'p50', 'p99', 'SQL p50', 'SQL p99', 'ratio of p50', 'found', 'budget'], lines)}\n`,
    );

    const orders = {
      'by id': [{ field: 'id', descending: false }],
      'by data_started': [{ field: 'data_started', descending: false }],
      'by -data_started': [{ field: 'data_started', descending: true }],
    };
    const last = Math.min(1000, Math.trunc(rows / 200));
    const pages: string[][] = [];
    for (const [name, order] of Object.entries(orders)) pages.push(await comparePages(db, name, order, last));
    console.log(`${table(['ms, p50', 'first pages', 'late pages', 'ratio', 'budget'], pages)}\n`);
    return 0;
  });
}

/** All files and their indices into the memory of the server, where those of a service are that has been asked a while. */
async function warm(db: Database): Promise<void> {
  await db.query('create extension if not exists pg_prewarm');
  await db.query(
    `select pg_prewarm(oid::regclass) from (
       select 'scale_file'::regclass as oid union select indexrelid from pg_index where indrelid = 'scale_file'::regclass) r`,
  );
}

/** Of searches of one kind for each round, until the code that they go through is compiled as that of a service is. */
const warmUpMs = 20;

async function compare(
  db: Database,
  { name, budget, ask }: Kind,
  rounds: number,
  warmUp: number,
  signal: AbortSignal,
): Promise<string[]> {
  const [ours, bare, found]: [number[], number[], number[]] = [[], [], []];
  let state = 7;
  const random = () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  const search = ({ filter, limit }: Question) => listFiles(db, filter, [], { offset: 0, limit });
  for (const end = performance.now() + warmUp; performance.now() < end;) {
    signal.throwIfAborted();
    const question = await ask(random);
    await search(question);
    await bySql(db, question);
  }
  for (let round = 0; round < rounds; round++) {
    signal.throwIfAborted();
    const question = await ask(random);
    const origin = performance.now();
    const page = await search(question);
    const between = performance.now();
    await bySql(db, question);
    ours.push(between - origin);
    bare.push(performance.now() - between);
    found.push(page.count);
  }
  const [p50, p99] = [quantile(ours, 0.5), quantile(ours, 0.99)];
  return [
    name,
    p50.toFixed(2),
    p99.toFixed(2),
    quantile(bare, 0.5).toFixed(2),
    quantile(bare, 0.99).toFixed(2),
    `${(p50 / quantile(bare, 0.5)).toFixed(2)} × SQL`,
    quantile(found, 0.5).toFixed(0),
    budget === undefined ? '' : `p99 ≤ ${budget} ${mark(p99 <= budget)}`,
  ];
}

/** The page alone: nothing is counted, and of a shape only the box is looked at. */
function bySql(db: Database, { where, values, areFew, order, limit }: Question): Promise<unknown[]> {
  const few = `with few as materialized (select f.id from scale_file f where ${where})`;
  return db.query(
    `${areFew ? few : ''} select ${scaleFileColumns} from ${scaleFileTables}
     where ${areFew ? 'f.id in (select id from few)' : where} order by ${order} limit ${limit}`,
    values,
  );
}
