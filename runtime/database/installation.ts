import type pg from 'pg';
import { codeOf } from './error-code.ts';

interface Identity {
  /** Of the cluster, made by initdb; null where the server keeps it to itself. */
  readonly system_identifier: string | null;
  readonly database_name: string;
  readonly database_oid: number;
  /** A restored dump has another one, mostly even where all the rest is the same. */
  readonly table_oid: number;
}

const insufficientPrivilege = '42501';

/** An identity that one of two sessions may not see says nothing, or the uuid would change with the user. */
const isThisDatabase = `
  database_name = $2 and database_oid = $3 and table_oid = $4
  and (system_identifier = $1 or system_identifier is null or $1::text is null)`;

/**
 * The uuid of this installation, which all its containers carry. Made by the first start, and made anew when the
 * database turns out to be a clone or a restored dump: the original's containers are not ours to reap.
 */
export async function installationUuid(client: pg.ClientBase): Promise<string> {
  const identity = await identify(client);
  return (await known(client, identity)) ?? (await establish(client, identity));
}

async function known(client: pg.ClientBase, identity: Identity): Promise<string | undefined> {
  const { rows } = await client.query<{ uuid: string }>(
    `select uuid from installation where ${isThisDatabase}`,
    valuesOf(identity),
  );
  return rows[0]?.uuid;
}

async function establish(client: pg.ClientBase, identity: Identity): Promise<string> {
  await client.query('begin');
  try {
    await client.query('lock table installation in share row exclusive mode');
    let uuid = await known(client, identity);
    if (uuid === undefined) {
      await client.query('delete from installation');
      const { rows } = await client.query<{ uuid: string }>(
        `insert into installation (uuid, system_identifier, database_name, database_oid, table_oid)
         values (gen_random_uuid(), $1, $2, $3, $4) returning uuid`,
        valuesOf(identity),
      );
      uuid = rows[0]!.uuid;
    }
    await client.query('commit');
    return uuid;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function identify(client: pg.ClientBase): Promise<Identity> {
  const { rows } = await client.query<Omit<Identity, 'system_identifier'>>(
    `select datname as database_name, oid::bigint as database_oid, 'installation'::regclass::oid::bigint as table_oid
     from pg_database where datname = current_database()`,
  );
  return { ...rows[0]!, system_identifier: await systemIdentifier(client) };
}

/** Managed servers may forbid it to ordinary users. */
async function systemIdentifier(client: pg.ClientBase): Promise<string | null> {
  try {
    const { rows } = await client.query<{ id: string }>(
      'select system_identifier::text as id from pg_control_system()',
    );
    return rows[0]?.id ?? null;
  } catch (error) {
    if (codeOf(error) === insufficientPrivilege) return null;
    throw error;
  }
}

function valuesOf(identity: Identity): unknown[] {
  return [identity.system_identifier, identity.database_name, identity.database_oid, identity.table_oid];
}
