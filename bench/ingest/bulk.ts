import { createHash } from 'node:crypto';
import {
  type Arrival,
  BulkRegistration,
  localWorkspace,
  registerArrivals,
} from '../../runtime/catalog/index.ts';
import { sourceColumns, sourceRow } from '../../runtime/catalog/source-rows.ts';
import { connect, copyRow, type Database, type LoadSession } from '../../runtime/database/index.ts';
import { benchServer } from '../scheduler/server.ts';
import type { Bench } from '../support/bench.ts';
import { alternate, type Lane } from '../support/lanes.ts';
import { mark, table } from '../support/table.ts';

/** Files in one transaction. */
const batchFiles = 5000;
const yardstick = 'raw COPY';
const bulk = 'bulk registration';
const usual = 'registerArrivals';

/** Bulk registration beside COPY of rows that are ready, both into the same table with the same indexes. */
export async function bulkPart(bench: Bench, files: number, rounds: number): Promise<void> {
  const server = await benchServer(bench);
  const db = await connect({ home: '', databaseUrl: await server.database('ingest') });
  const session = await db.openLoad();
  bench.ending.undo(() => session.close().then(() => db.close()));
  const { id } = await localWorkspace(db);
  const lanes = [rawLane(session, id, files), bulkLane(session, id, files), usualLane(db, id, files)];
  const { totals } = await alternate(
    lanes.map((lane) => ({ ...lane, run: () => server.settle().then(lane.run) })),
    rounds,
    bench.ending.signal,
  );
  const rate = (name: string) => (files * 1000) / totals.p50(name);
  const rows = totals.names.map((name) => {
    const ratio = rate(name) / rate(yardstick);
    const isOurs = name === bulk;
    return [
      name,
      Math.round(rate(name)).toLocaleString('en'),
      isOurs ? `≥ 8,000 ${mark(rate(name) >= 8000)}` : '',
      ratio.toFixed(2),
      isOurs ? `≥ 0.7 ${mark(ratio >= 0.7)}` : '',
    ];
  });
  console.log(
    `\n## ${files.toLocaleString('en')} files into the catalogue: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}\n`,
  );
  console.log(`${table(['p50', 'files/s', 'budget', `× ${yardstick}`, 'budget'], rows)}\n`);
}

let made = 0;

/** New ones each time, as a directory tree has them. */
function newFiles(count: number): Arrival[] {
  return Array.from({ length: count }, () => {
    const n = ++made;
    return {
      path: `scenes/${Math.floor(n / 1000)}/scene_${n}.tif`,
      size: n,
      version: `${1_700_000_000_000_000_000n + BigInt(n)}-${n}`,
      sha256: createHash('sha256').update(`${n}`).digest('hex'),
      dataTypes: ['raw', 'optical'],
    };
  });
}

async function timed(work: () => Promise<unknown>) {
  const origin = performance.now();
  await work();
  return { total: performance.now() - origin, steps: [] };
}

/** What there is to send is made before the clock runs. */
function rawLane(session: LoadSession, workspaceId: number, files: number): Lane {
  const columns = Object.keys(sourceColumns) as (keyof typeof sourceColumns)[];
  const statement = `copy scale_file (workspace_id, file_type, ${columns.join(', ')}) from stdin`;
  return {
    name: yardstick,
    async run() {
      const batches: string[][] = [];
      for (const batch of batchesOf(newFiles(files))) {
        const rows = await Promise.all(batch.map(sourceRow));
        batches.push(
          rows.map((row) => copyRow([workspaceId, 'SOURCE', ...columns.map((name) => row[name])])),
        );
      }
      const texts = batches.map((rows) => rows.join(''));
      return timed(async () => {
        for (const text of texts) await session.transaction((tx) => tx.copy(statement, [text]));
      });
    },
  };
}

function bulkLane(session: LoadSession, workspaceId: number, files: number): Lane {
  return {
    name: bulk,
    run: () => {
      const batches = [...batchesOf(newFiles(files))];
      return timed(async () => {
        const registration = new BulkRegistration(session, workspaceId);
        for (const batch of batches) await registration.register(batch);
      });
    },
  };
}

/** As a strike registers them. */
function usualLane(db: Database, workspaceId: number, files: number): Lane {
  return {
    name: usual,
    run: () => {
      const batches = [...batchesOf(newFiles(files))];
      return timed(async () => {
        for (const batch of batches) await db.transaction((tx) => registerArrivals(tx, workspaceId, batch));
      });
    },
  };
}

function* batchesOf<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += batchFiles) yield items.slice(start, start + batchFiles);
}
