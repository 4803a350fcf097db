import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { harvested, result, runningJob } from '../../test/support/completion.ts';
import { withDatabase } from '../../test/support/connected.ts';
import type { Database, Queries } from '../database/index.ts';
import type { Harvested } from '../execution/index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';
import { complete } from './index.ts';

let db: Database;
let workspace: LocalWorkspace;
let directory: string;
withDatabase((connected, local) => {
  db = connected;
  workspace = local;
});
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** More than two batches of rows. */
const count = 241;
const rowsAtMost = 100;
const nameOf = (n: number) => `f${`${n}`.padStart(4, '0')}.txt`;

/** Files that are made when they are asked for. */
class Lazy {
  readonly length = count;
  /** Of the pass that goes on. */
  given = 0;
  readonly #metadata: (n: number) => Harvested['metadata'];

  constructor(metadata: (n: number) => Harvested['metadata'] = () => null) {
    this.#metadata = metadata;
  }

  *[Symbol.iterator](): Generator<Harvested, void, undefined> {
    for (this.given = 0; this.given < count;) {
      const n = this.given++;
      const outputs = n % 2 === 0 ? ['OUT'] : ['OUT', 'ODD'];
      yield harvested(nameOf(n), { outputs, metadata: this.#metadata(n) });
    }
  }
}

const versions = new Map(Array.from({ length: count }, (_, n) => [nameOf(n), `version ${n}`]));

/** Tells of each statement that makes files, and of the beginning and end of the transaction. */
function watched(
  onInsert: (rows: number) => void,
  atEnds: (tx: Queries) => Promise<void> = () => Promise.resolve(),
): Database {
  const watch = (tx: Queries): Queries => ({
    ...tx,
    query: (text, values) => {
      if (text.includes('insert into scale_file')) onInsert((JSON.parse(values![1] as string) as []).length);
      return tx.query(text, values);
    },
  });
  return new Proxy(db, {
    get: (target, name) => {
      if (name === 'transaction')
        return (work: (tx: Queries) => Promise<unknown>) =>
          target.transaction(async (tx) => {
            await atEnds(tx);
            const done = await work(watch(tx));
            await atEnds(tx);
            return done;
          });
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

describe('complete, of very many files', () => {
  it('takes files as their rows are made, in their order', async () => {
    const files = new Lazy();
    const statements: { rows: number; given: number }[] = [];
    const work = await runningJob(db, workspace, directory, []);
    const products = await complete(
      watched((rows) => statements.push({ rows, given: files.given })),
      { ...work, versions },
      result({ files }),
    );
    expect(statements).toEqual([
      { rows: rowsAtMost, given: rowsAtMost },
      { rows: rowsAtMost, given: 2 * rowsAtMost },
      { rows: count - 2 * rowsAtMost, given: count },
    ]);
    const rows = await db.query<{ id: number; file_name: string; file_stat: string }>(
      'select id, file_name, file_stat from scale_file where job_exe_id = $1 order by file_name',
      [work.execution.id],
    );
    expect(rows.map(({ file_name: name, file_stat: version }) => [name, version])).toEqual([...versions]);
    expect(products!.get('OUT')).toEqual(rows.map(({ id }) => id));
    expect(products!.get('ODD')).toEqual(rows.flatMap(({ id }, n) => (n % 2 === 1 ? [id] : [])));
  });

  it('reads none of the rows again that the same transaction has made', async () => {
    const work = await runningJob(db, workspace, directory, []);
    // Without inputs there is no lineage, whose foreign keys look up each row.
    const completion = { ...work, versions, inputs: new Map() };
    const reads: number[] = [];
    const counting = watched(
      () => undefined,
      async (tx) => {
        // Of a table this small, reading all of it may be the cheapest.
        await tx.query('set local enable_seqscan = off');
        const [row] = await tx.query<{ read: string }>(
          `select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'scale_file'`,
        );
        reads.push(Number(row!.read));
      },
    );
    await complete(counting, completion, result({ files: new Lazy() }));
    expect(reads[1]! - reads[0]!).toBe(0);
  });

  it('makes none of them fact when one behind the first batch cannot be', async () => {
    const work = await runningJob(db, workspace, directory, []);
    const files = new Lazy((n) =>
      n === 120 ? { geometry: null, metaData: {}, dataStarted: 'no time' } : null,
    );
    let statements = 0;
    const completing = complete(
      watched(() => statements++),
      { ...work, versions },
      result({ files }),
    );
    await expect(completing).rejects.toThrow();
    expect(statements).toBe(2);
    expect(await db.query('select id from scale_file where job_exe_id = $1', [work.execution.id])).toEqual(
      [],
    );
    expect(await db.query('select status from job_exe where id = $1', [work.execution.id])).toEqual([
      { status: 'RUNNING' },
    ]);
  });
});
