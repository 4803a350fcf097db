import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../../test/support/database.ts';
import { connect, type Database, type Transaction } from './index.ts';

let fresh: Awaited<ReturnType<typeof testDatabase>>;
let database: Database;

beforeAll(async () => {
  fresh = await testDatabase();
  database = await connect({ home: '', databaseUrl: fresh.url }, { poolSize: 2 });
  await database.query('create table note (text text unique)');
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function notes(): Promise<string[]> {
  return (await database.query<{ text: string }>('select text from note order by text')).map(
    ({ text }) => text,
  );
}

const write = (transaction: Transaction, text: string) =>
  transaction.execute('insert into note values ($1)', [text]);

describe('transaction', () => {
  it('commits, and gives what the work gave', async () => {
    const result = await database.transaction(async (transaction) => {
      await write(transaction, 'kept');
      return 42;
    });
    expect(result).toBe(42);
    expect(await notes()).toContain('kept');
  });

  it('takes everything back when the work throws, and throws the same', async () => {
    const reason = new Error('changed my mind');
    const attempt = database.transaction(async (transaction) => {
      await write(transaction, 'taken back');
      throw reason;
    });
    await expect(attempt).rejects.toBe(reason);
    expect(await notes()).not.toContain('taken back');
  });

  it('does not pass for committed when a failure was swallowed', async () => {
    const attempt = database.transaction(async (transaction) => {
      await write(transaction, 'lost');
      await transaction.query('select 1/0').catch(() => undefined);
    });
    await expect(attempt).rejects.toThrow('nothing was committed');
    expect(await notes()).not.toContain('lost');
  });

  it('runs statements that were asked for at once one after the other', async () => {
    await database.transaction((transaction) =>
      Promise.all(['a', 'b', 'c'].map((text) => write(transaction, text))),
    );
    expect(await notes()).toEqual(expect.arrayContaining(['a', 'b', 'c']));
  });

  it('waits for a statement that the work did not wait for, and commits it', async () => {
    await database.transaction(async (transaction) => {
      void write(transaction, 'late');
    });
    expect(await notes()).toContain('late');
  });

  it('fails as the first of its statements did, also when that one goes out with the commit', async () => {
    await database.execute(`insert into note values ('known')`);
    const last = database.transaction(async (transaction) => {
      await write(transaction, 'before');
      return { unawaited: write(transaction, 'known').catch(() => 0) };
    });
    await expect(last).rejects.toMatchObject({ code: '23505' });
    const first = database.transaction(async (transaction) => {
      write(transaction, 'known').catch(() => 0);
      await write(transaction, 'before');
    });
    await expect(first).rejects.toMatchObject({ code: '23505' });
    expect(await notes()).not.toContain('before');
  });

  it('is of no use after its end', async () => {
    const escaped = await database.transaction((transaction) => Promise.resolve({ transaction }));
    await expect(write(escaped.transaction, 'afterwards')).rejects.toThrow('ended');
    expect(await notes()).not.toContain('afterwards');
  });

  it('names the loss of its session, and leaves the pool whole', async () => {
    const attempt = database.transaction(async (transaction) => {
      await write(transaction, 'cut off');
      const [session] = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid');
      await database.query('select pg_terminate_backend($1, 5000)', [session!.pid]);
      await write(transaction, 'too late');
    });
    await expect(attempt).rejects.toMatchObject({ error: 'database-unreachable' });
    expect(await notes()).not.toContain('cut off');
  });

  it('passes a deadlock on to the caller, who may try again', async () => {
    await database.query(`insert into note values ('x'), ('y')`);
    const lock = (transaction: Transaction, text: string) =>
      transaction.execute('update note set text = text where text = $1', [text]);
    let waiting = 2;
    let open!: () => void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    /** Each has its first lock before any asks for the second. */
    const lockBoth = (first: string, second: string) =>
      database.transaction(async (transaction) => {
        await lock(transaction, first);
        waiting -= 1;
        if (waiting === 0) open();
        await gate;
        await lock(transaction, second);
      });
    const ends = await Promise.allSettled([lockBoth('x', 'y'), lockBoth('y', 'x')]);
    expect(ends.filter(({ status }) => status === 'rejected')).toEqual([
      { status: 'rejected', reason: expect.objectContaining({ code: '40P01' }) },
    ]);
  });
});
