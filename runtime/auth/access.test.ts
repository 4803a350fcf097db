import { expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import { until } from '../../test/support/cli-files.ts';
import type { Database } from '../database/index.ts';
import { Access, changeUser, createToken, createUser, listAudit, revokeToken, sweepAccess } from './index.ts';

let db: Database;
withDatabase((connected) => (db = connected));

it('what goes on is cut when its token is revoked or its user may do less, elsewhere too, and not before', async () => {
  const [here, there] = [1, 2].map(() => new Access(db, { token: 'the-first-token-of-all' })) as [
    Access,
    Access,
  ];
  const { id: userId } = await createUser(db, 'jane', { role: 'admin' });
  const cuts: string[] = [];
  const watched = async (name: string, access: Access) => {
    const { token, row } = await createToken(db, { userId, name, role: 'admin', expires: null });
    const header = `Token ${token}`;
    const principal = (await access.principalOf(header))!;
    const end = access.watch(header, principal, () => cuts.push(name));
    return { id: row.id, header, end };
  };
  const [one, ended] = [await watched('one', there), await watched('ended', there)];
  await watched('other', there);
  ended.end();
  await revokeToken(db, one.id);
  await revokeToken(db, ended.id);
  here.changed();
  await until('the first cut', () => cuts.length > 0 || undefined);
  expect(cuts).toEqual(['one']);
  expect(await there.principalOf(one.header)).toBeUndefined();
  await changeUser(db, userId, { role: 'operator' });
  here.changed();
  await until('the second cut', () => cuts.includes('other') || undefined);
  expect(cuts.filter((name) => name === 'ended')).toEqual([]);
  here.close();
  there.close();
});

it('what is too old is removed', async () => {
  await db.execute(
    `insert into audit (at, actor, action, entity, request_id, address, outcome)
     select now() - make_interval(days => d), 'x', 'x', 'x', 'x', 'x', 200 from unnest(array[1, 9, 11, 400]) d`,
  );
  await db.execute(
    `insert into login_attempt (at, name_digest, address) values (now() - interval '2 days', '', 'x'), (now(), '', 'x')`,
  );
  await sweepAccess(db, 10);
  expect((await listAudit(db, {}, { limit: 9, offset: 0 })).count).toBe(2);
  expect(await db.query('select 1 from login_attempt')).toHaveLength(1);
});
