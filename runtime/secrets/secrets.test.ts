import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import type { Database } from '../database/index.ts';
import { removeSecrets, secretNames, type SecretKey, type SecretOwner, setSecrets } from './index.ts';
import { readSecrets } from './read.ts';

let db: Database;

withDatabase((connected) => (db = connected));

const newKey = (id: string): SecretKey => ({ id, key: createSecretKey(randomBytes(32)) });
const key = newKey('0000000000000001');

let owners = 0;
const newOwner = (kind: SecretOwner['kind'] = 'job_type'): SecretOwner => ({ kind, id: ++owners });

const set = (owner: SecretOwner, values: Record<string, string>, by = key) =>
  setSecrets(db, by, owner, new Map(Object.entries(values)));
const read = async (owner: SecretOwner, by = key) => Object.fromEntries(await readSecrets(db, by, owner));

describe('secrets', () => {
  it('come back as they were, whatever they are', async () => {
    const owner = newOwner();
    const values = { EMPTY: '', WORDS: "p'ä$$ \n\0 🔑", LONG: 'x'.repeat(200_000) };
    await set(owner, values);
    expect(await read(owner)).toEqual(values);
    expect(await secretNames(db, owner)).toEqual(['EMPTY', 'LONG', 'WORDS']);
  });

  it('change one at a time and go one at a time, and are one owner’s', async () => {
    const [owner, other] = [newOwner(), newOwner()];
    const job = { kind: 'job', id: owner.id } as const;
    await set(owner, { A: '1', B: '2', C: '3' });
    await set(other, { A: 'other' });
    await set(job, { A: 'job' });
    await set(owner, { B: 'two' });
    await set(owner, {});
    await removeSecrets(db, owner, ['C', 'ABSENT']);
    expect(await read(owner)).toEqual({ A: '1', B: 'two' });
    await removeSecrets(db, owner);
    expect(await secretNames(db, owner)).toEqual([]);
    expect(await read(other)).toEqual({ A: 'other' });
    expect(await read(job)).toEqual({ A: 'job' });
  });

  it('are read of several owners at once, those of the last one over the others', async () => {
    const type = newOwner();
    const job = { kind: 'job', id: type.id } as const;
    await set(type, { A: 'type', B: 'type' });
    await set(job, { B: 'job', C: 'job' });
    const both = async (...owners: SecretOwner[]) =>
      Object.fromEntries(await readSecrets(db, key, ...owners));
    expect(await both(type, job)).toEqual({ A: 'type', B: 'job', C: 'job' });
    expect(await both(job, type)).toEqual({ A: 'type', B: 'type', C: 'job' });
  });

  it('do not stand in the database, and never look the same', async () => {
    const owner = newOwner();
    await set(owner, { A: 'hunter2-hunter2', B: 'hunter2-hunter2' });
    await set(owner, { A: 'hunter2-hunter2' });
    const rows = await db.query<{ nonce: Buffer; sealed: Buffer }>(
      'select * from secret where owner_kind = $1 and owner_id = $2',
      [owner.kind, owner.id],
    );
    expect(Buffer.concat(rows.map(({ sealed }) => sealed)).includes('hunter2')).toBe(false);
    expect(JSON.stringify(rows)).not.toContain('hunter2');
    expect(rows[0]!.nonce).not.toEqual(rows[1]!.nonce);
    expect(rows[0]!.sealed.subarray(0, -16)).not.toEqual(rows[1]!.sealed.subarray(0, -16));
  });

  it.each([
    ['another name', `update secret set name = 'MOVED'`],
    ['another owner', `update secret set owner_id = owner_id + 1000`],
    ['another kind of owner', `update secret set owner_kind = 'job'`],
    ['another value', `update secret set sealed = set_byte(sealed, 0, get_byte(sealed, 0) # 1)`],
    ['another tag', `update secret set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)`],
    ['another nonce', `update secret set nonce = set_byte(nonce, 0, get_byte(nonce, 0) # 1)`],
  ])('are refused where somebody gave them %s', async (_, change) => {
    const owner = newOwner();
    await set(owner, { A: 'value' });
    const [row] = await db.query<{ owner_kind: SecretOwner['kind']; owner_id: number }>(
      `${change} where owner_kind = $1 and owner_id = $2 returning owner_kind, owner_id`,
      [owner.kind, owner.id],
    );
    await expect(read({ kind: row!.owner_kind, id: row!.owner_id })).rejects.toMatchObject({
      error: 'secret-damaged',
    });
  });

  it('name both keys when they were encrypted with another one', async () => {
    const owner = newOwner();
    await set(owner, { A: 'value' });
    const other = newKey('0000000000000002');
    await expect(read(owner, other)).rejects.toMatchObject({
      error: 'secret-key-changed',
      parameters: { name: 'A', owner: `job type ${owner.id}`, found: key.id, given: other.id },
    });
    await set(owner, { A: 'anew' }, other);
    expect(await read(owner, other)).toEqual({ A: 'anew' });
  });

  it('are part of the transaction that sets them', async () => {
    const owner = newOwner();
    const undone = db.transaction(async (tx) => {
      await setSecrets(tx, key, owner, new Map([['A', '1']]));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await secretNames(db, owner)).toEqual([]);
  });
});
