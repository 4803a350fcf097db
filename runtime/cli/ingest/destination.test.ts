import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFiles } from '../../../test/support/cli-files.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { connect, type Database } from '../../database/index.ts';
import { HostWorkspace } from '../../workspace/index.ts';
import { Destination, type Manner } from './destination.ts';
import { readWhole } from './read-file.ts';

let db: Database;
let drop: () => Promise<void>;
let directory: string;
beforeAll(async () => {
  const test = await testDatabase();
  ({ drop } = test);
  db = await connect({ home: '', databaseUrl: test.url });
  directory = await temporaryDirectory();
});
afterAll(async () => {
  await db.close();
  await drop();
  await rm(directory, { recursive: true });
});

it.each<Manner>(['link', 'copy', 'move'])(
  'of two that come to one free place one has it (%s)',
  async (manner) => {
    const root = path.join(directory, manner);
    await mkdir(path.join(root, 'store'), { recursive: true });
    await writeFiles(root, { 'one/x': 'content of one', 'two/x': 'content of the other' });
    const workspace = new HostWorkspace({ id: 9, name: 'store', root: path.join(root, 'store') });
    const destination = await Destination.open(db, workspace, '', manner);
    const brought = await Promise.allSettled(
      ['one', 'two'].map(async (from) => {
        const file = path.join(root, from, 'x');
        const read = await readWhole(file, new AbortController().signal);
        return destination.put({ path: file, real: file, name: 'x' }, read, undefined);
      }),
    );
    const kept = await readFile(path.join(root, 'store/x'), 'utf8');
    const [first, second] = brought.map(({ status }) => status === 'fulfilled');
    expect([first, second].sort()).toEqual([false, true]);
    expect(kept).toBe(first ? 'content of one' : 'content of the other');
  },
);
