import type pg from 'pg';
import { codeOf } from './error-code.ts';

const insufficientPrivilege = '42501';

/**
 * What tells databases apart: the name and number of the database; the number of the table, which a restored dump
 * mostly has not kept; and the identity that initdb gave the cluster.
 * @param cluster an SQL expression for the last, null where the server keeps it to itself
 */
const identity = (cluster: string): string => `
  with here as (
    select datname::text as database_name, oid::bigint as database_oid,
           'installation'::regclass::oid::bigint as table_oid, ${cluster} as system_identifier
    from pg_database where datname = current_database()
  )`;
const whole = identity('(select system_identifier::text from pg_control_system())');
/** Managed servers may forbid that function to ordinary users. */
const withoutCluster = identity('null::text');

/**
 * The uuid of this installation, which all its containers carry. Made by the first start, and made anew when the
 * database turns out to be a clone or a restored dump: the original's containers are not ours to reap.
 */
export async function installationUuid(client: pg.ClientBase): Promise<string> {
  let here = whole;
  let uuid: string | undefined;
  try {
    uuid = await known(client, here);
  } catch (error) {
    if (codeOf(error) !== insufficientPrivilege) throw error;
    here = withoutCluster;
    uuid = await known(client, here);
  }
  return uuid ?? (await establish(client, here));
}

/** A cluster's identity that one of two users may not see says nothing, or the uuid would change with the user. */
async function known(client: pg.ClientBase, here: string): Promise<string | undefined> {
  const { rows } = await client.query<{ uuid: string }>(`${here}
    select uuid from installation join here using (database_name, database_oid, table_oid)
    where installation.system_identifier = here.system_identifier
       or installation.system_identifier is null or here.system_identifier is null`);
  return rows[0]?.uuid;
}

async function establish(client: pg.ClientBase, here: string): Promise<string> {
  await client.query('begin');
  try {
    await client.query('lock table installation in share row exclusive mode');
    const uuid = (await known(client, here)) ?? (await renew(client, here));
    await client.query('commit');
    return uuid;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function renew(client: pg.ClientBase, here: string): Promise<string> {
  await client.query('delete from installation');
  const { rows } = await client.query<{ uuid: string }>(`${here}
    insert into installation (uuid, system_identifier, database_name, database_oid, table_oid)
    select gen_random_uuid(), system_identifier, database_name, database_oid, table_oid from here
    returning uuid`);
  return rows[0]!.uuid;
}
