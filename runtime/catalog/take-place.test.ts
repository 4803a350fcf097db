import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { testDatabase } from '../../test/support/database.ts';
import { connect, type Database } from '../database/index.ts';
import { MemoryWorkspace } from '../workspace/index.ts';
import { takePlace } from './index.ts';

let db: Database;
let other: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  ({ drop } = test);
  [db, other] = [
    await connect({ home: '', databaseUrl: test.url }),
    await connect({ home: '', databaseUrl: test.url }),
  ];
});
afterAll(async () => {
  await db.close();
  await other.close();
  await drop();
});

/** A store of objects, which replaces whatever stands at a place. */
const workspace = new MemoryWorkspace({ id: 7, name: 'store' });
const read = async (path: string) => (await buffer(await workspace.open(path))).toString();
const putting = (path: string, text: string) => (onlyNew: boolean) =>
  workspace.put(path, () => Readable.from([Buffer.from(text)]), { onlyNew });
const taken = { error: 'place-taken' };

it.each([
  ['this process', () => db],
  ['another one', () => other],
])('gives a place to one at a time, also where %s wants it', async (_who, second) => {
  const path = `a/${_who}`;
  let end = () => {};
  const slow = new Promise<void>((resolve) => (end = resolve));
  let begun = () => {};
  const isBegun = new Promise<void>((resolve) => (begun = resolve));
  const place = { workspace, path, standing: undefined };
  const first = takePlace(db, place, async (onlyNew) => {
    begun();
    await slow;
    return putting(path, 'first')(onlyNew);
  });
  await isBegun;
  await expect(takePlace(second(), place, putting(path, 'second'))).rejects.toMatchObject(taken);
  end();
  const { version } = await first;
  await expect(takePlace(second(), place, putting(path, 'second'))).rejects.toMatchObject(taken);
  expect(await read(path)).toBe('first');
  const standing = (await workspace.stat(path))!;
  expect(standing.version).toBe(version);
  await takePlace(second(), { ...place, standing }, putting(path, 'second'));
  await expect(takePlace(db, { ...place, standing }, putting(path, 'third'))).rejects.toMatchObject(taken);
  expect(await read(path)).toBe('second');
});

it('gives a place back whoever failed to come to it', async () => {
  const place = { workspace, path: 'b', standing: undefined };
  const broken = () => Promise.reject(new Error('cut'));
  await expect(takePlace(db, place, broken)).rejects.toThrow('cut');
  await takePlace(other, place, putting('b', 'whole'));
  expect(await read('b')).toBe('whole');
});
